import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { isLapsed, NEW_GAP, type GapClosing, type GapDecision, type GapNote } from "./gap-state";
import type { FoundGap } from "./group-gaps";
import type { CellFate, CellTrace } from "./trace-cells";

/** A gap of the backlog as the assessment before left it, with what people decided since. */
export interface KnownGap {
  readonly id: number;
  readonly key: string;
  readonly segmentId: string;
  readonly domain: string;
  readonly group: FoundGap["group"];
  readonly component: string | null; // id
  readonly family: string;
  readonly analytics: readonly string[]; // when it was found last
  readonly cells: number; // 0: not found last time
  readonly decision: GapDecision;
}

/** What an assessment makes of one gap. found null: it has no cell any more. */
export interface GapStep {
  readonly key: string;
  readonly known: KnownGap | null;
  readonly found: FoundGap | null;
  readonly decision: GapDecision;
  readonly notes: readonly GapNote[]; // none: nothing happened to it
}

export interface Reconciliation {
  readonly label: string; // of the assessment, for the history: "A-0004"
  readonly today: string; // ISO date of its T
  readonly domains: readonly string[]; // that it pinned; gaps of others stay as they are
  readonly trace: CellTrace;
}

/**
 * The backlog after an assessment, from the backlog before it and what it found: a gap is new, stays, is closed when none of its
 * cells lacks this any more, or is reopened when one does again. Proof closes; a gap whose cells only lack something else now, or
 * apply no more, is closed with those words. An acceptance that has ended is open again. A new gap that takes over cells of a
 * closed one keeps its owner and due date. Doing it twice does nothing more; the order of neither list matters. Pure.
 */
export function reconcileGaps(known: readonly KnownGap[], found: readonly FoundGap[], facts: Reconciliation): GapStep[] {
  const before = new Map(known.map((gap) => [gap.key, gap]));
  const present = new Set(found.map(({ key }) => key));
  const heirs = new Map<string, KnownGap>(); // key of a new gap -> whose cells it took over
  const closed = [...known]
    .filter((gap) => !present.has(gap.key) && facts.domains.includes(gap.domain))
    .sort((a, b) => compareCodeUnits(a.key, b.key))
    .map((gap) => closeGap(gap, facts, (target) => !before.has(target) && !heirs.has(target) && heirs.set(target, gap)));
  const open = found.map((gap) => {
    const old = before.get(gap.key);
    return old === undefined ? openGap(gap, heirs.get(gap.key), facts) : keepGap(old, gap, facts);
  });
  return [...open, ...closed].sort((a, b) => compareCodeUnits(a.key, b.key));
}

function openGap(found: FoundGap, heirOf: KnownGap | undefined, { label }: Reconciliation): GapStep {
  const taken = heirOf === undefined || (heirOf.decision.owner === "" && heirOf.decision.due === null) ? null : heirOf.decision;
  const decision: GapDecision = taken === null ? NEW_GAP : { ...NEW_GAP, owner: taken.owner, due: taken.due, state: taken.state === "planned" ? "planned" : "open" };
  const text = `Found by ${label}: ${amount(found.cells)}. ${found.why}${taken === null ? "" : " Owner and due date are those of the gap that these cells stood in before."}`;
  return { key: found.key, known: null, found, decision, notes: [{ kind: "opened", text }] };
}

function keepGap(known: KnownGap, found: FoundGap, { label, today }: Reconciliation): GapStep {
  const { decision, key } = known;
  const reopened = { ...decision, state: "open", closing: null, reason: "", expires: null } as const;
  const again = (because: string): GapStep => ({ key, known, found, decision: reopened, notes: [{ kind: "reopened", text: `${label}: ${because} ${found.why}` }] });
  if (decision.state === "done") return again(decision.closing === "word" ? `Said to be done, but ${amount(found.cells)} ${found.cells === 1 ? "is" : "are"} open.` : `${amount(found.cells)} ${found.cells === 1 ? "is" : "are"} open again.`);
  if (isLapsed(decision, today)) return again(`The acceptance ended on ${decision.expires ?? ""}; ${amount(found.cells)} ${found.cells === 1 ? "is" : "are"} open.`);
  const notes: GapNote[] = known.cells === found.cells ? [] : [{ kind: "cells", text: `${label}: ${known.cells} → ${amount(found.cells)}` }];
  return { key, known, found, decision, notes };
}

function closeGap(gap: KnownGap, { trace, label }: Reconciliation, takeOver: (key: string) => unknown): GapStep {
  const { key, decision } = gap;
  const fates = gap.analytics.map((analytic) => trace(gap, analytic));
  const count = (fate: CellFate["fate"]): number => fates.filter((one) => one.fate === fate).length;
  const [proven, moved, gone] = [count("proven"), count("moved"), count("gone")];
  for (const fate of fates) if (fate.fate === "moved" && decision.state !== "done") takeOver(fate.key);
  const closing: GapClosing = proven > 0 ? "proven" : moved > 0 ? "moved" : "gone";
  // What was done before stays so; somebody's word becomes proof.
  if (decision.state === "done" && (decision.closing !== "word" || closing !== "proven")) return { key, known: gap, found: null, decision, notes: [] };
  const parts = [proven > 0 ? `${amount(proven)} proven` : "", moved > 0 ? `${amount(moved)} open for another cause` : "", gone > 0 ? `${amount(gone)} no longer assessed here` : ""].filter(Boolean);
  return { key, known: gap, found: null, decision: { ...decision, state: "done", closing, expires: null }, notes: [{ kind: "closed", text: `${label}: ${parts.length === 0 ? "no cell is left" : parts.join(", ")}.` }] };
}

function amount(cells: number): string {
  return `${cells} ${cells === 1 ? "cell" : "cells"}`;
}
