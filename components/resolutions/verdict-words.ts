import type { ResolutionRow } from "@/lib/reports/resolution-rows";

/** A verdict in words, as lists and forms offer it. */
export const VERDICT_WORDS: Readonly<Record<ResolutionRow["verdict"], string>> = {
  producible: "can be produced",
  "not-producible": "not producible as cited",
  "platform-mismatch": "not a source of this platform",
  external: "outside the fleet",
};

/** Why nothing is accepted as cited, in words. */
export const UNCITED_WORDS: Readonly<Record<NonNullable<ResolutionRow["uncited"]>, string>> = {
  "not-logged": "the source writes no record of it",
  elsewhere: "another source writes it",
  "other-act": "the record cited reports something else",
  "no-such-record": "no record has this name",
  behaviour: "the words describe what is found over records",
  "not-read": "the record is not read as this component",
  "not-judged": "nobody has read it yet",
};

const UNCITED = new Map<string, string>(Object.entries(UNCITED_WORDS));

/** The words of a value that a filter offers; one that is not ours stands as it is. */
export function uncitedWord(value: string): string {
  return UNCITED.get(value) ?? value;
}

/** Where a reading comes from, in words. */
export const BASIS_WORDS: Readonly<Record<ResolutionRow["basis"], string>> = {
  curated: "curated: somebody read and judged it",
  channel: "channel: its words name the records or the act",
  component: "component: free text, any record of the component counts",
};
