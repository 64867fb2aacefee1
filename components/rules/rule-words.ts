import type { RuleState } from "@/lib/reports/rules-view";

/** What people read in place of our words for the state of a rule. */
export const STATE_WORDS: Readonly<Record<RuleState, string>> = { evaluated: "evaluated", "needs-values": "needs values", refused: "refused" };

export const LINK_WORDS: Readonly<Record<"accepted" | "proposed" | "rejected" | "none", string>> = { accepted: "serves an analytic", proposed: "proposed only", rejected: "rejected", none: "no analytic" };

/** Levels by weight, heaviest first; Sigma's words. */
export const LEVELS = ["critical", "high", "medium", "low", "informational"];
