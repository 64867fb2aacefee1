import type { GradeContext } from "@/lib/events/probes/probe";
import { familyRunsOn, splitKind } from "@/lib/telemetry/record-kinds";
import { kindsOfClaim } from "@/lib/telemetry/resolve-claim";
import { countPopulation } from "../count-population";
import type { SegmentInput } from "../scoring-input";

/** How far back analytics must be able to look, unless one says otherwise: the days that evidence stays fresh by default. */
const LOOK_BACK_DAYS = 30;

interface ClaimedSource {
  readonly logSource: string;
  readonly channel: string;
  readonly component: string;
  readonly retentionDays: number | null;
}

/**
 * What grading a segment's probes knows of the segment: hosts of the platforms a source runs on (the same population that
 * cells divide by), the roster, what is claimed, and the retention that the inventory states (the shortest, where several do).
 */
export function gradeContextOf(segment: SegmentInput, claims: readonly ClaimedSource[]): (family: string | null) => GradeContext {
  const population = countPopulation(segment);
  const platforms = segment.platforms.map(({ name }) => name);
  const claimed = claims.map((claim) => ({ claim, ...kindsClaimed(claim, platforms) }));
  return (family) => {
    const mine = claimed.filter(({ families }) => family === null || families.has(family));
    const kinds = new Set(mine.flatMap((row) => row.kinds.filter((kind) => family === null || splitKind(kind).family === family)));
    const retentions = mine.flatMap(({ claim }) => (claim.retentionDays === null ? [] : [claim.retentionDays]));
    const runs = (platform: string) => family === null || familyRunsOn(family, platform);
    const hosts = [...population].reduce((sum, [platform, count]) => (runs(platform) ? sum + count : sum), 0);
    const roster = segment.roster?.filter(({ platform }) => runs(platform)).map(({ host }) => host) ?? null;
    return {
      family,
      hosts: hosts === 0 ? null : hosts,
      roster: roster === null || roster.length === 0 ? null : roster,
      claimedKinds: [...kinds].sort(),
      retentionDays: retentions.length === 0 ? null : Math.min(...retentions),
      lookBackDays: LOOK_BACK_DAYS,
      windowMs: null,
    };
  };
}

/** Kinds that a claim names by event; a claim of a whole log source names its family and no kind that must be seen. */
function kindsClaimed(claim: ClaimedSource, platforms: readonly string[]): { readonly families: ReadonlySet<string>; readonly kinds: readonly string[] } {
  const found = platforms.map((platform) => kindsOfClaim(claim, platform));
  const kinds = found.flatMap((resolved) => resolved.kinds);
  return { families: new Set([...found.map(({ family }) => family), ...kinds.map((kind) => splitKind(kind).family)]), kinds: claim.channel.trim() === "" ? [] : kinds };
}
