import type { JsonObject } from "../frame/plain-value";
import { isJsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { recordFormat } from "../record-format";
import { firstTime, readIsoTime, timeMs } from "../time/read-time";
import { readMessage } from "./santa/read-message";
import { isSantaLine, parseLine } from "./santa/parse-line";
import { factsOf, fieldsOf, keyOf, type SantaEvent } from "./santa/map-event";

/**
 * Santa's log on macOS: lines of action=...|key=value pairs, and the JSON that its protobuf messages become. Both tell the
 * same events, so both are read into the same pairs; the keys are those of the lines.
 */
export const santa = recordFormat({
  id: "santa",
  label: "Santa (log lines and JSON)",
  extensions: [".log", ".json"],
  record: "a Santa event",
  evidence: ["santad: action=...|... | event_time with one event"],
  line: {
    isMine: isSantaLine,
    map: (line) => {
      const parsed = parseLine(line);
      return parsed === null ? null : [toMapped(parsed.event, readIsoTime(parsed.time, "line", "utc-by-definition"), parsed.host, Object.fromEntries(parsed.event))];
    },
  },
  json: {
    isMine: isMessage,
    map: (message) => {
      const event = readMessage(message);
      if (event === null) return null;
      const said = (snake: string, camel: string) => readIsoTime(message[snake] ?? message[camel], snake, "utc-by-definition");
      const processed = said("processed_time", "processedTime");
      const happened = said("event_time", "eventTime");
      const mapped = toMapped(event, firstTime(happened, processed), null);
      const written = "time" in happened ? timeMs(processed, "known") : undefined; // else there is one clock only
      return [written === undefined ? mapped : { ...mapped, facts: { ...mapped.facts, written } }];
    },
  },
});

/** A SantaMessage has its two times and one event; ids that every other JSON lacks together. */
function isMessage(value: JsonObject): boolean {
  const timed = typeof (value["event_time"] ?? value["eventTime"]) === "string";
  return timed && ("boot_session_uuid" in value || "bootSessionUuid" in value || "processed_time" in value || "processedTime" in value) && Object.values(value).some(isJsonObject) && readMessage(value) !== null;
}

function toMapped(event: SantaEvent, time: Mapped["time"], host: string | null, native?: unknown): Mapped {
  const facts = factsOf(event);
  return {
    time,
    host: event.get("machineid") ?? host,
    family: "edr-santa",
    key: keyOf(event),
    fields: fieldsOf(event),
    ...(facts === null ? {} : { facts }),
    ...(native === undefined ? {} : { native }),
  };
}
