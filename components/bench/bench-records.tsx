"use client";
import { prettyRecord } from "@/components/evidence/pretty-record";
import { KeptLink } from "@/components/layout/kept-link";
import { Card, CardHeader } from "@/components/ui/card";
import { CodeBlock, type CodeMark } from "@/components/ui/code-block";
import type { BenchDocument, BenchRecord } from "@/lib/reports/bench-result";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

const OPEN = 3;

/** The records that an answer speaks of, as they stand, with the lines that rules looked at marked. */
export function BenchRecords({ records, documents, unshown }: { records: readonly BenchRecord[]; documents: readonly BenchDocument[]; unshown: number }) {
  return (
    <Card className="pb-3">
      <CardHeader title="Records" note={unshown > 0 ? `${formatCount(records.length)} of ${formatCount(records.length + unshown)} spoken of` : counted(records.length, "record")} />
      <div className="flex flex-col px-3 pt-1 md:px-4">
        {records.map((record, index) => {
          const text = prettyRecord(record.raw);
          return (
            <details key={record.number} id={`record-${record.number}`} open={index < OPEN} className="scroll-mt-16 border-t py-1.5 target:bg-accent-soft">
              <summary className="min-h-6 cursor-pointer [overflow-wrap:anywhere]">
                <strong>Record {formatCount(record.number)}</strong>{" "}
                <span className="text-xs text-ink-2">
                  {record.time === null ? "no usable time" : formatTime(Date.parse(record.time))}, {record.host || "no host"}, <code>{record.kind}</code>
                </span>
              </summary>
              <p className="py-1 text-xs text-ink-3">
                Record {formatCount(record.own)} of <code className="[overflow-wrap:anywhere]">{record.input}</code>
                {record.cut ? "; its beginning only" : ""}
                {record.href === null ? null : (
                  <>
                    {". "}
                    <KeptLink href={record.href} className="text-accent hover:underline">
                      Open the record
                    </KeptLink>
                  </>
                )}
              </p>
              <CodeBlock label={`Record ${record.number}`} text={text} marks={marksOf(text, record.number, documents)} className="max-h-80" />
            </details>
          );
        })}
      </div>
    </Card>
  );
}

/** Lines that hold what a rule found in this record; those that decide its failing in the colour of attention. */
function marksOf(text: string, number: number, documents: readonly BenchDocument[]): CodeMark[] {
  const lines = text.split("\n");
  if (lines.length < 2) return [];
  const items = documents.flatMap(({ rule }) => (rule?.event === number ? rule.items : [])).filter(({ field, state }) => field !== null && state === "filled");
  const marks = new Map<string, CodeMark>();
  for (const { field, found, decides } of items) {
    for (const value of Array.isArray(found) ? found : [found]) {
      const wanted = JSON.stringify(value);
      const line = lines.findIndex((one) => one.includes(`: ${wanted}`) || one.trim().replace(/,$/, "") === wanted);
      if (line >= 0 && field !== null) marks.set(`${line} ${field}`, { line: line + 1, label: field, tone: decides ? "attn" : "accent" });
    }
  }
  return [...marks.values()];
}
