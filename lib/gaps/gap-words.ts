import type { WhyCode } from "@/lib/assessment/scoring-result";
import { familyById } from "@/lib/telemetry/family-of";

/** Why a cell is below observed: a reason of a requirement, of a chain, or that nobody can assess it. */
export const GAP_CODES = ["source-absent", "collected-elsewhere", "key-never-seen", "field-empty", "redacted", "stale", "too-few-hosts", "too-few-events", "foreign-hosts", "no-time", "future", "claimed-only", "contradicted", "silent", "not-producible", "platform-mismatch", "external", "no-carrier", "proven", "unjoinable", "joins-not-computed", "unassessable"] as const satisfies readonly (WhyCode | "unjoinable" | "joins-not-computed" | "unassessable")[];
export type GapCode = (typeof GAP_CODES)[number];

/**
 * What would close a gap, and with segment, component and family its identity. collection: records of the component from the
 * family, well enough filled, from enough hosts, fresh; whatever of it is short, so that proof that ages opens the same gap again.
 * stream: the whole family fell silent. joins: the chain. none: nothing that can be collected (impossible), or nobody knows (unassessable).
 */
export const GAP_GROUPS = ["collection", "stream", "joins", "impossible", "unassessable"] as const;
export type GapGroup = (typeof GAP_GROUPS)[number];

export const GAP_KINDS = ["repair", "prove", "configure", "buy", "none"] as const;
/**
 * repair: it worked and stopped; prove: claimed, no sample; configure: the product is there and does not write it, or not well enough;
 * buy: the product is not there; none: no collection can close it.
 */
export type GapKind = (typeof GAP_KINDS)[number];

const IMPOSSIBLE: ReadonlySet<GapCode> = new Set(["not-producible", "platform-mismatch", "external", "no-carrier"]);

export function groupOfCode(code: GapCode): GapGroup {
  if (code === "silent") return "stream";
  if (code === "unjoinable" || code === "joins-not-computed") return "joins";
  if (code === "unassessable") return "unassessable";
  return IMPOSSIBLE.has(code) ? "impossible" : "collection";
}

/** @param there the product writes, or is said to write, something in the segment, or comes with the system */
export function kindOfCode(code: GapCode, there: boolean): GapKind {
  if (code === "silent" || code === "stale") return "repair";
  if (code === "claimed-only") return "prove";
  if (code === "unassessable" || IMPOSSIBLE.has(code)) return "none";
  return there ? "configure" : "buy";
}

/** What a gap is called: the component and where its records would come from. */
export function nameGap(group: GapGroup, component: { readonly name: string } | null, family: string): string {
  const source = familyById(family)?.title ?? family;
  if (group === "stream") return `Every record of ${source}`;
  if (group === "unassessable") return "Nothing to require";
  return component === null ? "Join keys" : `${component.name} from ${source}`;
}
