"use client";
import { useState, type ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/input";
import { FormDialog, type HandedIn } from "./form-dialog";

interface ReasonDialogProps {
  readonly trigger: ReactNode;
  readonly title: string;
  readonly description: string; // what happens, and what stays
  readonly word: string;
  readonly hint?: string;
  readonly attention?: boolean;
  readonly submit: (reason: string) => Promise<HandedIn>;
}

/** A decision that asks for nothing but its reason. */
export function ReasonDialog({ hint, submit, ...dialog }: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  return (
    <FormDialog {...dialog} fields={["reason"]} onOpen={() => setReason("")} submit={() => submit(reason)}>
      {(errorOf) => (
        <Field label="Reason" hint={hint} error={errorOf("reason")}>
          {(parts) => <TextArea {...parts} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      )}
    </FormDialog>
  );
}
