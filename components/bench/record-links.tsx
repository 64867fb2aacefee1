import { formatCount } from "@/lib/shared/format-number";

const SHOWN = 20;

/** Numbers of records, leading to those that are shown below. all: how many there are. */
export function RecordLinks({ records, known, all = records.length }: { records: readonly number[]; known: ReadonlySet<number>; all?: number }) {
  const more = all - Math.min(records.length, SHOWN);
  return (
    <span className="text-xs">
      {records.slice(0, SHOWN).map((number, index) => (
        <span key={number}>
          {index > 0 ? ", " : ""}
          {known.has(number) ? (
            <a href={`#record-${number}`} className="text-accent underline">
              {formatCount(number)}
            </a>
          ) : (
            formatCount(number)
          )}
        </span>
      ))}
      {more > 0 ? <span className="text-ink-3"> and {formatCount(more)} more</span> : null}
    </span>
  );
}
