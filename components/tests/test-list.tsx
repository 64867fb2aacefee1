"use client";
import { Check, CircleSlash, FlaskConical, X } from "lucide-react";
import { useState } from "react";
import { ConfirmButton } from "@/components/forms/confirm-button";
import { useRefresh } from "@/components/jobs/use-refresh";
import { waitForJob } from "@/components/jobs/wait-for-job";
import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Pill } from "@/components/ui/chip";
import { toast } from "@/components/ui/toast";
import type { TestRow } from "@/lib/detection/tests/test-row";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import type { AnalyticTestsView } from "@/lib/reports/analytic-tests-view";
import { AttachTest } from "./attach-test";
import { TestRunDetail } from "./test-run-detail";
import type { TestActions } from "./test-actions";

/** Whether samples of the segment show that the linked rules see the attack there: every test with its newest run and why it came out so. */
export function TestList({ view, actions }: { view: AnalyticTestsView; actions: TestActions }) {
  const passing = view.tests.filter(({ run }) => run?.passed === true).length;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4">
        <p className="max-w-[72ch] flex-1 basis-80 text-ink-2">
          {view.tests.length === 0
            ? "No test yet. An attack sample that a linked rule matches, and a benign one that none matches, validate this analytic in their segment."
            : `${formatCount(passing)} of ${counted(view.tests.length, "test")} ${view.tests.length === 1 ? "passes" : "pass"}. A run that passes counts for ${counted(view.validationDays, "day")}; an assessment runs first what is due.`}{" "}
          {view.linked === 0 ? (
            <>
              No accepted rule is linked to it, so that no test can pass: <KeptLink href="/rules" className="text-accent underline">find rules</KeptLink>.
            </>
          ) : (
            `${counted(view.linked, "rule is", "rules are")} linked to it.`
          )}
        </p>
        {view.segments.length === 0 ? <p className="text-xs text-ink-3">It applies to no segment.</p> : <div className="ml-auto"><AttachTest key={view.segmentId} view={view} attach={actions.attach} /></div>}
      </div>
      {view.tests.length === 0 ? null : (
        <ul className="border-t">
          {view.tests.map((test) => (
            <TestLine key={test.id} test={test} actions={actions} />
          ))}
        </ul>
      )}
    </div>
  );
}

function TestLine({ test, actions }: { test: TestRow; actions: TestActions }) {
  const { run, segment, due, since, withdrawn } = test;
  return (
    <li className="border-b px-4 py-2.5 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
        <Outcome test={test} />
        <strong className="font-medium">{segment}</strong>
        <span className="text-xs text-ink-3">
          {run === null ? "" : `${withdrawn ? "withdrawn" : "so"} since ${formatTime(Date.parse(since ?? run.at))}, last run ${formatTime(Date.parse(run.at))} by ${run.by}`}
        </span>
        {due ? <Pill title="Rules, values, samples or roster are others than its last run's">due</Pill> : null}
        <span className="ml-auto flex gap-2">
          <RunAgain test={test} actions={actions} />
          <ConfirmButton label="Remove" title="Remove this test?" description="No later assessment counts it. Its runs and samples stay for those that did." confirm="Remove" act={() => actions.remove(test.id).then((result) => (result.ok ? { ok: true } : { ok: false, message: result.message }))} />
        </span>
      </div>
      {run === null ? null : <p className="max-w-[80ch] pt-1 [overflow-wrap:anywhere] text-ink-2">{run.because}</p>}
      <TestRunDetail test={test} />
    </li>
  );
}

/** Word and glyph, never colour alone. */
function Outcome({ test: { run, withdrawn } }: { test: TestRow }) {
  const [Icon, word] = run === null ? ([FlaskConical, "Never ran"] as const) : run.passed ? ([Check, `Passed in ${run.matchedIn === "siem" ? "the SIEM" : "the engine"}`] as const) : withdrawn ? ([CircleSlash, "Withdrawn"] as const) : ([X, "Did not pass"] as const);
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium ${run !== null && !run.passed ? "text-attn" : ""}`}>
      <Icon size={14} aria-hidden /> {word}
    </span>
  );
}

function RunAgain({ test, actions }: { test: TestRow; actions: TestActions }) {
  const [busy, setBusy] = useState(false);
  const refresh = useRefresh();
  const run = async () => {
    setBusy(true);
    try {
      const started = await actions.run({ test: test.id });
      if (!started.ok) throw new Error(started.message);
      await waitForJob(started.data, () => {});
      await refresh();
      toast("Test run; the next assessment counts with it");
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button onClick={() => void run()} disabled={busy} aria-label={`Run the test in ${test.segment} again`}>
      {busy ? "Running" : "Run"}
    </Button>
  );
}
