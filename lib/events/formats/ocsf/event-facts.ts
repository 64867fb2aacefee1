import type { JsonObject } from "../../frame/plain-value";
import { firstTime, readEpochUnits, readIsoTime, timeMs } from "../../time/read-time";
import type { RecordFacts } from "../../types";
import { textAt, valueAt } from "../cloud/value-at";

/**
 * What an OCSF event says of itself (the metadata object, schema 1.0 to 1.6): its id, its place in the order of its source,
 * when a logging system took it in, whether it was cut, how many happenings it stands for. Of a started process the parent.
 */
export function factsOfEvent(event: JsonObject, classUid: number, activity: number): RecordFacts {
  const sequence = valueAt(event, "metadata.sequence");
  const count = valueAt(event, "count");
  const clock = (path: string) => firstTime(readEpochUnits(valueAt(event, path), path, "ms"), readIsoTime(valueAt(event, `${path}_dt`) ?? valueAt(event, path), `${path}_dt`, "utc-by-definition"));
  return {
    // It orders the events that a source sent; an export by class leaves out some of them.
    seq: typeof sequence === "number" && Number.isSafeInteger(sequence) && sequence >= 0 ? { stream: textAt(event, "metadata.log_name") ?? textAt(event, "metadata.product.name") ?? "events", number: sequence, counts: "shared" } : undefined,
    id: textAt(event, "metadata.uid") ?? textAt(event, "metadata.event_uid"),
    ingested: timeMs(firstTime(clock("metadata.processed_time"), clock("metadata.logged_time"))),
    truncated: valueAt(event, "metadata.is_truncated") === true ? true : undefined,
    parentKey: classUid === 1007 && activity === 1 ? (textAt(event, "process.parent_process.uid") ?? textAt(event, "actor.process.uid")) : undefined,
    sampled: typeof count === "number" && Number.isSafeInteger(count) && count > 1 ? count : undefined,
  };
}
