"use client";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import { formatIsoDay, formatTime } from "@/lib/shared/format-time";
import type { AnalyticTuningView, TunedPlaceholder } from "@/lib/reports/analytic-tuning-view";
import { TuneDialog } from "./tune-dialog";
import type { TuningActions } from "./tuning-actions";

/** What of the analytic's rules can be tuned, the value it has in one segment, who set it, why and until when. */
export function TuningTable({ view, actions }: { view: AnalyticTuningView; actions: TuningActions }) {
  const { segment, placeholders, analytic } = view;
  if (placeholders.length === 0) {
    return <p className="max-w-[72ch] px-4 text-ink-2">{view.linked === 0 ? "No rule is linked to this analytic and no pack is loaded for it, so there is nothing to tune." : "Its rules ask for no value: they have no placeholder."}</p>;
  }
  return (
    <>
      <p className="max-w-[72ch] px-4 pb-2 text-ink-2">
        {segment === null ? "It applies to no segment, so nothing can be set." : `Values in ${segment.name}. What a change does to its labelled samples and to those of its tests is shown before it is saved; the next assessment tests with it.`}
      </p>
      <Table label="Values" stacked>
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>Value</Th>
            <Th>Set by</Th>
            <Th>Until</Th>
            <Th>
              <span className="sr-only">Change</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {placeholders.map((tuned) => (
            <Row key={tuned.placeholder.name} tuned={tuned} analytic={analytic} segment={segment} actions={actions} />
          ))}
        </tbody>
      </Table>
    </>
  );
}

function Row({ tuned, analytic, segment, actions }: { tuned: TunedPlaceholder; analytic: string; segment: AnalyticTuningView["segment"]; actions: TuningActions }) {
  const { placeholder, values, from, tuning, expired, history } = tuned;
  return (
    <tr className="align-top">
      <Td className="min-w-40">
        <code>{placeholder.kind === "list" ? `%${placeholder.name}%` : placeholder.name}</code>
        {placeholder.attack === null ? null : <div className="text-xs text-ink-3">ATT&CK: {placeholder.attack}</div>}
        {placeholder.about === "" ? null : <div className="max-w-[44ch] text-xs text-ink-2">{placeholder.about}</div>}
      </Td>
      <Td className="max-w-[40ch] [overflow-wrap:anywhere]">
        {values === null ? <span className="text-attn">none: rules that ask for it are refused</span> : <span className="font-mono">{values.join(", ")}</span>} {values === null ? null : <span className="text-xs text-ink-3">{placeholder.unit}</span>}
        <div className="text-xs text-ink-3">
          {from === "default" ? "default" : from === "everywhere" ? "set for every rule that uses it" : from === "analytic" ? `default ${placeholder.defaults?.join(", ") ?? "none"}` : ""}
        </div>
        {expired === null ? null : (
          <div className="text-xs text-attn">
            {expired.values.join(", ")} ran out on {formatIsoDay(expired.expires ?? "")} (owner {expired.owner}); {tuning === null ? "the default holds again" : "another value holds"}
          </div>
        )}
      </Td>
      <Td className="min-w-36" head="Set by">
        {tuning === null ? (
          <span className="text-ink-3">nobody</span>
        ) : (
          <>
            {tuning.owner} <Pill>version {tuning.version}</Pill>
            <div className="max-w-[36ch] text-xs text-ink-2">{tuning.reason}</div>
          </>
        )}
        {history.length === 0 ? null : (
          <details className="text-xs">
            <summary className="cursor-pointer text-ink-2">History, {history.length}</summary>
            <ul className="flex flex-col gap-1 pt-1">
              {history.map((row) => (
                <li key={`${row.scope} ${row.version}`} className="[overflow-wrap:anywhere] text-ink-2">
                  {row.version}, {formatTime(Date.parse(row.at))} by {row.by}: {row.state === "withdrawn" ? "withdrawn" : row.values.join(", ")}
                  {row.scope === "" ? " for every rule" : ""}. {row.reason} {row.effect.samples.length === 0 ? "No sample was asked." : `${row.effect.truePositivesLost} true positives lost, ${row.effect.benignHitsGained} benign hits gained.`}
                </li>
              ))}
            </ul>
          </details>
        )}
      </Td>
      <Td className="whitespace-nowrap" head={tuning === null ? undefined : "Until"}>{tuning === null ? "" : tuning.expires === null ? "no end" : formatIsoDay(tuning.expires)}</Td>
      <Td>
        {segment === null ? null : (
          <span className="flex justify-end gap-2">
            <TuneDialog key={`${segment.id} tune`} analytic={analytic} segment={segment} tuned={tuned} actions={actions} />
            {tuning === null && expired === null ? null : <TuneDialog key={`${segment.id} withdraw`} analytic={analytic} segment={segment} tuned={tuning === null ? { ...tuned, tuning: expired } : tuned} actions={actions} withdraw />}
          </span>
        )}
      </Td>
    </tr>
  );
}
