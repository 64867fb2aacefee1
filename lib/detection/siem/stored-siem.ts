export const MATCHED_BY = ["sigma-id", "title", "hand", ""] as const;

/** A rule of a SIEM as it is stored. Times are ms since 1970. */
export interface SiemRuleDraft {
  readonly system: string;
  readonly externalId: string;
  readonly name: string;
  readonly ruleId: string | null; // ours
  readonly matchedBy: (typeof MATCHED_BY)[number];
  readonly enabled: boolean | null;
  readonly schedule: string;
  readonly lastRun: number | null;
  readonly lastAlert: number | null;
  readonly query: string;
  readonly tags: readonly string[];
}

export interface SiemRuleRow extends SiemRuleDraft {
  readonly id: string;
  readonly asOf: number;
  readonly fileName: string;
}

export interface SiemAlertDraft {
  readonly system: string;
  readonly alertId: string;
  readonly ruleName: string;
  readonly ruleId: string | null;
  readonly host: string;
  readonly hostKey: string;
  readonly at: number;
}
