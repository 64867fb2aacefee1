import { SYSLOG_3164 } from "../frame/peel-text";
import { lineFormat } from "../record-format";
import { readDeviceTime } from "../time/read-syslog-time";
import { readIsoTime } from "../time/read-time";
import { mapSyslogMessage } from "./syslog/map-message";

/**
 * Syslog as RFC 3164 describes it (TIME HOST TAG[PID]: MESSAGE), for messages that no other format knows. The old time has
 * no year and no zone: the year is the last possible before the import, the zone the segment's.
 */
export const syslog3164 = lineFormat({
  id: "syslog-3164",
  label: "Syslog (RFC 3164 and /var/log)",
  extensions: [".log"],
  record: "a line of syslog",
  evidence: ["TIME HOST TAG[PID]:"],
  generic: true,
  isMine: (line) => SYSLOG_3164.test(line),
  map: (line, limits) => {
    const match = SYSLOG_3164.exec(line);
    if (match === null) return null;
    const [header, pri, time = "", host = "", tag = "", pid] = match;
    const message = line.slice(header.length);
    const dated = time.includes("T") ? readIsoTime(time, "TIMESTAMP", limits.zone) : readDeviceTime(time, "TIMESTAMP", limits.zone, limits.reference);
    return [mapSyslogMessage({ time: dated, host, app: tag, pid, message, native: { ...(pri === undefined ? {} : { facility: Number(pri) >> 3, severity: Number(pri) & 7 }), timestamp: time, hostname: host, appname: tag, procid: pid ?? null, message } })];
  },
});
