"use client";
import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export type SegmentFields = Readonly<Record<"name" | "platforms" | "assets" | "criticality" | "owner" | "tags" | "timeZone" | "target" | "targetDate" | "targetOwner", string>>;
export const NO_SEGMENT: SegmentFields = { name: "", platforms: "", assets: "", criticality: "3", owner: "", tags: "", timeZone: "", target: "", targetDate: "", targetOwner: "" };

type Save = (fields: SegmentFields) => Promise<{ readonly ok: true; readonly data: string } | { readonly ok: false; readonly message: string; readonly place: { readonly field?: string } }>;

const ROWS: readonly (readonly [field: keyof SegmentFields, label: string, hint: string, more?: { type?: string; required?: boolean; wide?: boolean }])[] = [
  ["name", "Name", "Unique, whatever the case.", { required: true, wide: true }],
  ["platforms", "Platforms", "ATT&CK’s names, separated by ; with a count if known: Windows=300;Linux=100", { required: true, wide: true }],
  ["assets", "Hosts", "How many belong to it.", { type: "number" }],
  ["criticality", "Criticality", "1 to 5; 5 hurts most.", { type: "number", required: true }],
  ["owner", "Owner", ""],
  ["tags", "Tags", "Separated by ;"],
  ["timeZone", "Time zone", "For times without one, such as Europe/Berlin"],
  ["target", "Target share", "Observable share to reach, in percent", { type: "number" }],
  ["targetDate", "By", "", { type: "date" }],
  ["targetOwner", "Answered for by", ""],
];

/** Creates or edits a segment; a refusal stands under the field it concerns. */
export function SegmentForm({ label, title, initial = NO_SEGMENT, save, variant = "primary" }: { label: string; title: string; initial?: SegmentFields; save: Save; variant?: "primary" | "plain" }) {
  const [fields, setFields] = useState(initial);
  return (
    <FormDialog
      trigger={<Button variant={variant}>{label}</Button>}
      title={title}
      fields={ROWS.map(([field]) => field)}
      word="Save"
      columns={2}
      onOpen={() => setFields(initial)}
      submit={async () => {
        const result = await save(fields);
        return result.ok ? { ok: true, said: `${fields.name} saved` } : result;
      }}
    >
      {(errorOf) =>
        ROWS.map(([field, name, hint, more]) => (
          <div key={field} className={more?.wide ? "sm:col-span-2" : undefined}>
            <Field label={name} hint={hint} error={errorOf(field)}>
              {(parts) => <Input {...parts} type={more?.type ?? "text"} required={more?.required} value={fields[field]} onChange={(event) => setFields({ ...fields, [field]: event.target.value })} />}
            </Field>
          </div>
        ))
      }
    </FormDialog>
  );
}
