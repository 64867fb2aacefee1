import { JsonFrames, type JsonFrame } from "./frame/json-frames";
import type { JsonObject } from "./frame/plain-value";
import { itemMaker, type Mapped } from "./make-item";
import type { FormatReader, Item, ReadLimits } from "./types";

/**
 * What a format makes of one JSON object: its records (a snapshot holds several), "skip" for what is known to be no
 * record (a closing count), or null when the object is not of this format.
 */
export type MapJson = (value: JsonObject, limits: ReadLimits) => readonly Mapped[] | "skip" | null;

/** A reader for formats whose records are JSON objects, in any framing that JsonFrames knows. */
export function openJson(limits: ReadLimits, label: string, map: MapJson): FormatReader {
  const frames = new JsonFrames(limits.maxRecordBytes, limits.maxDepth);
  const make = itemMaker();
  const read = (found: readonly JsonFrame[]): Item[] => {
    const items: Item[] = [];
    for (const frame of found) {
      if (!("value" in frame)) {
        items.push(make.refused(frame));
        continue;
      }
      const mapped = map(frame.value, limits);
      if (mapped === "skip") continue;
      if (mapped === null) {
        const message = `The record at byte ${frame.offset} is not ${label}.`;
        const example = JSON.stringify(frame.value).slice(0, 160);
        items.push(make.refused({ offset: frame.offset, length: frame.length, reason: "unknown-record", message, example }));
        continue;
      }
      for (const one of mapped) items.push(make.record(frame.offset, frame.length, one, frame.value));
    }
    return items;
  };
  return { push: (chunk) => read(frames.push(chunk)), end: () => read(frames.end()) };
}
