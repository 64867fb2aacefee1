import type { ParsedRecord } from "@/lib/events/types";
import { kindId } from "@/lib/telemetry/record-kinds";
import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import type { RecordKindId } from "@/lib/telemetry/types";
import type { RecordView } from "../evaluate/rule-view";
import type { SigmaRule } from "../sigma/rule-types";
import type { Router } from "./route-rules";

/** A field that a rule asks for and that no record of a kind it is shown answers: it is not there at all, or never says anything. */
export interface FieldGap {
  readonly rule: number;
  readonly kind: RecordKindId;
  readonly field: string;
  readonly state: "field-unmapped" | "field-empty";
  readonly records: number; // of the kind, that were looked at
}

interface Seen {
  readonly rules: ReadonlySet<number>;
  readonly fields: Map<string, "field-unmapped" | "field-empty" | "filled">;
  records: number;
}

const ENOUGH = 200; // records of a kind that are looked at once every field has been seen filled or so many have passed

/**
 * Which fields that rules ask for are answered by the records of a sample, kind by kind. Each kind is looked at until all
 * fields were seen filled, at most in its first 200 records: an absence is a statement about those.
 */
export function watchFields(rules: readonly Pick<SigmaRule, "fields">[], router: Router) {
  const kinds = new Map<RecordKindId, Seen>();
  return {
    record: (record: ParsedRecord, view: RecordView): void => {
      const kind = kindId(record.kind.family, record.kind.key);
      let seen = kinds.get(kind);
      if (seen === undefined) {
        const shown = new Set(router.groupOf(record, view).rules);
        seen = { rules: shown, fields: new Map([...shown].flatMap((rule) => (rules[rule]?.fields ?? []).map((field) => [field, "field-unmapped"] as const))), records: 0 };
        kinds.set(kind, seen);
      }
      if (seen.records >= ENOUGH) return;
      seen.records += 1;
      for (const [field, state] of seen.fields) if (state !== "filled") seen.fields.set(field, look(view, field, state));
    },
    /** Gaps by rule, kind and field. */
    finish: (): FieldGap[] =>
      [...kinds]
        .flatMap(([kind, { rules: shown, fields, records }]) =>
          [...shown].flatMap((rule) =>
            (rules[rule]?.fields ?? []).flatMap((field): FieldGap[] => {
              const state = fields.get(field);
              return state === undefined || state === "filled" ? [] : [{ rule, kind, field, state, records }];
            }),
          ),
        )
        .sort((a, b) => a.rule - b.rule || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0)),
  };
}

function look(view: RecordView, field: string, before: "field-unmapped" | "field-empty"): "field-unmapped" | "field-empty" | "filled" {
  const values = view.values(field);
  if (values === null) return before;
  return values.some((value) => !isEmptyValue(value)) ? "filled" : "field-empty";
}
