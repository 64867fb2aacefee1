import { LineFrames, type LineFrame } from "../frame/line-frames";
import { itemMaker } from "../make-item";
import type { EventFormat, FormatReader, Item, ReadLimits } from "../types";
import { mapAuditEvent, type AuditEvent } from "./auditd/map-event";

/**
 * Raw lines of the Linux audit log. One event is several lines with the same node and serial, which may interleave with
 * those of others; an event is complete at its EOE line, at the end, or when many newer ones stand open.
 * Its bytes run from its first line to its last: other events' lines may lie between.
 */
export const auditd: EventFormat = {
  id: "auditd",
  label: "Linux audit log (raw lines)",
  extensions: [".log"],
  sniff: (head) => {
    const mine = head.lines.filter((line) => LINE.test(line)).length;
    if (mine === 0) return { verdict: "no", evidence: [] };
    return { verdict: mine >= 0.8 * head.lines.length ? "yes" : "maybe", evidence: ["type=", "msg=audit(seconds:serial)", `${mine} of ${head.lines.length} lines`] };
  },
  open: (limits) => openAuditd(limits),
};

const LINE = /^(?!\s*[{[])(.*?)(?:node=(\S+) )?type=([A-Z_]+(?:\[\d+\])?) msg=audit\((\d{1,13}\.\d{1,9}):(\d{1,20})\):?(.*)$/s;
const SYSLOG_HOST = /^(?:<\d+>)?(?:\w{3} +\d+ [\d:]{8}|\d{4}-\S+) (\S+) /;
const MOST_OPEN = 1000;

interface OpenEvent {
  readonly seconds: string;
  readonly host: string | null;
  readonly offset: number;
  end: number;
  bytes: number;
  readonly lines: { type: string; text: string }[];
}

function openAuditd(limits: ReadLimits): FormatReader {
  const frames = new LineFrames(limits.maxRecordBytes);
  const make = itemMaker();
  const open = new Map<string, OpenEvent>(); // insertion order: the first is the oldest
  let openBytes = 0;

  const close = (id: string, event: OpenEvent, items: Item[]) => {
    open.delete(id);
    openBytes -= event.bytes;
    const joined: AuditEvent = { seconds: event.seconds, host: event.host, lines: event.lines };
    items.push(make.record(event.offset, event.end - event.offset, mapAuditEvent(joined), null));
  };

  const take = (frame: LineFrame, items: Item[]) => {
    if (!("text" in frame)) return void items.push(make.refused(frame));
    const match = LINE.exec(frame.text);
    if (match === null) {
      const message = `The line at byte ${frame.offset} is no audit record: it lacks type= and msg=audit(seconds:serial).`;
      return void items.push(make.refused({ offset: frame.offset, length: frame.length, reason: "unknown-record", message, example: frame.text.slice(0, 160) }));
    }
    const [, prefix = "", node, type = "", seconds = "", serial = "", text = ""] = match;
    const host = node ?? SYSLOG_HOST.exec(prefix)?.[1] ?? null;
    const id = `${host ?? ""} ${seconds} ${serial}`;
    const event = open.get(id);
    if (type === "EOE") {
      if (event !== undefined) {
        event.end = frame.offset + frame.length;
        close(id, event, items);
      }
      return; // of an event that was not recorded, or that is closed already: EOE says nothing by itself
    }
    if (event === undefined) open.set(id, { seconds, host, offset: frame.offset, end: frame.offset + frame.length, bytes: frame.length, lines: [{ type, text }] });
    else {
      event.lines.push({ type, text });
      event.end = frame.offset + frame.length;
      event.bytes += frame.length;
    }
    openBytes += frame.length;
    while (open.size > MOST_OPEN || openBytes > 2 * limits.maxRecordBytes) {
      const [oldest] = open;
      if (oldest === undefined) break;
      close(oldest[0], oldest[1], items);
    }
  };

  const read = (lines: readonly LineFrame[]): Item[] => {
    const items: Item[] = [];
    for (const frame of lines) take(frame, items);
    return items;
  };
  return {
    push: (chunk) => read(frames.push(chunk)),
    end: () => {
      const items = read(frames.end());
      for (const [id, event] of [...open]) close(id, event, items);
      return items;
    },
  };
}
