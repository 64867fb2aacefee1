import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { digestOf } from "@/lib/shared/digest";
import { checkSegment } from "./check-segment";
import { claimIdentity } from "./claim-identity";
import type { ParsedInventory, ProposedSegment } from "./formats/inventory-format";
import { DEFAULT_CRITICALITY } from "./parse-segments-csv";
import { shown } from "./read-field";
import { segmentKey } from "./segment-key";
import { plain, planStatements, type StatementPlan } from "./statements/plan-statements";
import type { Claim, ClaimDraft, ImportChanges, Loss, Refusal, Segment, SegmentDraft, Statement } from "./types";

/** One claim and what applying the file does to it. missing: in an earlier import of this format, no longer in the file, and kept. */
export interface PlannedClaim {
  readonly change: "new" | "changed" | "unchanged" | "removed" | "missing";
  readonly segment: string; // name
  readonly segmentId: string | null; // null: the segment is created by this import
  readonly identity: string;
  readonly line: number | null;
  readonly claim: ClaimDraft;
  readonly before: Claim | null;
}

export interface PlannedSegment {
  readonly draft: SegmentDraft;
  readonly missing: readonly string[]; // what a person must complete
}

export interface InventoryPlan {
  readonly rows: number;
  readonly understood: number; // rows without a refusal
  readonly refused: readonly Refusal[];
  readonly losses: readonly Loss[];
  readonly segments: readonly PlannedSegment[]; // created
  readonly claims: readonly PlannedClaim[];
  readonly statements: StatementPlan | null; // scores of techniques; null: the file brings none
  readonly changes: ImportChanges; // of claims and scores
  readonly missing: number;
  readonly digest: string; // of what would be written: an apply that expects another one is refused
}

/**
 * What applying a parsed inventory would do. Pure: the same file against the same claims gives the same plan.
 *
 * @param segments every segment, retired ones too
 * @param claims claims of live segments
 * @param statements scores that the author of this file gave before
 * @param format id of the file's format: only claims that came in this format can be missing from it
 * @param replace the file is the whole inventory of the segments it names: missing claims are removed, as they are when the
 *   file itself is a whole configuration
 */
export function planInventory(
  parsed: ParsedInventory,
  { segments, claims, statements = [], format, replace }: { readonly segments: readonly Segment[]; readonly claims: readonly Claim[]; readonly statements?: readonly Statement[]; readonly format: string; readonly replace: boolean },
): InventoryPlan {
  const refused = [...parsed.refused];
  const losses = [...parsed.losses];
  const byKey = new Map(segments.map((segment) => [segmentKey(segment.name), segment]));
  const proposed = new Map(parsed.segments.map((segment) => [segmentKey(segment.name), segment]));
  const stored = new Map(claims.map((claim) => [`${claim.segmentId} ${claimIdentity(claim)}`, claim]));
  const created = new Map<string, PlannedSegment>();
  const planned = new Map<string, PlannedClaim>();

  for (const { segment: name, line, row, claim } of parsed.claims) {
    const refuse = (field: string, message: string, remedy: string): void => {
      refused.push({ line, row, field, message, remedy });
    };
    const key = segmentKey(name);
    const segment = byKey.get(key);
    const proposal = proposed.get(key);
    if (segment?.retiredAt) {
      refuse("segment", `The segment ${segment.name} is retired.`, "Restore it, or name another.");
      continue;
    }
    if (!segment && !proposal) {
      refuse("segment", `There is no segment ${shown(name)}.`, "Create it first, or correct the name.");
      continue;
    }
    if (!segment && proposal && !created.has(key)) {
      const checked = checkSegment(draftOf(proposal));
      if (!checked.draft) {
        refuse("systems", `${shown(name)} cannot become a segment: ${checked.problems.map(({ message }) => message).join(" ")}`, "Create the segment by hand, then import again.");
        continue;
      }
      created.set(key, { draft: checked.draft, missing: proposal.missing });
    }
    const identity = claimIdentity(claim);
    const earlier = planned.get(`${key} ${identity}`);
    if (earlier) {
      const where = earlier.line === null ? "an earlier row" : `line ${earlier.line}`;
      refuse("", `The row makes the same claim as ${where} (same segment, source, product, log source, channel and component).`, "Keep one of them.");
      continue;
    }
    const before = segment ? (stored.get(`${segment.id} ${identity}`) ?? null) : null;
    const change = before === null ? "new" : sameClaim(before, claim) ? "unchanged" : "changed";
    planned.set(`${key} ${identity}`, { change, segment: segment?.name ?? name.trim(), segmentId: segment?.id ?? null, identity, line, claim, before });
  }
  for (const proposal of parsed.segments) notePlatforms(proposal, byKey.get(segmentKey(proposal.name)), losses);

  const list = [...planned.values(), ...findMissing([...planned.values()], claims, segments, format, replace || (parsed.whole ?? false))].sort(
    (a, b) => compareCodeUnits(segmentKey(a.segment), segmentKey(b.segment)) || compareCodeUnits(a.identity, b.identity),
  );
  const scores = parsed.statements === undefined ? null : planStatements(parsed.statements, segments, statements);
  if (scores) refused.push(...scores.refused);
  const count = (change: PlannedClaim["change"]): number => [...list, ...(scores?.items ?? [])].filter((one) => one.change === change).length;
  const changes = { added: count("new"), changed: count("changed"), unchanged: count("unchanged"), removed: count("removed"), segmentsCreated: created.size };
  const writes = list.filter(isWrite);
  const scored = scores && scores.items.filter(isWrite).map(({ change, segmentId, statement }) => ({ change, segmentId, statement: plain(statement) }));
  return {
    rows: parsed.rows,
    understood: parsed.rows - new Set(refused.map(({ row }) => row)).size,
    refused: refused.sort((a, b) => a.row - b.row),
    losses,
    segments: [...created.values()],
    claims: list,
    statements: scores,
    changes,
    missing: count("missing"),
    digest: digestOf({ writes: writes.map(({ change, segment, identity, claim }) => ({ change, segment, identity, claim: plainClaim(claim) })), segments: [...created.keys()], ...(scored ? { scores: scored } : {}) }),
  };
}

function isWrite({ change }: { readonly change: PlannedClaim["change"] }): boolean {
  return change === "new" || change === "changed" || change === "removed";
}

/** The claim alone, as plain data with a fixed set of keys. */
export function plainClaim({ source, product, logSource, channel, component, hostsReporting, latencyP95S, retentionDays, basis, asOf, note, condition, quality }: ClaimDraft) {
  return { source, product, logSource, channel, component, hostsReporting, latencyP95S, retentionDays, basis, asOf, note, condition, quality: quality && { ...quality } };
}

function sameClaim(a: ClaimDraft, b: ClaimDraft): boolean {
  return digestOf(plainClaim(a)) === digestOf(plainClaim(b));
}

function draftOf(proposal: ProposedSegment) {
  return { name: proposal.name, platforms: [...proposal.platforms], assets: 0, criticality: DEFAULT_CRITICALITY };
}

function notePlatforms(proposal: ProposedSegment, segment: Segment | undefined, losses: Loss[]): void {
  const names = (platforms: readonly { readonly name: string }[]): string => platforms.map(({ name }) => name).sort(compareCodeUnits).join(", ");
  if (!segment || proposal.missing.includes("platforms") || names(segment.platforms) === names(proposal.platforms)) return;
  losses.push({ kind: "unused", what: segment.name, text: `The file says ${names(proposal.platforms)}; the segment keeps ${names(segment.platforms)}.`, count: 1 });
}

/** Claims that an earlier file of this format made about a segment named here, and that this file no longer makes. */
function findMissing(planned: readonly PlannedClaim[], claims: readonly Claim[], segments: readonly Segment[], format: string, replace: boolean): PlannedClaim[] {
  const named = new Map(segments.filter(({ id }) => planned.some(({ segmentId }) => segmentId === id)).map(({ id, name }) => [id, name]));
  const kept = new Set(planned.flatMap(({ before }) => (before ? [before.id] : [])));
  return claims.flatMap((claim) => {
    const segment = named.get(claim.segmentId);
    if (segment === undefined || claim.format !== format || kept.has(claim.id)) return [];
    return [{ change: replace ? "removed" : "missing", segment, segmentId: claim.segmentId, identity: claimIdentity(claim), line: null, claim: plainClaim(claim), before: claim } satisfies PlannedClaim];
  });
}
