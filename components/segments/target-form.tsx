"use client";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { FormDialog, type HandedIn } from "@/components/forms/form-dialog";
import { readRefusal } from "@/components/forms/read-refusal";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { SegmentTarget } from "@/lib/inventory/types";

/** share: percent as typed; empty takes the target away. */
export type TargetFields = Readonly<Record<"share" | "date" | "owner" | "reason", string>>;
export type SaveTarget = (segment: string, fields: TargetFields) => Promise<{ readonly ok: true; readonly data: string } | { readonly ok: false; readonly message: string; readonly place: { readonly field?: string } }>;

const PLACES: Readonly<Record<string, keyof TargetFields>> = { value: "share", target: "share", date: "date", owner: "owner", reason: "reason" };

/** Sets, changes or takes away what a segment shall reach, with a reason. compact: a pencil, for rows. */
export function TargetForm({ segment, target, save, compact = false }: { segment: string; target: SegmentTarget | null; save: SaveTarget; compact?: boolean }) {
  const stored: TargetFields = { share: target === null ? "" : String(target.value / 10_000), date: target?.date ?? "", owner: target?.owner ?? "", reason: "" };
  const [fields, setFields] = useState(stored);
  const submit = async (given: TargetFields): Promise<HandedIn> => {
    const result = await save(segment, given);
    if (!result.ok) {
      const { field, message } = readRefusal(result);
      return { ok: false, message, place: { field: PLACES[field] ?? "reason" } };
    }
    return { ok: true, said: given.share.trim() === "" ? `${result.data} has no target` : `Target of ${result.data} saved` };
  };
  const put = (field: keyof TargetFields) => (event: { readonly target: { readonly value: string } }) => setFields((now) => ({ ...now, [field]: event.target.value }));
  const label = `${target === null ? "Set" : "Change"} the target of ${segment}`;
  return (
    <FormDialog
      trigger={
        compact ? (
          <IconButton label={label} className="print:hidden">
            <Pencil size={14} aria-hidden />
          </IconButton>
        ) : (
          <Button variant="ghost" aria-label={label} className="print:hidden">
            {target === null ? "Set" : "Change"}
          </Button>
        )
      }
      title={`Target of ${segment}`}
      description="The observable share to reach. It moves no verdict; an assessment keeps the target that held when it ran."
      fields={Object.values(PLACES)}
      word="Save"
      disabled={fields.share.trim() === ""}
      columns={2}
      onOpen={() => setFields(stored)}
      submit={() => submit(fields)}
      {...(target === null ? {} : { aside: { word: "Take it away", submit: () => submit({ ...fields, share: "" }) } })}
    >
      {(errorOf) => (
        <>
          <Field label="Share to reach" hint="in percent" error={errorOf("share")}>
            {(parts) => <Input {...parts} inputMode="decimal" value={fields.share} onChange={put("share")} />}
          </Field>
          <Field label="By" error={errorOf("date")}>
            {(parts) => <Input {...parts} type="date" value={fields.date} onChange={put("date")} />}
          </Field>
          <div className="sm:col-span-2">
            <Field label="Answered for by" error={errorOf("owner")}>
              {(parts) => <Input {...parts} value={fields.owner} onChange={put("owner")} />}
            </Field>
          </div>
          <div className="sm:col-span-2">
            <Field label="Reason" hint="kept in the audit log" error={errorOf("reason")}>
              {(parts) => <Input {...parts} value={fields.reason} onChange={put("reason")} />}
            </Field>
          </div>
        </>
      )}
    </FormDialog>
  );
}
