import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import type { BenchDocument, BenchResult } from "@/lib/reports/bench-result";
import { counted, formatCount } from "@/lib/shared/format-number";
import { BenchRecords } from "./bench-records";
import { ChainStages } from "./chain-stages";
import { ItemTable } from "./item-table";

/** What came of a question: what was read, each document with its verdict, and the records they speak of. */
export function BenchAnswer({ result }: { result: BenchResult }) {
  const { inputs, documents, records } = result;
  const known = new Set(records.map(({ number }) => number));
  return (
    <div className="flex flex-col gap-3">
      <Inputs inputs={inputs} />
      {documents.map((document) => (
        <DocumentAnswer key={document.document} document={document} known={known} />
      ))}
      {records.length > 0 ? <BenchRecords records={records} documents={documents} unshown={result.unshown} /> : null}
    </div>
  );
}

function Inputs({ inputs }: { inputs: BenchResult["inputs"] }) {
  if (inputs.length === 0) return <p className="text-ink-2">No events were given: only the rule was read.</p>;
  return (
    <ul aria-label="What was read" className="text-xs text-ink-2">
      {inputs.map(({ name, format, records, refused, error }) => (
        <li key={name} className={error === null ? "" : "text-attn"}>
          <code>{name}</code>: {error ?? `${counted(records, "record")} as ${format ?? "nothing"}${refused > 0 ? `, ${formatCount(refused)} of them refused` : ""}`}
        </li>
      ))}
    </ul>
  );
}

function DocumentAnswer({ document, known }: { document: BenchDocument; known: ReadonlySet<number> }) {
  const { title, kind, message, author, license, rule, correlation, part, warnings, unrouted } = document;
  const about = [part ? "a stage" : null, author === null ? null : `by ${author}`, license].filter((one) => one !== null).join(", ");
  return (
    <Card className="pb-3">
      <CardHeader title={title ?? `Document ${document.document + 1}`} note={about} action={<Pill>{message === null ? (kind ?? "") : "refused"}</Pill>} say={document.say} />
      {unrouted ? <p className="px-3 pt-1 text-attn md:px-4">No kind of record that Sightline knows has this logsource: the rule is shown none.</p> : null}
      {warnings.map((warning) => (
        <p key={warning} className="px-3 pt-1 text-xs text-ink-2 md:px-4">
          {warning}
        </p>
      ))}
      {correlation === null ? null : <ChainStages correlation={correlation} known={known} />}
      {rule === null || rule.items.length === 0 ? null : part ? (
        <details className="px-3 pt-2 md:px-4">
          <summary className="min-h-6 cursor-pointer text-accent">Line by line</summary>
          <ItemTable rule={rule} known={known} />
        </details>
      ) : (
        <ItemTable rule={rule} known={known} />
      )}
    </Card>
  );
}
