"use client";
import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { Input } from "@/components/ui/input";
import { Table, Td, Th } from "@/components/ui/table";
import type { PlanView } from "@/lib/reports/plan-view";
import { counted, formatCount } from "@/lib/shared/format-number";

type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly message: string };

/** One row of costs as a form gives it: amounts as they were typed. */
export interface CostFields {
  readonly segment: string;
  readonly collection: string;
  readonly licence: string;
  readonly volumeGbPerDay: string;
  readonly effortDays: string;
  readonly sharedLicence: string;
  readonly note: string;
}

export interface CostActions {
  readonly set: (fields: CostFields) => Promise<Answer<number>>;
  readonly remove: (row: { readonly segment: string; readonly collection: string }) => Promise<Answer<number>>;
  readonly setRates: (rates: { readonly currency: string; readonly perEffortDay: string; readonly perGbDay: string }) => Promise<Answer<number>>;
  readonly importFile: (file: { readonly fileName: string; readonly text: string }) => Promise<Answer<{ readonly understood: number; readonly refused: readonly string[] }>>;
}

const COLUMNS = ["segment", "collection", "licence", "volume_gb_day", "effort_days", "shared_licence", "note"];

/** What is stated of costs, to change by hand or by a file. Everything else is Sightline's estimate and says so. */
export function CostsCard({ costs, actions, segments }: { costs: PlanView["costs"]; actions: CostActions; segments: readonly string[] }) {
  const [said, setSaid] = useState<readonly string[]>([]);
  const [wrong, setWrong] = useState(false);
  const [pending, start] = useTransition();
  const router = useRouter();
  const run = (work: () => Promise<{ readonly ok: boolean; readonly says: readonly string[] }>) =>
    start(async () => {
      const { ok, says } = await work();
      setSaid(says);
      setWrong(!ok);
      if (ok) router.refresh();
    });
  const text = (form: FormData, field: string): string => {
    const value = form.get(field);
    return typeof value === "string" ? value : "";
  };
  const told = (answer: Answer<number>) => (answer.ok ? { ok: true, says: [`Version ${answer.data} of the costs holds it. Trace the plans again to count with it.`] } : { ok: false, says: [answer.message] });
  const { rates, rows } = costs;
  return (
    <Card className="pb-2">
      <CardHeader
        id="costs"
        title="Costs"
        note={costs.version === 0 ? "Sightline's estimates alone" : `version ${costs.version}, ${counted(rows.length, "statement")}`}
        say={`Licence + volume + effort, in ${rates.currency} a year: ${formatCount(rates.perEffortDay)} a day of effort, ${formatCount(rates.perGbDay)} for a GB a day. What nobody states is a rough estimate.`}
        action={
          <Button asChild>
            <a href={`data:text/csv;charset=utf-8,${encodeURIComponent(toCsv(rows))}`} download="sightline-costs.csv">
              <Download size={14} aria-hidden />
              CSV
            </a>
          </Button>
        }
      />
      {rows.length === 0 ? null : (
        <Table label="Stated costs" className="mt-2">
          <thead>
            <tr>
              <Th>Collection</Th>
              <Th>Segment</Th>
              <Th number>Licence</Th>
              <Th number>GB a day</Th>
              <Th number>Effort days</Th>
              <Th>Shared licence</Th>
              <Th>Note</Th>
              <Th>
                <span className="sr-only">Remove</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.segment} ${row.collection}`}>
                <Td className="font-mono text-xs">{row.collection}</Td>
                <Td>{row.segment === "*" ? "all" : row.segment}</Td>
                <Td number>{amount(row.licence)}</Td>
                <Td number>{amount(row.volumeGbPerDay, 3)}</Td>
                <Td number>{amount(row.effortDays, 1)}</Td>
                <Td>{row.sharedLicence ?? "–"}</Td>
                <Td className="text-ink-2">{row.note}</Td>
                <Td>
                  <Button variant="ghost" disabled={pending} aria-label={`Remove the costs of ${row.collection} in ${row.segment}`} onClick={() => run(async () => told(await actions.remove({ segment: row.segment, collection: row.collection })))}>
                    Remove
                  </Button>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {costs.unpriced.map((name) => (
        <p key={name} className="px-3 pt-2 text-xs font-medium text-attn md:px-4">
          The shared licence {name} has no price and counts as nothing: state it as <span className="font-mono">licence:{name}</span>.
        </p>
      ))}
      <div role="status" className={wrong ? "px-3 pt-2 text-xs font-medium text-attn md:px-4" : "px-3 pt-2 text-xs text-ink-2 md:px-4"}>
        {said.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <details className="px-3 pt-1 md:px-4">
        <summary className="cursor-pointer py-1">State a cost, change the rates, or import a file</summary>
        <form action={(form) => run(async () => told(await actions.set({ segment: text(form, "segment"), collection: text(form, "collection"), licence: text(form, "licence"), volumeGbPerDay: text(form, "volume"), effortDays: text(form, "effort"), sharedLicence: text(form, "shared"), note: text(form, "note") })))} className="grid items-end gap-2 py-2 sm:grid-cols-2 lg:grid-cols-4 xl:grid-cols-8">
          <Field label="Segment">{(parts) => <Input name="segment" list="plan-segments" placeholder="* = all" {...parts} />}</Field>
          <Field label="Collection">{(parts) => <Input name="collection" required placeholder="windows-sysmon:7" {...parts} />}</Field>
          <Field label="Licence a year">{(parts) => <Input name="licence" inputMode="decimal" {...parts} />}</Field>
          <Field label="GB a day">{(parts) => <Input name="volume" inputMode="decimal" {...parts} />}</Field>
          <Field label="Effort, days">{(parts) => <Input name="effort" inputMode="decimal" {...parts} />}</Field>
          <Field label="Shared licence">{(parts) => <Input name="shared" {...parts} />}</Field>
          <Field label="Note">{(parts) => <Input name="note" maxLength={500} {...parts} />}</Field>
          <Button type="submit" disabled={pending} className="justify-center">
            State it
          </Button>
          <datalist id="plan-segments">
            {segments.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </form>
        <form action={(form) => run(async () => told(await actions.setRates({ currency: text(form, "currency"), perEffortDay: text(form, "day"), perGbDay: text(form, "gb") })))} className="grid items-end gap-2 py-2 sm:grid-cols-4">
          <Field label="Currency">{(parts) => <Input name="currency" defaultValue={rates.currency} maxLength={8} {...parts} />}</Field>
          <Field label="A day of effort">{(parts) => <Input name="day" defaultValue={rates.perEffortDay} inputMode="decimal" {...parts} />}</Field>
          <Field label="A GB a day, a year">{(parts) => <Input name="gb" defaultValue={rates.perGbDay} inputMode="decimal" {...parts} />}</Field>
          <Button type="submit" disabled={pending} className="justify-center">
            Set the rates
          </Button>
        </form>
        <FileDrop
          title="A CSV of costs"
          hint={COLUMNS.join(",")}
          accept=".csv,text/csv"
          multiple={false}
          disabled={pending}
          onFiles={([file]) => {
            if (file === undefined) return;
            run(async () => {
              const answer = await actions.importFile({ fileName: file.name, text: await file.text() });
              return answer.ok ? { ok: true, says: [`${file.name}: ${counted(answer.data.understood, "row")} understood, ${formatCount(answer.data.refused.length)} refused.`, ...answer.data.refused] } : { ok: false, says: [answer.message] };
            });
          }}
        />
      </details>
    </Card>
  );
}

function amount(value: number | null, decimals = 0): string {
  return value === null ? "–" : formatCount(value, Number.isInteger(value) ? 0 : decimals);
}

function toCsv(rows: PlanView["costs"]["rows"]): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? "" : String(value);
    return /[",\n]|^[=+@-]/.test(text) ? `"${(/^[=+@-]/.test(text) ? "'" : "") + text.replaceAll('"', '""')}"` : text;
  };
  return [COLUMNS.join(","), ...rows.map((row) => [row.segment, row.collection, row.licence, row.volumeGbPerDay, row.effortDays, row.sharedLicence, row.note].map(cell).join(","))].join("\r\n");
}
