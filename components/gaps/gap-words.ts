import type { GapCode, GapKind } from "@/lib/gaps/gap-words";
import type { GapClosing, GapState } from "@/lib/gaps/gap-state";

export const STATE_WORD: Readonly<Record<GapState, string>> = { open: "Open", planned: "Planned", accepted: "Accepted risk", done: "Done" };
export const KIND_WORD: Readonly<Record<GapKind, string>> = { repair: "Repair", prove: "Prove", configure: "Configure", buy: "Buy", none: "Nothing to collect" };
export const CLOSING_WORD: Readonly<Record<GapClosing, string>> = { proven: "proven", moved: "another cause now", gone: "applies no more", word: "not proven yet" };

/** The main cause of a gap, short enough for a facet. */
export const CAUSE_WORD: Readonly<Record<GapCode, string>> = {
  "source-absent": "Source absent",
  "collected-elsewhere": "Collected elsewhere only",
  "key-never-seen": "Event never seen",
  "field-empty": "Field empty",
  redacted: "Field redacted",
  stale: "Proof is stale",
  "too-few-hosts": "Too few hosts",
  "too-few-events": "Too few records",
  "foreign-hosts": "Hosts of others",
  "no-time": "No usable time",
  future: "Time in the future",
  "claimed-only": "Claimed only",
  contradicted: "Claim contradicted",
  silent: "Source silent",
  "not-producible": "Never written",
  "platform-mismatch": "Not on this platform",
  external: "Outside the fleet",
  "no-carrier": "No record carries it",
  proven: "Proven",
  unjoinable: "Chain does not join",
  "joins-not-computed": "Joins not computed",
  unassessable: "Nothing to require",
};

export const EVENT_WORD: Readonly<Record<string, string>> = { opened: "Found", cells: "Cells", closed: "Closed", reopened: "Reopened", state: "State", owner: "Owner", due: "Due", comment: "Comment" };

/** 42 -> "G-0042". */
export function gapLabel(id: number): string {
  return `G-${String(id).padStart(4, "0")}`;
}
