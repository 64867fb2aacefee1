import { JsonFrames, type JsonFrame } from "../frame/json-frames";
import { TextFrames, type TextFrame } from "../frame/text-frames";
import { viewRecord } from "../frame/view-record";
import type { LineGroup } from "../line-group";
import { itemMaker } from "../make-item";
import type { OpenOthers } from "../read-others";
import type { RecordFormat } from "../record-format";
import type { FormatReader, Item, ReadLimits } from "../types";
import { isHeaderLine, TsvRows } from "./zeek/tsv-rows";

/** Zeek's own tab-separated logs: rows mean what the header above them says, in a file of their own or among other records. */
export const zeekTsv: RecordFormat = {
  id: "zeek-tsv",
  label: "Zeek (TSV)",
  extensions: [".log"],
  group: { isMine: isHeaderLine, open: openRows },
  sniff: (head) => {
    const fields = head.lines.some((line) => line.startsWith("#fields"));
    const marks = head.lines.some((line) => line.startsWith("#separator") || line.startsWith("#path"));
    if (fields && marks) return { verdict: "yes", evidence: ["#separator", "#path", "#fields"] };
    return { verdict: "no", evidence: [] };
  },
  open: (limits, others) => openTsv(limits, others),
};

/** A file of Zeek's own: lines are not looked into for wrappers, and what is no row is offered to the other formats. */
function openTsv(limits: ReadLimits, openOthers?: OpenOthers): FormatReader {
  const units = new JsonFrames(limits.maxRecordBytes, limits.maxDepth, new TextFrames(limits.maxRecordBytes));
  const make = itemMaker();
  const rows = new TsvRows(limits.zone);
  const others = openOthers?.(limits, make);
  const read = (frames: readonly (JsonFrame | TextFrame)[]): Item[] => {
    const items: Item[] = [];
    for (const frame of frames) {
      const { offset, length } = frame;
      if ("reason" in frame || "skipped" in frame) {
        items.push("reason" in frame ? make.refused(frame) : make.skipped(offset, length, frame.skipped));
        continue;
      }
      const text = "text" in frame ? frame.text : JSON.stringify(frame.value);
      if (text.startsWith("#")) {
        rows.readHeader(text);
        items.push(make.skipped(offset, length, "header"));
        continue;
      }
      const row = "text" in frame ? rows.readRow(text) : { because: "is no row of a log" };
      if ("mapped" in row) {
        items.push(make.record(offset, length, row.mapped, null));
        continue;
      }
      const unknown = { reason: "unknown-record", message: `The line at byte ${offset} ${row.because}.` };
      if (others === undefined) items.push(make.refused({ offset, length, ...unknown, example: text.slice(0, 160) }));
      else others.read(items, { offset, length, ...viewRecord("text" in frame ? { text } : { json: frame.value }, limits.maxDepth) }, () => unknown);
    }
    return items;
  };
  return { push: (chunk) => read(units.push(chunk)), end: () => [...read(units.end()), ...(others?.end() ?? [])] };
}

/** Headers and rows among records of other formats. */
function openRows({ zone }: ReadLimits): LineGroup {
  const rows = new TsvRows(zone);
  return {
    push: (line, { offset, length }) => {
      if (line.startsWith("#")) {
        rows.readHeader(line);
        return "skip";
      }
      const row = rows.readRow(line);
      return "mapped" in row ? [{ offset, length, mapped: row.mapped }] : "skip"; // not reached: expects has seen the line
    },
    expects: (line) => rows.fits(line),
    end: () => [],
  };
}
