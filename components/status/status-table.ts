import type { Flag, Status } from "@/lib/assessment/status";

/** How a status looks and what it says, in the order of every bar and legend: most proof first. */
export interface StatusLook {
  readonly word: string;
  readonly says: string;
  readonly className: string;
  readonly glyph: string;
}

export const STATUS_LOOK: Readonly<Record<Status, StatusLook>> = {
  validated: { word: "validated", says: "tested here, fresh", className: "st st-validated", glyph: "g-validated" },
  observed: { word: "observed", says: "every critical record proven", className: "st st-observed", glyph: "g-observed" },
  partial: { word: "partial", says: "some records proven; never in the headline", className: "st st-partial", glyph: "g-partial" },
  declared: { word: "declared", says: "somebody says so", className: "st st-declared", glyph: "g-declared" },
  blind: { word: "blind", says: "nothing proven, not everything claimed", className: "st st-blind", glyph: "g-blind" },
  unassessable: { word: "unassessable", says: "nothing to require", className: "st st-unassessable", glyph: "g-unassessable" },
  "not-applicable": { word: "not applicable", says: "outside the question", className: "st st-not-applicable", glyph: "g-not-applicable" },
};

export const STATUS_ORDER: readonly Status[] = ["validated", "observed", "partial", "declared", "blind", "unassessable", "not-applicable"];

/** glyph null: the word alone. Two flags, clock and bolt, sit on the status glyph; the others stand beside it in words. */
export const FLAG_LOOK: Readonly<Record<Flag, { readonly word: string; readonly says: string; readonly glyph: "g-clock" | "g-bolt" | "g-off" | null }>> = {
  stale: { word: "stale", says: "proof exists, but is older than the policy allows", glyph: "g-clock" },
  contradicted: { word: "contradicted", says: "claimed, yet a thousand or more fresh records of that source carry none", glyph: "g-bolt" },
  silent: { word: "silent", says: "a source that used to speak shows no record", glyph: "g-off" },
  unjoinable: { word: "unjoinable", says: "every record is proven, but the chain does not join", glyph: null },
  thin: { word: "thin", says: "records exist but fall short of the policy", glyph: null },
  narrow: { word: "narrow", says: "proof reaches fewer hosts than the policy asks for", glyph: null },
  "by-component": { word: "by component", says: "the reference is free text, so any record of the component counts", glyph: null },
  "hosts-unverified": { word: "hosts unverified", says: "no roster: the number of hosts is stated, not checked", glyph: null },
  overridden: { word: "overridden", says: "an engineer's override says what a log source means here", glyph: null },
  "rule-tested": { word: "rule tested", says: "the pack's own tests pass", glyph: null },
  "joins-not-computed": { word: "joins not computed", says: "too many records to test every join", glyph: null },
  "zone-dependent": { word: "zone dependent", says: "an assumed time zone could change this verdict", glyph: null },
  late: { word: "late", says: "records arrive later than an analytic's window allows", glyph: null },
  "clock-skew": { word: "clock skew", says: "a host's clock is off, or records lie in the future", glyph: null },
  lossy: { word: "lossy", says: "the sensor's own counter shows that records are missing", glyph: null },
  duplicated: { word: "duplicated", says: "more than a tenth of the records come more than once", glyph: null },
  sampled: { word: "sampled", says: "records stand for others that were left out", glyph: null },
  truncated: { word: "truncated", says: "command lines were cut", glyph: null },
  conditional: { word: "conditional", says: "the claim holds for a part only: an include list, a path or a filter restricts it", glyph: null },
};
export const FLAG_ORDER: readonly Flag[] = ["contradicted", "silent", "stale", "unjoinable", "thin", "narrow", "by-component", "hosts-unverified", "overridden", "rule-tested", "joins-not-computed", "zone-dependent", "conditional", "late", "lossy", "clock-skew", "duplicated", "sampled", "truncated"];
