/** Whether a rule serves an analytic: proposed by its tags, decided by people or by the pack it came with. */
export const LINK_STATES = ["proposed", "accepted", "rejected"] as const;
export type LinkState = (typeof LINK_STATES)[number];

export interface RuleLinkRow {
  readonly ruleId: string;
  readonly analytic: string;
  readonly state: LinkState;
  readonly because: string; // what proposed it: which tag and how it was translated; "pack"; "by hand"
  readonly reason: string; // of the decision
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly proposedAt: string;
}
