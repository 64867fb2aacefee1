"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { parseAsInteger, useQueryState } from "nuqs";
import type { RequirementJson } from "@/lib/assessment/cell-json";
import type { MeasuredSource } from "@/lib/assessment/measured-of";
import { MeasuredBy } from "@/components/measurements/measured-by";
import { prettyRecord } from "@/components/evidence/pretty-record";
import { Provenance } from "@/components/evidence/provenance";
import { CodeBlock, type CodeMark } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import type { ChainEdge } from "@/lib/reports/analytic-pack";
import type { StageRecord } from "@/lib/reports/analytic-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime, spellTimes } from "@/lib/shared/format-time";
import { EdgeList } from "./edge-list";

/** The raw records behind one stage, each with file, number, offset, hash and importer, and what of it Sightline read. */
export function EvidenceDrawer({ requirement, stage, records, measured, trail }: { requirement: RequirementJson; stage: number; records: readonly StageRecord[]; measured: readonly MeasuredSource[]; trail: readonly ChainEdge[] }) {
  const [position, setPosition] = useQueryState("record", parseAsInteger.withDefault(1).withOptions({ history: "replace", shallow: true }));
  const index = Math.min(Math.max(1, position), Math.max(1, records.length)) - 1;
  const record = records[index];
  return (
    <aside aria-label="Evidence" className="flex min-w-0 flex-col border-t bg-surface xl:border-t-0 xl:border-l">
      <header className="border-b px-4 py-3">
        <div className="flex items-center gap-2">
          <h2>Evidence for stage {stage}</h2>
          {records.length > 0 ? <span className="text-xs text-ink-3">record {index + 1} of {records.length} kept</span> : null}
          {records.length > 1 ? (
            <span className="ml-auto flex">
              <IconButton label="Previous record" disabled={index === 0} onClick={() => void setPosition(index)}>
                <ChevronLeft size={16} aria-hidden />
              </IconButton>
              <IconButton label="Next record" disabled={index === records.length - 1} onClick={() => void setPosition(index + 2)}>
                <ChevronRight size={16} aria-hidden />
              </IconButton>
            </span>
          ) : null}
        </div>
        <p className="text-xs text-ink-2">
          {requirement.component.name} · {counted(requirement.records, "fresh record")}, {formatCount(requirement.hosts)} of {formatCount(requirement.hostsTotal)} hosts
        </p>
      </header>
      <div className="flex flex-1 flex-col gap-3 px-4 py-3">
        {record ? <RecordView record={record} /> : <p className="text-ink-2">No record of {requirement.kind ?? "this kind"} was imported for this segment. {spellTimes(requirement.why)}</p>}
        {trail.length > 0 ? (
          <section>
            <h2 className="pb-1">Join trail of this stage</h2>
            <EdgeList edges={trail} label="Join trail of this stage" />
          </section>
        ) : null}
        <MeasuredBy sources={measured} />
        <Alternatives requirement={requirement} />
      </div>
    </aside>
  );
}

function RecordView({ record }: { record: StageRecord }) {
  const text = prettyRecord(record.raw);
  return (
    <>
      <Provenance
        rows={[
          ["File", record.fileName],
          ["Record", `${formatCount(record.number)}, byte ${formatCount(record.offset)}`],
          ["SHA-256", record.digest],
          ["Host", record.host || "none named"],
          ["Time", record.time ? formatTime(Date.parse(record.time)) : "no usable time"],
          ["Kind", record.kind],
          ["Imported", `${formatTime(Date.parse(record.importedAt))} by ${record.importedBy}`],
          ["Format", record.format],
        ]}
      />
      <CodeBlock label="Raw record" text={text} marks={marksOf(text, record)} />
      <div className="flex gap-2">
        <CopyButton text={record.raw} label="Copy record" />
      </div>
      <table className="w-full text-xs">
        <caption className="sr-only">Canonical fields of this record</caption>
        <thead>
          <tr className="text-left text-ink-2">
            <th scope="col" className="h-7 pr-2 font-medium">
              Field
            </th>
            <th scope="col" className="h-7 font-medium">
              Value
            </th>
          </tr>
        </thead>
        <tbody>
          {record.fields.map((field) => (
            <tr key={field.field}>
              <td className="border-t py-1 pr-3 align-top whitespace-nowrap" title={field.field}>
                <span className={field.required ? "font-medium" : "text-ink-2"}>{field.sigma}</span>
                {field.required ? <span className="text-accent"> required</span> : null}
              </td>
              <td className="border-t py-1 font-mono [overflow-wrap:anywhere]">{field.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Lines of the record that hold a required field's value. A value found on many lines marks the first. */
function marksOf(text: string, record: StageRecord): CodeMark[] {
  const lines = text.split("\n");
  return record.fields.filter((field) => field.required && field.value.length > 1).flatMap((field): CodeMark[] => {
    const quoted = JSON.stringify(field.value).slice(1, -1);
    // A line that holds the value and nothing more around it goes first: a user's name also stands in his home folder's path.
    const whole = lines.findIndex((content) => content.includes(`"${quoted}"`) || new RegExp(`[:=]\\s*${quoted.replace(/[^\w]/g, "\\$&")},?$`).test(content));
    const line = whole >= 0 ? whole : lines.findIndex((content) => content.includes(quoted));
    return line < 0 ? [] : [{ line: line + 1, label: field.sigma }];
  });
}

function Alternatives({ requirement }: { requirement: RequirementJson }) {
  if (requirement.alternatives.length < 2) return null;
  return (
    <section>
      <h2>Alternatives</h2>
      <ul className="mt-1 text-xs">
        {requirement.alternatives.map((alternative) => (
          <li key={`${alternative.name} ${alternative.channel}`} className="border-t py-1.5">
            <code className="[overflow-wrap:anywhere]">{alternative.name}</code> <span className="[overflow-wrap:anywhere] text-ink-2">{alternative.channel}</span>
            <span className="block text-ink-3">{alternative.met === null ? alternative.why : `${alternative.met === "as-cited" ? "met as cited" : "met by an equivalent"}, ${formatCount(alternative.records)} records`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
