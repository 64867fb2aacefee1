"use client";
import { useRef } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/input";
import type { BenchDocument } from "@/lib/reports/bench-result";
import type { BenchView } from "@/lib/reports/bench-view";
import { PickChoice } from "./pick-choice";

/** The rule as text that may be changed, what of it was refused and where, and the values of its placeholders. */
export function RulePane({ rule, text, onText, values, onValues, refused, segment }: {
  rule: BenchView["rule"];
  text: string;
  onText: (text: string) => void;
  values: string;
  onValues: (text: string) => void;
  refused: readonly BenchDocument[];
  segment: string | null;
}) {
  const area = useRef<HTMLDivElement>(null);
  const goTo = (line: number) => {
    const box = area.current?.querySelector("textarea");
    if (box === null || box === undefined) return;
    const lines = text.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    box.focus();
    box.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    box.scrollTop = Math.max(0, (line - 4) * (box.scrollHeight / lines.length));
  };
  return (
    <Card className="flex flex-col gap-2 pb-3">
      <CardHeader title="Rule" note={rule === null ? "Sigma, any number of documents" : `${rule.title}, ${rule.from}`} action={<PickChoice of="rule" label="Pick a rule" clears={["rule"]} />} />
      {rule?.id ? (
        <p className="px-3 text-xs md:px-4">
          <KeptLink href={`/rules/${rule.id}`} className="text-accent hover:underline">
            Open the rule
          </KeptLink>
          <span className="text-ink-3">; what is changed here stays here.</span>
        </p>
      ) : null}
      <div ref={area} className="flex flex-col gap-2 px-3 md:px-4">
        <Field label="Text of the rule">
          {(parts) => <TextArea {...parts} rows={18} spellCheck={false} wrap="off" className="font-mono text-xs leading-[17px]" placeholder={"title: …\nlogsource: …\ndetection: …"} value={text} onChange={(event) => onText(event.target.value)} />}
        </Field>
        {refused.length > 0 ? (
          <ul aria-label="Refused" className="grid gap-1 border-l-2 border-attn bg-attn-soft px-2 py-1.5 text-xs">
            {refused.map(({ document, line, column, message, remedy, title }) => (
              <li key={document} className="[overflow-wrap:anywhere] text-ink">
                {line === null ? (
                  <strong className="text-attn">{title ?? `Document ${document + 1}`}</strong>
                ) : (
                  <button type="button" onClick={() => goTo(line)} className="min-h-6 font-medium text-attn underline">
                    Line {line}, column {column ?? 1}
                  </button>
                )}
                : {message} <span className="text-ink-2">{remedy}</span>
              </li>
            ))}
          </ul>
        ) : null}
        <Field label="Values of its placeholders" hint={segment === null ? "One NAME=VALUE a line; a name may stand on several. A segment chosen above fills in its own." : `Those of ${segment}, or the defaults, may be changed here: one NAME=VALUE a line.`}>
          {(parts) => <TextArea {...parts} rows={3} spellCheck={false} wrap="off" className="font-mono text-xs" value={values} onChange={(event) => onValues(event.target.value)} />}
        </Field>
      </div>
    </Card>
  );
}
