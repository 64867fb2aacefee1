"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FileInput, Input, TextArea } from "@/components/ui/input";
import type { HandIn, ProfileActions } from "./new-profile";

const MOST_BYTES = 512 * 1024;

/** Takes a CSV of technique weights. */
export function FileForm({ importFile, handIn, pending }: { importFile: ProfileActions["importFile"]; handIn: HandIn; pending: boolean }) {
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [refused, setRefused] = useState<{ readonly message: string; readonly field: string | undefined } | null>(null);
  const submit = () => {
    if (file === null) return;
    if (file.size > MOST_BYTES) return setRefused({ message: "A table of weights has at most 512 KiB here; the command line takes more.", field: undefined });
    handIn(async () => importFile({ name, fileName: file.name, text: await file.text(), reason }), (message, field) => setRefused({ message, field }));
  };
  return (
    <form
      noValidate
      className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 py-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label="Name of the profile" hint="an existing name gets its next version" error={refused?.field === "name" ? refused.message : undefined}>
        {(parts) => <Input {...parts} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label="CSV file" hint="technique,weight" error={refused !== null && refused.field !== "name" ? refused.message : undefined}>
        {(parts) => <FileInput {...parts} accept=".csv,text/csv" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />}
      </Field>
      <Field label="Reason">{(parts) => <TextArea {...parts} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      <DialogActions>
        <Button type="submit" variant="primary" disabled={pending || file === null}>
          Write the profile
        </Button>
      </DialogActions>
    </form>
  );
}
