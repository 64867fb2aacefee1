import { classNames } from "@/components/ui/class-names";
import type { BenchDocument } from "@/lib/reports/bench-result";
import { counted } from "@/lib/shared/format-number";
import { RecordLinks } from "./record-links";

type Correlation = NonNullable<BenchDocument["correlation"]>;

const MISS_WORDS: Readonly<Record<NonNullable<Correlation["nearestMiss"]>["kind"], string>> = {
  "stage-absent": "Stage absent",
  "wrong-order": "Wrong order",
  "outside-window": "Outside the window",
  "join-missing": "Join key missing",
  "join-different": "Join key different",
};

const FIRINGS = 20;

/** The stages of a correlation with the records that reached them, its firings, and where it did not fire the nearest miss. */
export function ChainStages({ correlation, known }: { correlation: Correlation; known: ReadonlySet<number> }) {
  const { stages, nearestMiss, fired, untimed, keyless, unfollowed } = correlation;
  return (
    <div className="flex flex-col gap-2 px-3 pt-2 md:px-4">
      <ol aria-label="Stages" className="grid grid-cols-[minmax(0,1fr)] gap-2 sm:grid-cols-[repeat(auto-fit,minmax(200px,1fr))]">
        {stages.map((stage, index) => {
          const missed = nearestMiss?.stage === stage.rule;
          return (
            <li key={stage.rule} className={classNames("flex flex-col rounded-lg border bg-surface px-3 py-2", missed ? "border-dashed border-attn" : !stage.reached && "border-dashed border-line-2")}>
              <span className="flex gap-2 text-xs text-ink-3">
                Stage {index + 1}
                <span className={classNames("ml-auto", missed && "font-medium text-attn")}>{missed && nearestMiss !== null ? MISS_WORDS[nearestMiss.kind] : stage.reached ? "reached" : "not reached"}</span>
              </span>
              <strong className="font-medium [overflow-wrap:anywhere]">{stage.title}</strong>
              <code className="text-xs [overflow-wrap:anywhere] text-ink-3">{stage.rule}</code>
              <span className="pt-1 text-xs text-ink-2">
                {stage.reached ? (
                  <>
                    {counted(stage.count, "record")}: <RecordLinks records={stage.records} known={known} all={stage.count} />
                  </>
                ) : (
                  "no record"
                )}
              </span>
            </li>
          );
        })}
      </ol>
      {nearestMiss !== null && nearestMiss.records.length > 0 ? (
        <p className="text-xs text-ink-2">
          Nearest to a firing: records <RecordLinks records={nearestMiss.records} known={known} />
        </p>
      ) : null}
      {fired.length > 0 ? (
        <ul aria-label="Firings" className="text-xs">
          {fired.slice(0, FIRINGS).map(({ at, events, group }) => (
            <li key={`${at} ${JSON.stringify(group)}`} className="border-t py-1 [overflow-wrap:anywhere]">
              Records <RecordLinks records={events} known={known} />
              <span className="text-ink-2">
                {Object.entries(group).map(([field, value]) => `; ${field} ${value}`)}
              </span>
            </li>
          ))}
          {fired.length > FIRINGS ? <li className="border-t py-1 text-ink-3">and {counted(fired.length - FIRINGS, "more firing")}</li> : null}
        </ul>
      ) : null}
      {untimed + keyless + unfollowed > 0 ? (
        <p className="text-xs text-attn">
          {[untimed > 0 ? `${counted(untimed, "record")} of its stages without a usable time` : "", keyless > 0 ? `${counted(keyless, "record")} of its stages without a key to group by` : "", unfollowed > 0 ? `${counted(unfollowed, "record")} whose process is not followed` : ""].filter(Boolean).join("; ")}.
        </p>
      ) : null}
    </div>
  );
}
