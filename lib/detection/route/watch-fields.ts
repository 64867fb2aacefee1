import type { ParsedRecord } from "@/lib/events/types";
import { kindId } from "@/lib/telemetry/record-kinds";
import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import type { RecordKindId } from "@/lib/telemetry/types";
import type { RecordView } from "../evaluate/rule-view";
import type { RuleGroup } from "../index/rule-engine";
import type { SigmaRule } from "../sigma/rule-types";
import type { Router } from "./route-rules";

/** field-unmapped: no record that was looked at has the field under any of its names; field-empty: it is there and never says anything. */
export type FieldGapState = "field-unmapped" | "field-empty";

/** A field that rules ask for and that no record of a kind they are shown answers. */
export interface FieldGap {
  readonly kind: RecordKindId;
  readonly field: string;
  readonly state: FieldGapState;
  readonly records: number; // of the kind, that were looked at
  readonly rules: readonly number[]; // that ask for it, ascending
}

/** What was seen of one kind in a part of a sample; plain data, so that threads can send it. */
export interface FieldLook {
  readonly kind: RecordKindId;
  readonly records: number;
  readonly filled: readonly string[];
  readonly gaps: readonly Pick<FieldGap, "field" | "state" | "rules">[];
}

interface Seen {
  readonly groups: Set<RuleGroup>;
  readonly fields: Map<string, { state: FieldGapState | "filled"; readonly rules: Set<number> }>;
  records: number;
}

const ENOUGH = 200; // records of a kind: an absence is a statement about those
const MOST_FIELDS = 2_000; // of a kind; all public rules together ask for some four hundred
const LONGEST_NAME = 200;

/** Looks at which of the fields that rules ask for are answered by the records that they are shown, kind by kind, in the first 200 of each. */
export function watchFields(rules: readonly Pick<SigmaRule, "fields">[], router: Router) {
  const kinds = new Map<RecordKindId, Seen>();
  return {
    record: (record: ParsedRecord, view: RecordView): void => {
      const kind = kindId(record.kind.family, record.kind.key);
      const seen: Seen = kinds.get(kind) ?? { groups: new Set(), fields: new Map(), records: 0 };
      kinds.set(kind, seen);
      if (seen.records >= ENOUGH) return;
      seen.records += 1;
      const group = router.groupOf(record, view); // records of one kind may be shown to different rules
      if (!seen.groups.has(group)) addGroup(seen, group, rules);
      for (const [field, one] of seen.fields) if (one.state !== "filled") one.state = look(view, field, one.state);
    },
    /** What was seen since it was last taken. */
    take: (): FieldLook[] => {
      const looks = [...kinds].map(([kind, { fields, records }]): FieldLook => ({
        kind,
        records,
        filled: [...fields].flatMap(([field, { state }]) => (state === "filled" ? [field] : [])),
        gaps: [...fields].flatMap(([field, { state, rules: asking }]) => (state === "filled" ? [] : [{ field, state, rules: [...asking] }])),
      }));
      kinds.clear();
      return looks;
    },
  };
}

/** Several looks as one: a field that is filled anywhere is no gap, one that is there somewhere is empty. Gaps by kind and field. */
export function mergeLooks(looks: readonly FieldLook[]): FieldGap[] {
  const kinds = new Map<RecordKindId, { records: number; readonly filled: Set<string>; readonly gaps: Map<string, { state: FieldGapState; readonly rules: Set<number> }> }>();
  for (const { kind, records, filled, gaps } of looks) {
    const known = kinds.get(kind) ?? { records: 0, filled: new Set<string>(), gaps: new Map() };
    kinds.set(kind, known);
    known.records += records;
    for (const field of filled) known.filled.add(field);
    for (const { field, state, rules } of gaps) {
      const gap = known.gaps.get(field) ?? { state, rules: new Set<number>() };
      known.gaps.set(field, gap);
      if (state === "field-empty") gap.state = state;
      for (const rule of rules) gap.rules.add(rule);
    }
  }
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...kinds]
    .flatMap(([kind, { records, filled, gaps }]) => [...gaps].flatMap(([field, { state, rules }]): FieldGap[] => (filled.has(field) ? [] : [{ kind, field, state, records, rules: [...rules].sort((a, b) => a - b) }])))
    .sort((a, b) => order(a.kind, b.kind) || order(a.field, b.field));
}

function addGroup({ groups, fields }: Seen, group: RuleGroup, rules: readonly Pick<SigmaRule, "fields">[]): void {
  groups.add(group);
  for (const rule of group.rules) {
    for (const field of rules[rule]?.fields ?? []) {
      const known = fields.get(field);
      if (known !== undefined) known.rules.add(rule);
      else if (fields.size < MOST_FIELDS && field.length <= LONGEST_NAME) fields.set(field, { state: "field-unmapped", rules: new Set([rule]) });
    }
  }
}

function look(view: RecordView, field: string, before: FieldGapState): FieldGapState | "filled" {
  const values = view.values(field);
  if (values === null) return before;
  return values.some((value) => !isEmptyValue(value)) ? "filled" : "field-empty";
}
