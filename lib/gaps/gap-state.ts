import { SightlineError } from "@/lib/shared/errors";

export const GAP_STATES = ["open", "planned", "accepted", "done"] as const;
export type GapState = (typeof GAP_STATES)[number];

/** Why a gap is done. proven: by an assessment; moved: its cells lack something else now; gone: they apply no more; word: somebody says so. */
export const GAP_CLOSINGS = ["proven", "moved", "gone", "word"] as const;
export type GapClosing = (typeof GAP_CLOSINGS)[number];

/** What people and proof decided about a gap. Dates are ISO dates; reason speaks of the state. */
export interface GapDecision {
  readonly state: GapState;
  readonly closing: GapClosing | null; // only of state done
  readonly owner: string;
  readonly due: string | null;
  readonly reason: string;
  readonly expires: string | null; // only of state accepted: the last day it holds
}

export const NEW_GAP: GapDecision = { state: "open", closing: null, owner: "", due: null, reason: "", expires: null };

/** A wish to change a gap; what is absent stays. due null: none. */
export interface GapChange {
  readonly state?: GapState;
  readonly owner?: string;
  readonly due?: string | null;
  readonly reason?: string;
  readonly expires?: string;
}

/** What lines of the history are about: what an assessment found, then what people decided or said. */
export const GAP_EVENT_KINDS = ["opened", "cells", "closed", "reopened", "state", "owner", "due", "comment"] as const;

/** A line of the history, before it has a time and an author. */
export interface GapNote {
  readonly kind: (typeof GAP_EVENT_KINDS)[number];
  readonly text: string;
}

/** An accepted risk whose last day is over. */
export function isLapsed({ state, expires }: Pick<GapDecision, "state" | "expires">, today: string): boolean {
  return state === "accepted" && expires !== null && expires < today;
}

/** The state on a day: an acceptance that has ended is open again, whether or not an assessment has run since. */
export function stateOn(decision: Pick<GapDecision, "state" | "expires">, today: string): GapState {
  return isLapsed(decision, today) ? "open" : decision.state;
}

const LONGEST = { owner: 200, reason: 2_000 };

/**
 * What becomes of a gap by somebody's wish, and the lines for its history; none where nothing changes. A risk is accepted with a
 * reason, an owner and a last day at most twelve months ahead. Done is somebody's word until an assessment proves it.
 *
 * @param today ISO date
 * @throws SightlineError INVALID naming the field
 */
export function decideChange(current: GapDecision, change: GapChange, today: string): { readonly next: GapDecision; readonly notes: readonly GapNote[] } {
  const shown = stateOn(current, today);
  const state = change.state ?? shown;
  const moved = state !== shown;
  const owner = (change.owner ?? current.owner).trim();
  const due = change.due === undefined ? current.due : change.due === null ? null : readDate("due", change.due);
  const reason = (change.reason ?? (moved ? "" : current.reason)).trim();
  if (owner.length > LONGEST.owner) throw new SightlineError("INVALID", `The owner is longer than ${LONGEST.owner} characters.`, { field: "owner" });
  if (reason.length > LONGEST.reason) throw new SightlineError("INVALID", `The reason is longer than ${LONGEST.reason} characters.`, { field: "reason" });
  const expires = state === "accepted" ? readExpiry(change.expires ?? (moved ? null : current.expires), today) : null;
  if (state === "accepted" && reason === "") throw new SightlineError("INVALID", "A risk is accepted for a reason.", { field: "reason", remedy: "Say in a few words why it may stay open." });
  if (state === "accepted" && owner === "") throw new SightlineError("INVALID", "An accepted risk needs an owner.", { field: "owner", remedy: "Name who answers for it." });
  if (state !== "accepted" && change.expires !== undefined) throw new SightlineError("INVALID", "Only an accepted risk has a last day.", { field: "expires", remedy: "Set the state accepted too, or a due date." });
  const closing = state !== "done" ? null : moved ? "word" : current.closing;
  const next: GapDecision = { state, closing, owner, due, reason, expires };
  const notes: GapNote[] = [];
  const why = reason === "" ? "" : `: ${reason}`;
  const until = expires === null ? "" : ` until ${expires}`;
  if (moved) notes.push({ kind: "state", text: `${STATE_WORDS[shown]} → ${STATE_WORDS[state]}${until}${why}` });
  else if (reason !== current.reason || expires !== (state === "accepted" ? current.expires : null)) notes.push({ kind: "state", text: `${STATE_WORDS[state]}${until}${why}` });
  if (owner !== current.owner) notes.push({ kind: "owner", text: `Owner ${current.owner || "nobody"} → ${owner || "nobody"}` });
  if (due !== current.due) notes.push({ kind: "due", text: `Due ${current.due ?? "no date"} → ${due ?? "no date"}` });
  return { next: notes.length === 0 ? current : next, notes };
}

export const STATE_WORDS: Readonly<Record<GapState, string>> = { open: "open", planned: "planned", accepted: "accepted risk", done: "done" };

function readExpiry(text: string | null, today: string): string {
  if (text === null || text.trim() === "") throw new SightlineError("INVALID", "An accepted risk needs its last day.", { field: "expires", remedy: "Write it as 2027-05-31." });
  const date = readDate("expires", text);
  const latest = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  if (date < today) throw new SightlineError("INVALID", `${date} is past.`, { field: "expires" });
  if (date > latest) throw new SightlineError("INVALID", "A risk is accepted for at most 12 months.", { field: "expires", remedy: `The latest day is ${latest}.` });
  return date;
}

function readDate(field: string, text: string): string {
  const date = text.trim();
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00.000Z`) : NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) throw new SightlineError("INVALID", `"${text}" is not a date.`, { field, remedy: "Write it as 2027-05-31." });
  return date;
}
