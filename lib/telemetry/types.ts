import type { NamedRef } from "@/lib/catalog/types";

/** How a structured channel names the records it wants. */
export const EVENT_KEY_KINDS = ["event_id", "es_event", "osquery_table", "syscall", "audit_type", "api", "log", "other"] as const;
export type EventKeyKind = (typeof EVENT_KEY_KINDS)[number];

export interface EventKey {
  readonly kind: EventKeyKind;
  readonly value: string;
  readonly channel?: string; // Windows: the event log that numbers the event
}

/** (family, native event key): Sysmon 1, ES exec, CloudTrail AssumeRole. What an imported record is, and what a requirement accepts. */
export interface RecordKind {
  readonly family: string; // id of a family in families.json
  readonly key: string;
}

/** "family:key", the form in ScoringInput, URLs and exports. Families hold no colon. */
export type RecordKindId = string;

export type Basis = "curated" | "channel" | "component";
export type Verdict = "producible" | "not-producible" | "platform-mismatch" | "external";

/**
 * Why nothing is accepted as cited, though the act itself can be seen. not-logged: the source writes no record of the act;
 * elsewhere: another source writes it; other-act: the record cited is written and reports something else; no-such-record: no
 * version of the source knows the name; behaviour: the words describe what is found over records, not one of them; not-read:
 * Sightline does not read the record as the component, or its format not at all; not-judged: nobody has read the reference yet.
 */
export const UNCITED_REASONS = ["not-logged", "elsewhere", "other-act", "no-such-record", "behaviour", "not-read", "not-judged"] as const;
export type UncitedReason = (typeof UNCITED_REASONS)[number];

/**
 * Canonical field ids (lib/telemetry/canonical-fields.ts): all of required, and one of each anyOf group, must be filled in the
 * same record. objects: classes of object that the component is about, where the record kind serves several; a record that
 * states another class is no record of this component, one that states none is taken as one. Absent: every record counts.
 */
export interface FieldRequirement {
  readonly required: readonly string[];
  readonly anyOf: readonly (readonly string[])[];
  readonly objects?: readonly string[];
}

/** A record kind that meets a reference, how, and which fields it must fill (the component's, less those the kind by its nature never carries). */
export interface AcceptedKind {
  readonly kind: RecordKindId;
  readonly met: "as-cited" | "equivalent";
  readonly fields: FieldRequirement;
}

/** The override that a resolution rests on; concerns: where it goes beyond Sightline's tables, in sentences. */
export type AppliedOverride = {
  readonly version: number;
  readonly reason: string;
  readonly by: string;
  readonly at: string; // ISO
  readonly concerns: readonly string[];
};

export interface Resolution {
  readonly family: string;
  readonly eventKeys: readonly EventKey[];
  readonly component: NamedRef;
  readonly basis: Basis;
  readonly verdict: Verdict;
  readonly confidence: "high" | "medium" | "low";
  readonly reason: string; // one sentence: why this verdict and basis
  readonly substitute?: string; // not-producible: what to collect instead
  readonly source?: string; // who says so
  readonly uncited?: UncitedReason; // producible, and nothing is accepted as cited: why
  readonly override?: AppliedOverride; // an engineer's word stands in place of Sightline's reading
  readonly accepts: readonly AcceptedKind[];
}
