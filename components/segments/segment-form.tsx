"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";

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
  const [open, setOpen] = useState(false);
  const [fields, setFields] = useState(initial);
  const [refusal, setRefusal] = useState<{ message: string; field: string | undefined } | null>(null);
  const [pending, start] = useTransition();
  const router = useRouter();
  const submit = () =>
    start(async () => {
      const result = await save(fields);
      if (result.ok) {
        setOpen(false);
        setRefusal(null);
        toast(`${fields.name} saved`);
        router.refresh();
      } else setRefusal({ message: result.message.replace(`${result.place.field ?? ""}: `, ""), field: result.place.field });
    });
  const known = ROWS.some(([field]) => field === refusal?.field);
  return (
    <DialogRoot
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setFields(initial);
      }}
    >
      <DialogTrigger asChild>
        <Button variant={variant}>{label}</Button>
      </DialogTrigger>
      <DialogContent title={title}>
        <form
          noValidate
          className="grid gap-3 px-4 py-4 sm:grid-cols-2"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {ROWS.map(([field, name, hint, more]) => (
            <div key={field} className={more?.wide ? "sm:col-span-2" : undefined}>
              <Field label={name} hint={hint} error={refusal?.field === field ? refusal.message : undefined}>
                {(parts) => <Input {...parts} type={more?.type ?? "text"} required={more?.required} value={fields[field]} onChange={(event) => setFields({ ...fields, [field]: event.target.value })} />}
              </Field>
            </div>
          ))}
          {refusal && !known ? (
            <p role="alert" className="text-xs font-medium text-attn sm:col-span-2">
              {refusal.message}
            </p>
          ) : null}
          <div className="flex justify-end sm:col-span-2">
            <Button type="submit" variant="primary" disabled={pending}>
              Save
            </Button>
          </div>
        </form>
      </DialogContent>
    </DialogRoot>
  );
}
