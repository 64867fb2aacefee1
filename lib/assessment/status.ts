/** Worst first. The position is what the database stores and what "at least observed" compares; null-scored ones stand before the ladder. */
export const STATUSES = ["not-applicable", "unassessable", "blind", "declared", "partial", "observed", "validated"] as const;
export type Status = (typeof STATUSES)[number];

/** Bit order of Cell.flags in the database: append only. */
export const FLAGS = [
  "stale",
  "contradicted",
  "silent",
  "unjoinable",
  "thin",
  "narrow",
  "by-component",
  "hosts-unverified",
  "rule-tested",
  "joins-not-computed",
  "zone-dependent",
  "conditional",
  "overridden",
  "late",
  "clock-skew",
  "lossy",
  "duplicated",
  "sampled",
  "truncated",
] as const;
export type Flag = (typeof FLAGS)[number];

export const EVIDENCE_KINDS = ["events", "measured", "flow", "configuration", "statement", "none"] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Integers stand for fractions: 1 = a millionth. */
export const MILLION = 1_000_000;

/** Position on the ladder: "at least observed" is statusRank(s) >= statusRank("observed"). */
export function statusRank(status: Status): number {
  return STATUSES.indexOf(status);
}

/** Flags as the bit set that Cell.flags stores. */
export function flagBits(flags: readonly Flag[]): number {
  return flags.reduce((bits, flag) => bits | (1 << FLAGS.indexOf(flag)), 0);
}

/** The flags of a bit set, in the order of FLAGS. Equal sets share one list: few of them ever occur. */
export function flagsOf(bits: number): readonly Flag[] {
  let flags = LISTS.get(bits);
  if (flags === undefined) LISTS.set(bits, (flags = FLAGS.filter((_, position) => (bits & (1 << position)) !== 0)));
  return flags;
}

const LISTS = new Map<number, readonly Flag[]>();
