import type { ResolutionRow } from "@/lib/reports/resolution-rows";

/** A verdict in words, as lists and forms offer it. */
export const VERDICT_WORDS: Readonly<Record<ResolutionRow["verdict"], string>> = {
  producible: "can be produced",
  "not-producible": "not producible as cited",
  "platform-mismatch": "not a source of this platform",
  external: "outside the fleet",
};

/** Where a reading comes from, in words. */
export const BASIS_WORDS: Readonly<Record<ResolutionRow["basis"], string>> = {
  curated: "curated: somebody read and judged it",
  channel: "channel: its words name the records or the act",
  component: "component: free text, any record of the component counts",
};
