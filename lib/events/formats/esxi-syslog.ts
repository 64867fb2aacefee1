import type { Mapped } from "../make-item";
import { lineFormat } from "../record-format";
import { readIsoTime } from "../time/read-time";
import { isUnmistakable, keyOf, logOf } from "./esxi/classify-line";
import { fillLine } from "./esxi/fill-line";
import { readLine, type EsxiLine } from "./esxi/read-line";

/**
 * Logs of ESXi hosts and of vCenter's vpxd: files of releases 7 and 8, and lines sent by syslog. Times are UTC by definition.
 * Programs that every system has (sshd, crond, su) are ESXi's only in a line that bears a mark of VMware's; name the format
 * to read a file of nothing else.
 */
export const esxiSyslog = lineFormat({
  id: "esxi-syslog",
  label: "ESXi and vCenter logs",
  extensions: [".log", ".txt"],
  record: "a line of an ESXi or vCenter log",
  evidence: ["UTC time with Z", "[Originator@6876 ...] | In(14) | cpu3:...) | Hostd, Vpxa, vobd, shell"],
  isMine: (text) => {
    const line = readLine(text);
    return line !== null && isUnmistakable(line);
  },
  map: (text) => {
    // Further lines of one message: the first holds what it is about.
    if (/^\s*-->/.test(text)) return { skip: "continued-line" };
    const line = readLine(text);
    const log = line === null ? null : logOf(line.program);
    return line === null || log === null ? null : [mapLine(text, line, log)];
  },
});

function mapLine(text: string, line: EsxiLine, log: string): Mapped {
  const key = keyOf(log, line);
  return {
    time: readIsoTime(line.time, "line", "utc-by-definition"),
    host: line.host,
    family: log === "vpxa" || log === "vpxd" ? "vcenter-nsx" : "esxi",
    key,
    fields: fillLine(key, line),
    // Rules over syslog match these names, or the whole line.
    native: { time: line.time, host: line.host, program: line.program, pid: line.pid, ...Object.fromEntries(line.origin), message: line.message, raw: text },
  };
}
