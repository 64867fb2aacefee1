"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { Input } from "@/components/ui/input";
import { Table, Td, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { FieldMappingRow } from "@/lib/detection/rules/mappings/field-mapping";
import type { FieldMappingImport } from "@/lib/operations/import-field-mapping";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatIsoDay } from "@/lib/shared/format-time";

export interface MappingActions {
  readonly load: (request: { readonly fileName: string; readonly text: string; readonly reason: string }) => Promise<{ readonly ok: true; readonly data: FieldMappingImport } | { readonly ok: false; readonly message: string }>;
  readonly withdraw: (request: { readonly scope: string; readonly reason: string }) => Promise<{ readonly ok: true; readonly data: number } | { readonly ok: false; readonly message: string }>;
}

/** Own names of fields: which are in force, a pipeline to take more from, and a way to end them. */
export function FieldMappings({ inForce, versions, actions }: { inForce: readonly FieldMappingRow[]; versions: number; actions: MappingActions }) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const [made, setMade] = useState<FieldMappingImport | null>(null);
  const [pending, start] = useTransition();
  const router = useRouter();
  const load = (files: File[]) =>
    start(async () => {
      const [file] = files;
      if (file === undefined) return;
      const result = await actions.load({ fileName: file.name, text: await file.text(), reason });
      if (!result.ok) return setError(result.message);
      setError(undefined);
      setMade(result.data);
      router.refresh();
    });
  const withdraw = (scope: string) =>
    start(async () => {
      const result = await actions.withdraw({ scope, reason });
      if (!result.ok) return setError(result.message);
      setError(undefined);
      toast(`The mapping of ${scope} is withdrawn`);
      router.refresh();
    });
  return (
    <Card>
      <CardHeader title="Own names of fields" note={`${formatCount(inForce.length)} in force, ${counted(versions, "version")}`} say="Where your records hold a field under a name of their own. Every evaluation asks for the names given here first, then for Sigma’s." />
      <div className="flex flex-col gap-2 p-3 md:px-4">
        <FileDrop title="Drop a pySigma processing pipeline, or choose" hint="Its field_name_mapping transformations are taken over; whatever else it does is refused by name." accept=".yml,.yaml,.json" multiple={false} disabled={pending} onFiles={load} />
        <Field label="Reason" hint="kept with the mapping; a withdrawal needs one" error={error}>
          {(parts) => <Input {...parts} value={reason} onChange={(event) => setReason(event.target.value)} className="w-96 max-w-full" />}
        </Field>
        {made === null ? null : (
          <div aria-live="polite" className="text-ink-2">
            <p>
              {made.fileName}: {made.written.map(({ scope, fields, version }) => `${scope} ${counted(fields, "field")}, version ${version}`).join("; ")}.
            </p>
            {made.refused.map(({ at, message, remedy }) => (
              <p key={`${at} ${message}`} className="text-attn">
                {at}: {message} <span className="text-ink-2">{remedy}</span>
              </p>
            ))}
          </div>
        )}
      </div>
      {inForce.length === 0 ? null : (
        <Table label="Own names of fields">
          <thead>
            <tr>
              <Th>Product, category, service</Th>
              <Th>Renames</Th>
              <Th number>Version</Th>
              <Th>Since</Th>
              <Th>
                <span className="sr-only">Withdraw</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {inForce.map(({ scopeKey, fields, version, at, by, reason: why, fileName }) => (
              <tr key={scopeKey}>
                <Td className="font-mono whitespace-nowrap">{scopeKey}</Td>
                <Td>
                  <details>
                    <summary className="cursor-pointer">{counted(Object.keys(fields).length, "field")}</summary>
                    <ul className="font-mono text-xs text-ink-2">
                      {Object.entries(fields).map(([name, names]) => (
                        <li key={name}>
                          {name} → {names.join(", ")}
                        </li>
                      ))}
                    </ul>
                  </details>
                </Td>
                <Td number>{formatCount(version)}</Td>
                <Td className="text-ink-2">
                  {formatIsoDay(at)}, {by}, {fileName}
                  {why === "" ? null : <span className="block text-xs text-ink-3">{why}</span>}
                </Td>
                <Td>
                  <Button variant="ghost" disabled={pending} aria-label={`Withdraw ${scopeKey}`} onClick={() => withdraw(scopeKey)}>
                    Withdraw
                  </Button>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
