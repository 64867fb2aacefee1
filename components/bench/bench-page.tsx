"use client";
import { Play, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import type { BenchResult } from "@/lib/reports/bench-result";
import type { BenchView } from "@/lib/reports/bench-view";
import { formatCount } from "@/lib/shared/format-number";
import { askBench } from "./ask-bench";
import { BenchAnswer } from "./bench-answer";
import { EventsPane } from "./events-pane";
import { RulePane } from "./rule-pane";
import { readValues, writeValues } from "./value-lines";

type State = { readonly step: "open" } | { readonly step: "asking"; readonly stop: AbortController } | { readonly step: "refused"; readonly message: string } | { readonly step: "answered"; readonly result: BenchResult };

/** A rule on one side, events on the other, and under them what came of it. What was picked is in the address; what was typed is nowhere else. */
export function BenchPage({ view, segment }: { view: BenchView; segment: string | null }) {
  const asked = view.events?.asked ?? null;
  const begun = asked?.from === "text" ? asked : null;
  const [rule, setRule] = useState<string | null>(null);
  const [values, setValues] = useState<string | null>(null);
  const [events, setEvents] = useState({ text: begun?.text ?? "", format: begun?.format ?? null, host: begun?.host ?? "" });
  const [ignoreLogsource, setIgnore] = useState(false);
  const [state, setState] = useState<State>({ step: "open" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const ruleText = rule ?? view.rule?.text ?? "";
  const valueText = values ?? writeValues(view.values);

  const ask = async () => {
    const read = readValues(valueText);
    const fault = ruleText.trim() === "" ? "There is no rule yet: paste one, or pick one." : (tooLong("rule", ruleText, view.most.rule) ?? tooLong("events", events.text, view.most.events) ?? read.wrong);
    if (fault !== null) return setState({ step: "refused", message: fault });
    const stop = new AbortController();
    running.current?.abort();
    running.current = stop;
    setState({ step: "asking", stop });
    try {
      const text = { from: "text" as const, text: events.text, format: events.format, host: events.host.trim() === "" ? null : events.host.trim() };
      const result = await askBench({ rule: ruleText, events: asked === null || asked.from === "text" ? text : asked, values: read.values, segment, ignoreLogsource }, stop.signal);
      setState({ step: "answered", result });
    } catch (error) {
      if (stop.signal.aborted) setState({ step: "open" });
      else setState({ step: "refused", message: error instanceof Error ? error.message : String(error) });
    }
  };

  return (
    <PageBody>
      <PageHeader title="Test bench" say="Ask a rule about events: what matches, and line by line why the rest does not. What is pasted here is read, not kept." />
      <form
        className="grid grid-cols-[minmax(0,1fr)] gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void ask();
        }}
      >
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3 lg:grid-cols-2">
          <RulePane rule={view.rule} text={ruleText} onText={setRule} values={valueText} onValues={setValues} refused={state.step === "answered" ? state.result.documents.filter(({ message }) => message !== null) : []} segment={view.segments.find(({ id }) => id === segment)?.name ?? null} />
          <EventsPane picked={view.events} formats={view.formats} events={events} onEvents={setEvents} />
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" disabled={state.step === "asking"}>
            <Play size={14} aria-hidden />
            {state.step === "asking" ? "Asking…" : "Ask"}
          </Button>
          {state.step === "asking" ? (
            <Button onClick={() => state.stop.abort()}>
              <X size={14} aria-hidden />
              Cancel
            </Button>
          ) : null}
          <Checkbox checked={ignoreLogsource} onChange={(event) => setIgnore(event.target.checked)}>
            Show every rule to every event, whatever its logsource
          </Checkbox>
          {state.step === "refused" ? (
            <p role="alert" className="font-medium text-attn">
              {state.message}
            </p>
          ) : null}
        </div>
      </form>
      <div aria-live="polite" aria-busy={state.step === "asking"}>
        {state.step === "answered" ? <BenchAnswer result={state.result} /> : null}
      </div>
    </PageBody>
  );
}

function tooLong(what: "rule" | "events", text: string, most: number): string | null {
  if (text.length <= most) return null;
  return what === "rule" ? `The rule is longer than the ${formatCount(most)} characters that the bench takes: import it, or run sightline explain.` : `The events are longer than the ${formatCount(most)} characters that the bench takes: import them and pick the file, or run sightline explain.`;
}
