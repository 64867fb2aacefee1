import { jsonFormat } from "../record-format";
import { viewEvent } from "./windows/event-view";
import { mapWindowsEvent } from "./windows/map-windows-event";

/** Windows events as JSON: flat (Mordor, NXLog), nested (XML turned into JSON), winlogbeat; text-only messages included. */
export const windowsJson = jsonFormat({
  id: "windows-json",
  label: "Windows events (JSON)",
  extensions: [".json", ".ndjson", ".jsonl"],
  record: "a Windows event",
  evidence: ["EventID | winlog.event_id", "Channel | Provider"],
  isMine: (value) => viewEvent(value) !== null,
  map: (value, limits) => {
    const event = viewEvent(value);
    return event === null ? null : [mapWindowsEvent(event, limits.zone)];
  },
});
