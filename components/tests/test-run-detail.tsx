import type { SampleOutcome } from "@/lib/detection/tests/detection-test";
import type { TestRow } from "@/lib/detection/tests/test-row";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

const HOSTS = 8;

/** What a run looked at and found: both samples, rules with their authors, values, what was refused. */
export function TestRunDetail({ test }: { test: TestRow }) {
  const { run, positive, negative, origin } = test;
  return (
    <details className="pt-1 text-xs">
      <summary className="cursor-pointer font-medium text-ink-2">Samples, rules and values</summary>
      <div className="grid gap-x-6 gap-y-3 py-2 md:grid-cols-2">
        <Sample title={`Attack sample, ${origin}`} sample={positive} outcome={run?.detail.positive ?? null} />
        <Sample title="Benign sample" sample={negative} outcome={run?.detail.negative ?? null} />
      </div>
      {run === null ? null : (
        <div className="flex flex-col gap-1 text-ink-2">
          {run.detail.hostsStated ? <p className="text-attn">The segment has no roster: that the attack sample is from its hosts is only stated.</p> : null}
          <p>{run.rules.length === 0 ? "No rule was run." : `${counted(run.rules.length, "rule")} run: ${run.rules.map(({ title }) => title).join(", ")}.`}</p>
          {run.detail.values.length > 0 ? <p className="[overflow-wrap:anywhere]">Values: {run.detail.values.map(({ name, values, from, version }) => `${name} = ${values.join(", ")} (${from === "default" ? "default" : `set${from === "everywhere" ? " for every rule" : ""}, version ${version ?? ""}`})`).join("; ")}.</p> : null}
          {run.detail.refused.map(({ title, message }) => (
            <p key={title} className="text-attn">
              Refused: {title}: {message}
            </p>
          ))}
          <p className="font-mono [overflow-wrap:anywhere] text-ink-3">
            {run.engine}, inputs sha256 {run.inputDigest}
          </p>
        </div>
      )}
    </details>
  );
}

function Sample({ title, sample, outcome }: { title: string; sample: TestRow["negative"]; outcome: SampleOutcome | null }) {
  return (
    <section className="flex min-w-0 flex-col gap-1 text-ink-2">
      <h3 className="font-medium text-ink">{title}</h3>
      <p className="[overflow-wrap:anywhere]">
        {sample.name} <code className="text-ink-3">sha256 {sample.digest.slice(0, 16)}</code>
      </p>
      {outcome === null ? null : (
        <>
          <p>
            {counted(outcome.records, "record")}
            {outcome.first !== null && outcome.last !== null ? `, ${formatTime(Date.parse(outcome.first))} to ${formatTime(Date.parse(outcome.last))}` : ", none with a usable time"}
          </p>
          <p className="[overflow-wrap:anywhere]">
            {formatCount(outcome.own)} of {formatCount(outcome.records)} from hosts of the segment{outcome.hosts.length > 0 ? `: ${shortList(outcome.hosts)}` : ""}
            {outcome.foreign.length > 0 ? `; others: ${shortList(outcome.foreign)}` : ""}
          </p>
          {outcome.hits.length === 0 && outcome.alerts.length === 0 ? <p>Nothing matched.</p> : null}
          {outcome.hits.map(({ rule, title: name, author, count, events }) => (
            <p key={rule}>
              {name}
              {author === null ? "" : ` (by ${author})`}: {counted(count, "match", "matches")}, records {events.join(", ")}
            </p>
          ))}
          {outcome.alerts.map((alert) => (
            <p key={`${alert.rule} ${alert.at}`}>
              {alert.system} raised {alert.title} on {alert.host} at {formatTime(Date.parse(alert.at))}
            </p>
          ))}
        </>
      )}
    </section>
  );
}

function shortList(names: readonly string[]): string {
  return names.length <= HOSTS ? names.join(", ") : `${names.slice(0, HOSTS).join(", ")} and ${formatCount(names.length - HOSTS)} more`;
}
