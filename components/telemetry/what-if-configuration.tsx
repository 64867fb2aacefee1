"use client";
import { useState, useTransition, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FileInput, TextArea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { WhatIfConfiguration, WhatIfView } from "@/lib/reports/telemetry-what-if-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { WhatIfResult } from "./what-if-result";

const MOST_CHARACTERS = 700_000;

/** The server action that reads a configuration and thinks it through. */
export type PreviewWhatIf = (asked: { readonly fileName: string; readonly text: string; readonly segment: string; readonly assessment: number | null }) => Promise<{ readonly ok: true; readonly data: WhatIfConfiguration } | { readonly ok: false; readonly message: string }>;

/** A configuration, pasted or chosen, and what it would give one segment. */
export function WhatIfConfigurationForm({ segments, segment, assessment, preview }: { segments: WhatIfView["segments"]; segment: string | null; assessment: number; preview: PreviewWhatIf }) {
  const [text, setText] = useState("");
  const [fileName, setFileName] = useState("");
  const [error, setError] = useState("");
  const [found, setFound] = useState<WhatIfConfiguration | null>(null);
  const [pending, start] = useTransition();
  const [where, setWhere] = useState(segments.some(({ id }) => id === segment) ? (segment ?? "") : (segments[0]?.id ?? ""));
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    setFileName(file.name);
    setText(await file.text());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setError("");
    setFound(null);
    if (text.trim() === "") return setError("There is no text yet.");
    if (text.length > MOST_CHARACTERS) return setError("The text is too long for this page; import it as an inventory to preview it there.");
    start(async () => {
      const answer = await preview({ fileName: fileName || "pasted", text, segment: where, assessment });
      if (answer.ok) setFound(answer.data);
      else setError(answer.message);
    });
  };
  return (
    <Card className="pb-3">
      <CardHeader title="A configuration" say="Sysmon XML, auditd rules, an audit policy backup, osquery, Apple profiles, trail selectors, Fleet policies or an inventory: what it would give a segment if it were in force there. It is read, not kept." />
      <form onSubmit={submit} className="grid gap-2 px-3 pt-2 md:px-4" aria-busy={pending}>
        <Field label="Text of the configuration" error={error}>
          {(parts) => <TextArea {...parts} rows={6} className="font-mono text-xs" value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} />}
        </Field>
        <div className="flex flex-wrap items-end gap-2">
          <Field label="Or a file">{(parts) => <FileInput {...parts} onChange={(event) => void choose(event.target.files?.[0])} />}</Field>
          <Select label="Segment it would be in force in" value={where} onChange={setWhere} options={segments.map(({ id, name }) => ({ value: id, label: name }))} />
          <Button type="submit" variant="primary" disabled={pending}>
            {pending ? "Reading…" : "What would it give"}
          </Button>
        </div>
      </form>
      {found === null ? null : (
        <div className="mt-3">
          <p className="border-t px-3 pt-2 md:px-4" role="status">
            {found.fileName}, read as {found.format}: {counted(found.claims, "claim")}, {counted(found.kinds.length, "record kind")}
            {found.conditional > 0 ? `; ${formatCount(found.conditional)} hold for a part only` : ""}
            {found.refused.length > 0 ? `; ${counted(found.refused.length, "row")} refused` : ""}.
          </p>
          {[...found.refused, ...found.losses].length > 0 ? (
            <details className="px-3 text-xs md:px-4">
              <summary className="cursor-pointer py-1 text-ink-2">What was refused or could not be carried over</summary>
              <ul className="text-ink-2">
                {[...found.refused, ...found.losses].slice(0, 40).map((line, index) => (
                  <li key={index}>{line}</li>
                ))}
              </ul>
            </details>
          ) : null}
          <WhatIfResult result={found.result} />
        </div>
      )}
    </Card>
  );
}
