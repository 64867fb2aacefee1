import type { MeasuredSource } from "@/lib/assessment/measured-of";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { counted } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

/** What queries in the fleet's own platform counted of a stage's record kind, with the text that was run. */
export function MeasuredBy({ sources }: { sources: readonly MeasuredSource[] }) {
  if (sources.length === 0) return null;
  return (
    <section className="flex flex-col gap-2">
      <h2>Measured</h2>
      {sources.map(({ kind, hosts, records, newest, asOf, complete, withRecords, system, ranBy, version, query }) => (
        <div key={`${query?.digest ?? ""} ${system} ${asOf}`} className="flex flex-col gap-1.5 border-t pt-2 text-xs">
          <p>
            {counted(records, "record")} of <code>{kind}</code> on {counted(hosts, "host")}
            {newest === null ? "" : `, newest ${formatTime(newest)}`}.
          </p>
          <p className="text-ink-2">
            As of {formatTime(asOf)}
            {system ? ` in ${system}` : ""}
            {ranBy ? `, run by ${ranBy}` : ""}
            {version === null ? "" : `, version ${version}`}. {complete ? "Covers every host and the whole window, as stated." : "Not stated to cover every host."} {withRecords ? "Raw records came with it." : "Without raw records it proves nothing."}
          </p>
          {query === null ? (
            <p className="text-attn">No query text came with it.</p>
          ) : (
            <details>
              <summary className="cursor-pointer font-medium text-ink-2">
                Query <code className="break-all text-ink-3">sha256 {query.digest}</code>
              </summary>
              <CodeBlock label={`Query of ${kind}`} text={query.text} className="mt-1.5 max-h-72 text-xs" />
              <CopyButton text={query.text} label="Copy query" className="mt-1.5" />
            </details>
          )}
        </div>
      ))}
    </section>
  );
}
