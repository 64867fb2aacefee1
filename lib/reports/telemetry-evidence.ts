import { familyOfKind, indexEvidence, type EvidenceIndex, type SegmentEvidence } from "@/lib/assessment/index-evidence";
import type { AlternativeInput, ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import type { Flag, Status } from "@/lib/assessment/status";
import { openGround, OWN, weighKind, type Ground, type KindEvidence } from "@/lib/assessment/weigh-kind";
import { familyById } from "@/lib/telemetry/family-of";

/** One log-source reference of an analytic, as far as records of one family could meet it. */
export interface SourceUnit {
  readonly requirement: number;
  readonly alternative: number;
  readonly component: { readonly id: string; readonly name: string };
  readonly accepts: number; // position in acceptSets
  readonly reference: AlternativeInput;
  readonly cites: boolean; // the reference is of this family, not of another that has an equivalent here
}

/** An applicable analytic of a segment with its verdict. */
export interface SegmentAnalytic {
  readonly analytic: number; // position in input.analytics
  readonly status: Status;
  readonly flags: readonly Flag[];
}

/** An applicable analytic with those of its references that records of one family could meet. */
export interface AskedAnalytic {
  readonly analytic: number; // position in input.analytics
  readonly own: readonly SourceUnit[];
}

/** What pinned inputs say of sources rather than of analytics: both read through the scorer's own index. */
export interface TelemetryEvidence {
  readonly input: ScoringInput;
  readonly index: EvidenceIndex;
  readonly units: readonly ReadonlyMap<string, readonly SourceUnit[]>[]; // per analytic: family -> its references that records of the family could meet
  readonly bySegment: readonly (readonly SegmentAnalytic[])[];
  readonly askedOf: (position: number) => ReadonlyMap<string, readonly AskedAnalytic[]>; // per family the applicable analytics of a segment that its records could serve; the last segment asked for is remembered
  readonly contradicted: readonly ReadonlySet<string>[]; // per segment: families of references whose claims the records contradict
}

/** The same of a whole assessment, with its result. */
export interface AssessedTelemetry extends TelemetryEvidence {
  readonly result: ScoringResult;
}

/** Orders the inputs and verdicts of one assessment by source. Decides nothing. */
export function openTelemetry(input: ScoringInput, result: ScoringResult): AssessedTelemetry {
  const bySegment: SegmentAnalytic[][] = input.segments.map(() => []);
  for (const { segment, analytic, status, flags } of result.cells) bySegment[segment]?.push({ analytic, status, flags });
  return { ...arrangeTelemetry(input, { bySegment, contradicted: findContradicted(input, result) }), result };
}

/** The same from verdicts that are known already; by position in input.segments, which may be some of a fleet. */
export function arrangeTelemetry(input: ScoringInput, verdicts: Pick<TelemetryEvidence, "bySegment" | "contradicted">): TelemetryEvidence {
  const families = input.acceptSets.map((set) => [...new Set(set.map(({ kind }) => familyOfKind(kind)))]);
  const units = input.analytics.map((analytic) => {
    const found = new Map<string, SourceUnit[]>();
    analytic.requirements.forEach((requirement, r) =>
      requirement.alternatives.forEach((alternative, a) => {
        if (alternative.verdict === "external" || alternative.verdict === "platform-mismatch") return;
        for (const family of families[alternative.accepts] ?? []) {
          const unit = { requirement: r, alternative: a, component: requirement.component, accepts: alternative.accepts, reference: alternative, cites: alternative.family === family };
          const known = found.get(family);
          if (known) known.push(unit);
          else found.set(family, [unit]);
        }
      }),
    );
    return found;
  });
  return { input, index: indexEvidence(input), units, askedOf: openAsked(units, verdicts.bySegment), ...verdicts };
}

/** Whoever describes a segment asks for one family after another: its analytics are ordered by family once. */
function openAsked(units: TelemetryEvidence["units"], bySegment: TelemetryEvidence["bySegment"]): TelemetryEvidence["askedOf"] {
  let last: { readonly position: number; readonly asked: ReadonlyMap<string, readonly AskedAnalytic[]> } | null = null;
  return (position) => {
    if (last?.position === position) return last.asked;
    const asked = new Map<string, AskedAnalytic[]>();
    for (const { analytic } of bySegment[position] ?? []) {
      for (const [family, own] of units[analytic] ?? []) {
        const known = asked.get(family);
        if (known) known.push({ analytic, own });
        else asked.set(family, [{ analytic, own }]);
      }
    }
    last = { position, asked };
    return asked;
  };
}

/** Requirement lines are shared by many cells: each is looked at once per segment. */
function findContradicted(input: ScoringInput, result: ScoringResult): Set<string>[] {
  const found = input.segments.map(() => new Set<string>());
  const seen = input.segments.map(() => new Set<number>());
  for (const { segment, detail } of result.cells) {
    for (const line of result.details[detail]?.requirements ?? []) {
      if (seen[segment]?.has(line) !== false) continue;
      seen[segment].add(line);
      for (const { family, why } of result.requirements[line]?.alternatives ?? []) if (why.code === "contradicted") found[segment]?.add(family);
    }
  }
  return found;
}

/** The records of one family in one segment, weighed on the platforms that the source runs on. */
export interface SourceGround {
  readonly ground: Ground;
  readonly platforms: readonly string[];
  readonly kinds: readonly string[]; // of the family, that the segment's samples hold, whatever their age
  readonly weigh: (kind: string, fieldSet: number) => KindEvidence;
  /** Whether records of this family prove a reference here, on the platforms that an analytic has in common with the segment: what counts for the segment as a whole need not count for one of its systems. */
  readonly proves: (reference: AlternativeInput, platforms: readonly string[]) => boolean;
}

/** The platforms of a segment on which a source runs or of which it reports; for a family that names none, all of them. */
export function sourcePlatforms(family: string, segment: SegmentEvidence["input"]): string[] {
  const runsOn = familyById(family)?.platforms ?? [];
  const names = segment.platforms.map(({ name }) => name);
  const common = names.filter((name) => runsOn.includes(name));
  return common.length > 0 ? common : runsOn.length === 0 ? names : [];
}

/** Opens the ground of a source in a segment. Without a common platform all of the segment's hosts are its ground: their records are there. */
export function openSource({ index }: TelemetryEvidence, segment: SegmentEvidence, family: string): SourceGround {
  const own = sourcePlatforms(family, segment.input);
  const platforms = own.length > 0 ? own : segment.input.platforms.map(({ name }) => name);
  const ground = openGround(index, segment, platforms);
  const kinds = [...segment.rows.keys()].filter((kind) => familyOfKind(kind) === family).sort();
  const weigh = weigher(ground);
  const here = new Set(kinds);
  const byPlatforms = new Map<string, { readonly weigh: SourceGround["weigh"]; readonly proven: Map<string, boolean> }>();
  const proves = (reference: AlternativeInput, common: readonly string[]): boolean => {
    const key = common.join("\n");
    let on = byPlatforms.get(key);
    if (on === undefined) byPlatforms.set(key, (on = { weigh: weigher(openGround(index, segment, common)), proven: new Map() }));
    const { weigh: weighHere, proven } = on;
    const asked = `${reference.accepts} ${reference.verdict}`; // what a verdict or the policy rules out counts no more than in the cell
    let known = proven.get(asked);
    if (known === undefined) {
      known = kinds.length > 0 && index.allowed(reference).kinds.some(({ kind, fields }) => here.has(kind) && weighHere(kind, fields).proven);
      proven.set(asked, known);
    }
    return known;
  };
  return { ground, platforms, kinds, weigh, proves };
}

/** Weighs kinds on a ground, each once. */
function weigher(ground: Ground): SourceGround["weigh"] {
  const weighed = new Map<string, KindEvidence>();
  return (kind, fieldSet) => {
    const key = `${fieldSet} ${kind}`;
    let known = weighed.get(key);
    if (known === undefined) weighed.set(key, (known = weighKind(ground, kind, fieldSet)));
    return known;
  };
}

/** What a source's records come to, whatever component they carry: own hosts only. Times in ms. */
export interface SourceTotals {
  readonly records: number; // fresh
  readonly hosts: ReadonlySet<number>; // with fresh records; positions in the segment's hosts
  readonly newest: number | null; // fresh or before the window
  readonly stale: number;
}

/** Adds up the records of kinds of one source over the hosts that count. */
export function totalSource({ ground }: SourceGround, kinds: readonly string[]): SourceTotals {
  const { segment, standing, index } = ground;
  const { columns } = index;
  const hosts = new Set<number>();
  let [records, stale, newest] = [0, 0, NaN];
  const see = (ms: number | undefined): void => {
    if (ms !== undefined && !Number.isNaN(ms) && !(newest >= ms)) newest = ms;
  };
  for (const kind of kinds) {
    for (const row of segment.rows.get(kind) ?? []) {
      const host = columns.host[row] ?? -1;
      if (standing[host] !== OWN) continue;
      const fresh = columns.fresh[row] ?? 0;
      records += fresh;
      stale += columns.stale[row] ?? 0;
      if (fresh > 0) hosts.add(host);
      see(columns.freshLast[row]);
      see(columns.staleLast[row]);
    }
  }
  return { records, hosts, newest: Number.isNaN(newest) ? null : newest, stale };
}
