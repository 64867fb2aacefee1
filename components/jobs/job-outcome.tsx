import { KeptLink } from "@/components/layout/kept-link";
import type { JobView } from "@/lib/jobs/job-types";
import { counted, formatCount } from "@/lib/shared/format-number";

const SHOWN = 6;

/** What a job came to, with the way there: each file of an import with what was refused and why, or the assessment. */
export function JobOutcome({ job }: { job: JobView }) {
  const { kind, result } = job;
  if (kind === "assessment-run") {
    const id = read(result, "assessment");
    return typeof id === "number" ? (
      <KeptLink href={`/assessments/${id}?assessment=${id}`} className="text-xs text-accent underline">
        Open the assessment
      </KeptLink>
    ) : null;
  }
  if (kind === "assessment-compare") {
    return (
      <KeptLink href={`/assessments/compare?a=${number(read(result, "a"))}&b=${number(read(result, "b"))}`} className="text-xs text-accent underline">
        Open the comparison
      </KeptLink>
    );
  }
  if (kind === "pack-import") return <PackLine result={result} />;
  if (kind === "rules-import") return <RulesLine result={result} />;
  if (kind !== "events-import" || !Array.isArray(result)) return null;
  return (
    <ul className="mt-0.5 text-xs">
      {result.slice(0, SHOWN).map((file, index) => (
        <FileLine key={index} file={file} />
      ))}
      {result.length > SHOWN ? <li className="text-ink-3">and {formatCount(result.length - SHOWN)} more files</li> : null}
    </ul>
  );
}

function RulesLine({ result }: { result: unknown }) {
  const counts = read(result, "counts");
  const refused = number(read(counts, "refused"));
  return (
    <p className="mt-0.5 text-xs text-ink-2">
      <KeptLink href="/rules" className="text-accent underline">
        {text(read(result, "source"))}
      </KeptLink>
      {read(result, "unchanged") === true ? ": the same content is there already" : `: ${counted(number(read(counts, "documents")), "rule")}, ${formatCount(number(read(counts, "new")))} new, ${formatCount(number(read(counts, "changed")))} changed, ${formatCount(number(read(counts, "removed")))} removed`}
      {refused > 0 ? <span className="text-attn">, {formatCount(refused)} refused</span> : null}
    </p>
  );
}

function PackLine({ result }: { result: unknown }) {
  const analytic = text(read(result, "analytic"));
  const tests = read(result, "tests");
  const failed = (Array.isArray(tests) ? tests : []).filter((test: unknown) => read(test, "passed") !== true).length;
  if (analytic === "") return null;
  return (
    <p className="mt-0.5 text-xs text-ink-2">
      <KeptLink href={`/packs/${analytic}`} className="text-accent underline">
        Pack of {analytic}
      </KeptLink>
      {read(result, "outcome") === "unchanged" ? ": the same content is in force already" : `: version ${formatCount(number(read(result, "version")))} is in force`}
      {failed > 0 ? <span className="text-attn">, {counted(failed, "of its tests fails", "of its tests fail")}</span> : null}
    </p>
  );
}

function FileLine({ file }: { file: unknown }) {
  const name = text(read(file, "file"));
  const dataset = text(read(file, "dataset"));
  const outcome = read(file, "outcome");
  const refused = read(file, "refused");
  const reasons = read(refused, "reasons");
  return (
    <li className="[overflow-wrap:anywhere] text-ink-2">
      {dataset && read(file, "removed") !== true ? (
        <KeptLink href={`/imports/events/${dataset}`} className="text-accent underline">
          {name}
        </KeptLink>
      ) : (
        name
      )}
      {outcome === "refused" ? <span className="text-attn">: {text(read(file, "reason"))}</span> : outcome === "unchanged" ? ": the same content is there already" : `: ${counted(number(read(file, "records")), "record")}`}
      {read(file, "removed") === true ? <span className="text-ink-3">; removed or replaced since</span> : null}
      {number(read(refused, "count")) > 0 ? (
        <ul className="text-attn">
          {(Array.isArray(reasons) ? reasons : []).map((reason: unknown) => (
            <li key={text(read(reason, "reason"))}>
              {formatCount(number(read(reason, "count")))} refused, first record {formatCount(number(read(reason, "firstRecord")))}: {text(read(reason, "message"))}
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

function read(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
