import { SYSLOG_5424 } from "../frame/peel-text";
import { lineFormat } from "../record-format";
import { readIsoTime } from "../time/read-time";
import { mapSyslogMessage } from "./syslog/map-message";

/** Syslog as RFC 5424 defines it, for messages that no other format knows. */
export const syslog5424 = lineFormat({
  id: "syslog-5424",
  label: "Syslog (RFC 5424)",
  extensions: [".log"],
  record: "a line of syslog as RFC 5424 has it",
  evidence: ["<PRI>1 TIME HOST APP-NAME PROCID MSGID"],
  generic: true,
  isMine: (line) => SYSLOG_5424.test(line),
  map: (line, limits) => {
    const match = SYSLOG_5424.exec(line);
    if (match === null) return null;
    const [header, pri, , time = "-", host = "-", app = "-", pid = "-", id = "-", data = "-"] = match;
    const said = (text: string) => (text === "-" ? undefined : text);
    const message = line.slice(header.length);
    return [
      mapSyslogMessage({
        time: readIsoTime(said(time), "TIMESTAMP", limits.zone),
        host: said(host) ?? null,
        app: said(app) ?? "unknown",
        pid: said(pid),
        message,
        native: { ...priority(pri), timestamp: time, hostname: host, appname: app, procid: pid, msgid: id, structured_data: data, message },
      }),
    ];
  },
});

/** Facility and severity of a priority value. */
function priority(pri: string | undefined): { facility?: number; severity?: number } {
  return pri === undefined ? {} : { facility: Number(pri) >> 3, severity: Number(pri) & 7 };
}
