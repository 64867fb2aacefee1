import type { ParsedRecord } from "@/lib/events/types";
import { kindId } from "@/lib/telemetry/record-kinds";
import type { RecordKindId } from "@/lib/telemetry/types";
import { isFilled } from "../correlate/join-text";
import { ownField } from "../correlate/take-match";
import type { RecordView, RuleView, Scalar } from "../evaluate/rule-view";
import { keyFieldsOf } from "./key-fields";

/** What a record says to a field that rules ask for: something, nothing ("-", empty, no text), or the field is not there. */
export type FieldState = "filled" | "empty" | "absent";

/** What records of one kind have in common as far as rules can tell without their values: which fields are filled, and the event's key. */
export interface RecordProfile {
  readonly id: string; // equal for records that no rule can tell apart here
  readonly kind: RecordKindId;
  state(field: string): FieldState;
  isKey(field: string): boolean;
  /** Any one of the records: its empty, absent and key fields are those of all. */
  readonly view: RuleView;
}

/**
 * The profile of a record for the fields that the rules it is shown to ask for.
 *
 * @param source which rules those are: part of the identity
 */
export function profileRecord(record: Pick<ParsedRecord, "kind" | "fields" | "native">, view: RecordView, host: string, source: string, asked: readonly string[]): RecordProfile {
  const keys = keyFieldsOf(record.kind.family);
  // A renamed field is asked for by several names, the rule's own last.
  const isKey = (field: string): boolean => keys.has(field.slice(field.lastIndexOf("|") + 1).toLowerCase());
  const seen: RuleView = { values: (field) => ownField(field, record, host) ?? view.values(field), texts: () => view.texts() };
  const states = new Map<string, FieldState>();
  const parts: string[] = [];
  for (const field of asked) {
    const values = seen.values(field);
    const state = values === null ? "absent" : values.some(isFilled) ? "filled" : "empty";
    states.set(field, state);
    parts.push(state === "filled" && !isKey(field) ? "+" : values === null ? "" : spell(values));
  }
  const kind = kindId(record.kind.family, record.kind.key);
  return { id: `${kind}|${source}|${parts.join("|")}`, kind, state: (field) => states.get(field) ?? "absent", isKey, view: seen };
}

function spell(values: readonly Scalar[]): string {
  return JSON.stringify(values.map((value) => (typeof value === "string" ? value.slice(0, LONGEST) : value)));
}

const LONGEST = 200; // of a key or of a way to say nothing
