"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { readRefusal, type Refusal } from "@/components/forms/read-refusal";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Table, Td, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { PolicyEffect } from "@/lib/operations/preview-policy";
import type { PolicyLine } from "@/lib/reports/describe-policy";
import { counted } from "@/lib/shared/format-number";
import type { PolicyActions } from "./policy-actions";
import { PolicyEffectTable } from "./policy-effect-table";

const FLAGS = [
  { value: "false", label: "false" },
  { value: "true", label: "true" },
] as const;

/** Every setting with its meaning. A change shows what it does to today's numbers before it is written, and needs a reason. */
export function PolicyForm({ version, lines, actions }: { version: number; lines: readonly PolicyLine[]; actions: PolicyActions }) {
  const router = useRouter();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState("");
  const [effect, setEffect] = useState<PolicyEffect | null>(null);
  const [error, setError] = useState<Refusal | null>(null);
  const [pending, start] = useTransition();
  const settings = lines.flatMap(({ key, value }) => {
    const given = values[key]?.trim();
    return given === undefined || given === plain(value) ? [] : [`${key}=${given}`];
  });
  const put = (key: string, value: string) => {
    setValues((now) => ({ ...now, [key]: value }));
    setEffect(null);
    setError(null);
  };
  const preview = () =>
    start(async () => {
      const result = await actions.preview(settings);
      if (result.ok) setEffect(result.data);
      else setError(readRefusal(result));
    });
  const save = () =>
    start(async () => {
      if (reason.trim() === "") return setError({ field: "reason", message: "A new version needs a reason." });
      const result = await actions.save(settings, reason.trim());
      if (!result.ok) return setError(readRefusal(result));
      setValues({});
      setReason("");
      setEffect(null);
      toast(`Version ${result.data} holds from the next assessment on`);
      router.refresh();
    });
  return (
    <Card>
      <CardHeader title="Settings" note={`version ${version}`} say="A change holds from the next assessment on; those that ran keep theirs." />
      <Table label="Settings of the policy">
        <thead>
          <tr>
            <Th>Setting</Th>
            <Th>Value</Th>
            <Th className="max-md:hidden">Meaning as it is</Th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, value, says }) => (
            <tr key={key}>
              <Td>
                <code className="text-xs whitespace-nowrap">{key}</code>
                <div className="text-xs text-pretty md:hidden">
                  <Meaning says={says} error={error?.field === key ? error.message : null} />
                </div>
              </Td>
              <Td className="w-28">
                {value === "true" || value === "false" ? (
                  <Select label={key} value={values[key] ?? value} onChange={(next) => put(key, next)} options={[...FLAGS]} />
                ) : (
                  <Input aria-label={key} inputMode="numeric" aria-invalid={error?.field === key ? true : undefined} value={values[key] ?? plain(value)} onChange={(event) => put(key, event.target.value)} className="w-24 text-right" />
                )}
              </Td>
              <Td className="text-pretty max-md:hidden">
                <Meaning says={says} error={error?.field === key ? error.message : null} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <form
        noValidate
        className="flex flex-wrap items-end gap-2 border-t px-3 py-3 md:px-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className="min-w-0 flex-1 basis-60">
          <Field label="Reason" hint={settings.length === 0 ? "nothing is changed yet" : counted(settings.length, "setting changes", "settings change")} error={error?.field === "reason" ? error.message : undefined}>
            {(parts) => <Input {...parts} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
        </div>
        <Button disabled={pending || settings.length === 0} onClick={preview}>
          {pending ? "Computing" : "Show the effect"}
        </Button>
        <Button type="submit" variant="primary" disabled={pending || settings.length === 0}>
          Write version {version + 1}
        </Button>
      </form>
      {error !== null && error.field !== "reason" && !lines.some(({ key }) => key === error.field) ? (
        <p role="alert" className="px-3 pb-3 font-medium text-attn md:px-4">
          {error.message}
        </p>
      ) : null}
      <div aria-live="polite">{effect === null ? null : <PolicyEffectTable effect={effect} />}</div>
    </Card>
  );
}

/** What a setting means as it is, or why what was typed was refused. */
function Meaning({ says, error }: { says: string; error: string | null }) {
  return error === null ? <span className="text-ink-2">{says}</span> : <span role="alert" className="font-medium text-attn">{error}</span>;
}

/** A number as it is typed: without the space between thousands. */
function plain(value: string): string {
  return value.replaceAll(/\s/g, "");
}
