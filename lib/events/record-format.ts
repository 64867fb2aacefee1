import { isJsonObject, type JsonObject } from "./frame/plain-value";
import { LineFrames, type LineFrame } from "./frame/line-frames";
import { itemMaker, type Mapped } from "./make-item";
import { openJson } from "./read-json";
import { sniffJson } from "./sniff-json";
import { sniffLines } from "./sniff-lines";
import type { EventFormat, Item, ReadLimits } from "./types";

/** What a format makes of one JSON object or one line: its records, "skip" for what is known to be no record, or null when it is not of this format. */
export type MapRecord<T> = (value: T, limits: ReadLimits) => readonly Mapped[] | "skip" | null;

/** How a format knows and reads one record by itself, so that a mixed file can be read record by record. Wrappers are peeled before. */
export interface RecordPart<T> {
  readonly isMine: (value: T) => boolean;
  readonly map: MapRecord<T>;
}

/** A format whose records stand alone, as JSON objects or as lines. */
export interface RecordFormat extends EventFormat {
  readonly json?: RecordPart<JsonObject>;
  readonly line?: RecordPart<string>;
}

interface Declared<T> extends RecordPart<T> {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
  readonly record: string; // "a CloudTrail event", for refusals
  readonly evidence: readonly string[]; // the keys or marks that decide, shown to the user
}

/** A format of JSON objects, in any framing that JsonFrames knows. */
export function jsonFormat({ id, label, extensions, record, evidence, ...part }: Declared<JsonObject>): RecordFormat {
  // A search hit keeps the event in _source.
  const inner = (value: JsonObject) => (isJsonObject(value["_source"]) ? value["_source"] : value);
  const isMine = (value: JsonObject) => part.isMine(inner(value));
  const map: MapRecord<JsonObject> = (value, limits) => part.map(inner(value), limits);
  return { id, label, extensions, json: { isMine, map }, sniff: (head) => sniffJson(head, isMine, evidence), open: (limits) => openJson(limits, record, map) };
}

/** A format of which every line is one record. */
export function lineFormat({ id, label, extensions, record, evidence, isMine, map }: Declared<string>): RecordFormat {
  return {
    id,
    label,
    extensions,
    line: { isMine, map },
    sniff: (head) => sniffLines(head, isMine, evidence),
    open: (limits) => {
      const frames = new LineFrames(limits.maxRecordBytes);
      const make = itemMaker();
      const read = (found: readonly LineFrame[]): Item[] => found.flatMap((frame) => readLine(frame, limits, record, map, make));
      return { push: (chunk) => read(frames.push(chunk)), end: () => read(frames.end()) };
    },
  };
}

function readLine(frame: LineFrame, limits: ReadLimits, record: string, map: MapRecord<string>, make: ReturnType<typeof itemMaker>): Item[] {
  if (!("text" in frame)) return [make.refused(frame)];
  const mapped = map(frame.text, limits);
  if (mapped === "skip") return [];
  if (mapped === null) {
    const { offset, length, text } = frame;
    return [make.refused({ offset, length, reason: "unknown-record", message: `The line at byte ${offset} is not ${record}.`, example: text.slice(0, 160) })];
  }
  return mapped.map((one) => make.record(frame.offset, frame.length, one, frame.text));
}
