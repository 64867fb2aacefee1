import type { ReactNode } from "react";
import type { SiemImport } from "@/lib/operations/preview-siem";
import { counted, formatCount } from "@/lib/shared/format-number";

const MOST_SHOWN = 20;

/** What an import of SIEM lists would change, or changed; refused rows with line and reason. */
export function SiemOutcome({ outcome, children }: { outcome: SiemImport; children: ReactNode }) {
  const { rules, alerts, files, changes, unlisted, repeated } = outcome;
  const done = alerts.new !== null;
  return (
    <section aria-label="What the lists change" className="flex max-h-72 flex-col gap-2 overflow-y-auto rounded-lg border bg-surface-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <p>
          <strong>{outcome.system}</strong> {done ? (outcome.importId === null ? "said all of this already: " : "was imported: ") : "would have "}
          {counted(rules.listed, "rule")}: {formatCount(rules.new)} new, {formatCount(rules.changed)} changed, {formatCount(rules.same)} the same, {formatCount(rules.removed)} no longer listed; {formatCount(rules.matched)} are rules of ours.
          {alerts.read > 0 ? ` ${counted(alerts.read, "alert")}${alerts.new === null ? "" : `, ${formatCount(alerts.new)} new`}.` : ""}
        </p>
        <span className="ml-auto">{children}</span>
      </div>
      {files.map(({ file, format, warnings, refused }) => (
        <div key={file} className="text-xs">
          <p className="text-ink-2">
            {file}: {format}
            {warnings.map((warning) => ` ${warning}`)}
          </p>
          {refused.length === 0 ? null : (
            <ul aria-label={`Refused rows of ${file}`} className="text-attn">
              {refused.slice(0, MOST_SHOWN).map(({ line, name, field, message, remedy }) => (
                <li key={`${line} ${field}`}>
                  Line {formatCount(line)}
                  {name === "" ? "" : ` (${name})`}
                  {field === "" ? "" : `, ${field}`}: {message} <span className="text-ink-2">{remedy}</span>
                </li>
              ))}
              {refused.length > MOST_SHOWN ? <li>{formatCount(refused.length - MOST_SHOWN)} more rows were refused.</li> : null}
            </ul>
          )}
        </div>
      ))}
      {changes.length === 0 ? null : (
        <ul aria-label="Changes" className="text-xs">
          {changes.slice(0, MOST_SHOWN).map(({ id, name, change, enabled, matchedBy }) => (
            <li key={`${change} ${id}`}>
              {change === "removed" ? "no longer listed" : change}: <strong>{name}</strong>
              {enabled === false ? ", does not run" : ""}
              {matchedBy === "" ? "" : ", ours"}
            </li>
          ))}
          {changes.length > MOST_SHOWN ? <li className="text-ink-2">and {formatCount(changes.length - MOST_SHOWN)} more.</li> : null}
        </ul>
      )}
      {repeated.length === 0 ? null : <p className="text-xs text-ink-2">Listed more than once, the last counts: {repeated.slice(0, MOST_SHOWN).join(", ")}.</p>}
      {unlisted.length === 0 ? null : <p className="text-xs text-ink-2">Alerts of rules that no list holds: {unlisted.slice(0, MOST_SHOWN).join(", ")}.</p>}
    </section>
  );
}
