import type { z } from "zod";
import type { AppliedOverride } from "@/lib/telemetry/types";
import type { joinVerdictSchema } from "./scoring-input";
import type { EvidenceKind, Flag, Status } from "./status";
import type { Validation } from "./validation-of";

export const WHY_CODES = [
  "proven",
  "source-absent",
  "collected-elsewhere",
  "key-never-seen",
  "field-empty",
  "redacted",
  "stale",
  "too-few-hosts",
  "too-few-events",
  "foreign-hosts",
  "no-time",
  "future",
  "claimed-only",
  "contradicted",
  "silent",
  "not-producible",
  "platform-mismatch",
  "external",
  "no-carrier",
] as const;
export type WhyCode = (typeof WHY_CODES)[number];

/** Why-not is the product: a code and the sentence with its numbers, fields and dates. code "proven" when nothing is missing. */
export type WhyNot = {
  readonly code: WhyCode;
  readonly text: string;
};

/** One log-source reference of a requirement in a segment. newest: ms or null. */
export type AlternativeResult = {
  readonly name: string;
  readonly channel: string;
  readonly family: string;
  readonly basis: "curated" | "channel" | "component";
  readonly evidence: EvidenceKind; // what the verdict rests on: proof, else the claim, else none
  readonly met: "as-cited" | "equivalent" | null; // how it is proven; null when it is not
  readonly proven: boolean;
  readonly claimed: boolean;
  readonly kind: string | null; // the record kind that proved it or came nearest
  readonly records: number; // fresh, jointly filled, of hosts of the segment
  readonly hosts: number; // with fresh proof, capped at the population
  readonly reachHosts: number; // the same, with the hosts that a measurement or flow statistic of the proven kind adds
  readonly claimedHosts: number; // 0 when no uncontradicted claim counts
  readonly newest: number | null;
  readonly why: WhyNot;
  readonly override?: AppliedOverride; // an engineer's word stands in place of Sightline's reading
};

/** A requirement in a segment; alternatives[best] is what the requirement's own line shows. */
export type RequirementResult = {
  readonly component: { readonly id: string; readonly name: string };
  readonly critical: boolean;
  readonly flags: readonly Flag[];
  readonly best: number;
  readonly alternatives: readonly AlternativeResult[];
};

/** An edge of a chain in a segment. */
export type JoinResult = z.infer<typeof joinVerdictSchema>;

/** The part of a cell that many cells share; hosts in total are left out because they are the segment's. */
export type CellDetailDoc = {
  readonly source: "attack" | "pack";
  readonly reason: string; // unassessable: why; else ""
  readonly requirements: readonly number[]; // positions in ScoringResult.requirements
  readonly joins: readonly JoinResult[];
  readonly asPublished?: Status; // source "pack": by ATT&CK's own references
  readonly validation?: Validation; // absent: the cell has no test
};

/** segment and analytic are positions in the ScoringInput. Fractions in millionths. */
export type CellResult = {
  readonly segment: number;
  readonly analytic: number;
  readonly status: Status;
  readonly score: number | null;
  readonly reach: number;
  readonly flags: readonly Flag[];
  readonly detail: number; // position in details
  readonly matchedIn?: "engine" | "siem";
  readonly hosts: number; // population: hosts of the analytic's platforms in the segment
  readonly weight: number; // hosts x criticality, before the technique weight
  readonly lower: number; // reach that counts towards L: through references of basis curated or channel alone
  readonly upper: number; // reach that counts towards U: with uncontradicted claims
  readonly linked: boolean; // a rule is linked to the analytic
};

/** k cells of n applicable; value, low and high in millionths, null where there is nothing to divide by. */
export type Measure = {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly k: number;
  readonly n: number;
};

export type Headline = {
  readonly applicable: number;
  readonly counts: Readonly<Record<Status, number>>;
  readonly observed: Measure;
  readonly validated: Measure;
  readonly byComponent: number | null; // share of the applicable weight in cells flagged by-component, millionths
  readonly uniform: { readonly observed: Measure; readonly validated: Measure };
};

export const NOT_APPLICABLE_REASONS = ["external", "deprecated-strategy", "platform", "exclusion"] as const;
export type NotApplicableReason = (typeof NOT_APPLICABLE_REASONS)[number];

/** Cells that do not apply, by rule: one row per segment and reason (an exclusion has its own text). analytics: positions. */
export type NotApplicableRule = {
  readonly reason: NotApplicableReason;
  readonly text: string;
  readonly analytics: readonly number[];
};

/** One platform of a segment and its hosts, as the scorer counted them. */
export type PlatformPopulation = {
  readonly platform: string;
  readonly hosts: number;
};

export type SegmentResult = {
  readonly id: string;
  readonly population: readonly PlatformPopulation[];
  readonly headline: Headline;
  readonly notApplicable: readonly NotApplicableRule[];
  readonly neverSeen: readonly string[]; // roster hosts without any fresh record, folded names
  readonly foreign: readonly string[]; // hosts with fresh records that the roster does not list
};

export const SCORING_RESULT_SCHEMA = "sightline.scoring-result/1";

export type ScoringResult = {
  readonly schema: typeof SCORING_RESULT_SCHEMA;
  readonly engine: string;
  readonly requirements: readonly RequirementResult[];
  readonly details: readonly CellDetailDoc[];
  readonly cells: readonly CellResult[]; // applicable ones, unassessable included, by analytic, then segment
  readonly segments: readonly SegmentResult[];
  readonly fleet: Headline;
};
