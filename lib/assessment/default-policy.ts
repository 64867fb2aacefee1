import type { Policy } from "./scoring-input";

/** Policy version 1: the defaults of design section 7. */
export const DEFAULT_POLICY: Policy = {
  version: 1,
  minEvents: 1,
  minHostsPercent: 5,
  minHostsCap: 30,
  freshDays: 30,
  claimDays: 365,
  silentHours: 24,
  validationDays: 90,
  fillPercent: 95,
  narrowPercent: 80,
  contradictionRecords: 1_000,
  asCitedOnly: false,
};
