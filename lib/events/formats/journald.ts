import { jsonFormat } from "../record-format";
import { readEpochSeconds } from "../time/read-time";
import { mapSyslogMessage } from "./syslog/map-message";

/** The journal of systemd as `journalctl -o json` writes it. Times are microseconds since 1970; a message of bytes is a list of numbers. */
export const journald = jsonFormat({
  id: "journald",
  label: "systemd journal (JSON)",
  extensions: [".json"],
  record: "an entry of the journal",
  evidence: ["__REALTIME_TIMESTAMP", "MESSAGE"],
  generic: true,
  isMine: (value) => "__REALTIME_TIMESTAMP" in value && ("MESSAGE" in value || "_HOSTNAME" in value),
  map: (value) => {
    if (!("__REALTIME_TIMESTAMP" in value)) return null;
    const text = (key: string) => (typeof value[key] === "string" && value[key] !== "" ? value[key] : undefined);
    const { MESSAGE } = value;
    const message = typeof MESSAGE === "string" ? MESSAGE : Array.isArray(MESSAGE) ? Buffer.from(MESSAGE.filter((byte) => typeof byte === "number")).toString("utf8") : "";
    return [mapSyslogMessage({ time: readMicroseconds(text("_SOURCE_REALTIME_TIMESTAMP") ?? text("__REALTIME_TIMESTAMP")), host: text("_HOSTNAME") ?? null, app: text("SYSLOG_IDENTIFIER") ?? text("_COMM") ?? text("_SYSTEMD_UNIT") ?? "unknown", pid: text("_PID") ?? text("SYSLOG_PID"), message, native: value })];
  },
});

function readMicroseconds(text: string | undefined) {
  if (text === undefined || !/^\d{7,17}$/.test(text)) return readEpochSeconds(text === undefined ? undefined : "not a number", "__REALTIME_TIMESTAMP");
  return readEpochSeconds(`${text.slice(0, -6)}.${text.slice(-6)}`, "__REALTIME_TIMESTAMP");
}
