import type { RuleFires, RuleState } from "@/lib/reports/rules-view";

/** What people read in place of our words for the state of a rule. */
export const STATE_WORDS: Readonly<Record<RuleState, string>> = { evaluated: "evaluated", "needs-values": "needs values", refused: "refused" };

export const LINK_WORDS: Readonly<Record<"accepted" | "proposed" | "rejected" | "none", string>> = { accepted: "serves an analytic", proposed: "proposed only", rejected: "rejected", none: "no analytic" };

/** Best first. */
export const FIRES_WORDS: Readonly<Record<RuleFires, string>> = {
  "can-fire": "can fire",
  stale: "records no longer fresh",
  "field-empty": "field empty",
  "field-unmapped": "field unmapped",
  "key-never-seen": "event never seen",
  "no-source": "no source",
  refused: "refused",
  unchecked: "not checked",
};

/** Levels by weight, heaviest first; Sigma's words. */
export const LEVELS = ["critical", "high", "medium", "low", "informational"];
