import type { EvidenceKind, Flag, Status } from "./status";

/** One log-source reference of a requirement in a segment. newest: ms or null. */
export interface AlternativeResult {
  readonly name: string;
  readonly channel: string;
  readonly evidence: EvidenceKind;
  readonly met: "as-cited" | "equivalent" | null;
  readonly proven: boolean;
  readonly claimed: boolean;
  readonly kind: string | null; // the record kind that met it or came nearest
  readonly records: number; // fresh, jointly filled
  readonly hosts: number; // of the segment, capped at its population
  readonly newest: number | null;
  readonly why: WhyNot;
}

/** Why-not is the product: a code, the words, and what they are made from. code "proven" when nothing is missing. */
export interface WhyNot {
  readonly code:
    | "proven"
    | "source-absent"
    | "collected-elsewhere"
    | "key-never-seen"
    | "field-empty"
    | "redacted"
    | "stale"
    | "too-few-hosts"
    | "too-few-events"
    | "foreign-hosts"
    | "no-time"
    | "future"
    | "claimed-only"
    | "contradicted"
    | "silent"
    | "not-producible"
    | "platform-mismatch"
    | "external"
    | "no-carrier";
  readonly text: string;
}

export interface RequirementResult extends AlternativeResult {
  readonly component: { readonly id: string; readonly name: string };
  readonly critical: boolean;
  readonly flags: readonly Flag[];
  readonly alternatives: readonly AlternativeResult[];
}

/** The part of a cell that many cells share; hostsTotal is left out because it is the segment's. */
export interface CellDetailDoc {
  readonly source: "attack" | "pack";
  readonly reason: string; // not-applicable, unassessable: why; else ""
  readonly requirements: readonly RequirementResult[];
  readonly joins: readonly { readonly edge: string; readonly state: "joined" | "not-joined" | "not-computed"; readonly witness?: string }[];
}

/** segment and analytic are positions in the ScoringInput. Fractions in millionths. */
export interface CellResult {
  readonly segment: number;
  readonly analytic: number;
  readonly status: Status;
  readonly score: number | null;
  readonly reach: number;
  readonly flags: readonly Flag[];
  readonly detail: number; // position in details
  readonly matchedIn?: "engine" | "siem";
  readonly weight: number; // hosts x criticality, before the technique weight
  readonly upper: number; // reach with uncontradicted claims, millionths: U of the interval
  readonly lower: boolean; // counts towards L: every critical requirement has basis curated or channel
}

/** k cells of n applicable; value, low and high in millionths, null where n = 0. */
export interface Measure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly k: number;
  readonly n: number;
}

export interface Headline {
  readonly applicable: number;
  readonly counts: Readonly<Record<Status, number>>;
  readonly observed: Measure;
  readonly validated: Measure;
  readonly byComponent: number | null; // share of applicable weight that rests on by-component references, millionths
  readonly uniform: { readonly observed: Measure; readonly validated: Measure };
}

export interface NotApplicableRule {
  readonly reason: "platform" | "external" | "deprecated-strategy" | "exclusion";
  readonly text: string;
  readonly analytics: readonly number[]; // positions
}

export interface ScoringResult {
  readonly schema: "sightline.scoring-result/1";
  readonly engine: string;
  readonly inputDigest: string;
  readonly details: readonly CellDetailDoc[];
  readonly cells: readonly CellResult[]; // applicable and unassessable ones, by analytic, then segment
  readonly segments: readonly { readonly id: string; readonly population: number; readonly headline: Headline; readonly notApplicable: readonly NotApplicableRule[]; readonly neverSeen: readonly string[]; readonly foreign: readonly string[] }[];
  readonly fleet: Headline;
}
