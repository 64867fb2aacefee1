import { groupFormat, type GroupedRecord, type LineGroup, type Place } from "../record-format";
import type { ReadLimits } from "../types";
import { mapAuditEvent } from "./auditd/map-event";

/**
 * Raw lines of the Linux audit log. One event is several lines with the same node and serial, which may interleave with
 * those of others; an event is complete at its EOE line, at the end, or when many newer ones stand open.
 * Its bytes run from its first line to its last: other events' lines may lie between.
 */
export const auditd = groupFormat({
  id: "auditd",
  label: "Linux audit log (raw lines)",
  extensions: [".log"],
  record: "an audit record: it lacks type= and msg=audit(seconds:serial)",
  evidence: ["type=", "msg=audit(seconds:serial)"],
  isMine: (line) => LINE.test(line),
  open: groupEvents,
});

const LINE = /^(?!\s*[{[])(.*?)(?:node=(\S+) )?type=([A-Z_]+(?:\[\d+\])?) msg=audit\((\d{1,13}\.\d{1,9}):(\d{1,20})\):?(.*)$/s;
const SYSLOG_HOST = /^(?:<\d+>)?(?:\w{3} +\d+ [\d:]{8}|\d{4}-\S+) (\S+) /;
const MOST_OPEN = 1000;

interface OpenEvent {
  readonly seconds: string;
  readonly serial: string;
  readonly host: string | null;
  readonly offset: number;
  end: number;
  bytes: number;
  readonly lines: { type: string; text: string }[];
}

function groupEvents(limits: ReadLimits): LineGroup {
  const open = new Map<string, OpenEvent>(); // insertion order: the first is the oldest
  let openBytes = 0;

  const close = (id: string, event: OpenEvent): GroupedRecord => {
    open.delete(id);
    openBytes -= event.bytes;
    const mapped = mapAuditEvent({ seconds: event.seconds, serial: event.serial, host: event.host, lines: event.lines });
    return { offset: event.offset, length: event.end - event.offset, mapped };
  };

  // A wrapper may hold all lines of an event as one text (a search that joined them).
  const push = (text: string, place: Place, said: string | null): readonly GroupedRecord[] | "skip" => {
    if (!text.includes("\n")) return pushLine(text, place, said);
    const pushed = text.split("\n").filter((line) => LINE.test(line)).map((line) => pushLine(line, place, said));
    return pushed.every((one) => one === "skip") ? "skip" : pushed.flatMap((one) => (one === "skip" ? [] : one));
  };

  const pushLine = (line: string, { offset, length }: Place, said: string | null): readonly GroupedRecord[] | "skip" => {
    const match = LINE.exec(line);
    if (match === null) return "skip"; // not reached: isMine has seen the line
    const [, prefix = "", node, type = "", seconds = "", serial = "", text = ""] = match;
    const host = node ?? SYSLOG_HOST.exec(prefix)?.[1] ?? said;
    const id = `${host ?? ""} ${seconds} ${serial}`;
    const event = open.get(id);
    if (type === "EOE") {
      if (event === undefined) return "skip"; // of an event that was not recorded, or that is closed already: EOE says nothing by itself
      event.end = offset + length;
      return [close(id, event)];
    }
    if (event === undefined) open.set(id, { seconds, serial, host, offset, end: offset + length, bytes: length, lines: [{ type, text }] });
    else {
      event.lines.push({ type, text });
      event.end = offset + length;
      event.bytes += length;
    }
    openBytes += length;
    const closed: GroupedRecord[] = [];
    for (const [oldest, waiting] of open) {
      const far = offset - waiting.offset > 2 * limits.maxRecordBytes;
      if (!far && open.size <= MOST_OPEN && openBytes <= 2 * limits.maxRecordBytes) break;
      closed.push(close(oldest, waiting));
    }
    return closed;
  };

  return { push, end: () => [...open].map(([id, event]) => close(id, event)) };
}
