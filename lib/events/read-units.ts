import { JsonFrames, type JsonFrame } from "./frame/json-frames";
import { TextFrames, type TextFrame } from "./frame/text-frames";
import { tableRows } from "./frame/table-rows";
import { viewRecord, type Views } from "./frame/view-record";
import type { ReadLimits } from "./types";

/** One JSON object, <Event> element or line, or one row of an answer that is a table (its bytes are those of the whole answer), with what its wrappers hold; or bytes that are skipped or refused. */
export type Unit = (Views & { readonly offset: number; readonly length: number }) | Exclude<JsonFrame | TextFrame, { value: unknown } | { text: unknown }>;

/** Bytes to units, whatever their framing: JSON in any shape, lines and XML events, also one after the other in one file. */
export class UnitFrames {
  private readonly frames: JsonFrames;

  constructor(private readonly limits: Pick<ReadLimits, "maxRecordBytes" | "maxDepth">) {
    this.frames = new JsonFrames(limits.maxRecordBytes, limits.maxDepth, new TextFrames(limits.maxRecordBytes));
  }

  push(chunk: Uint8Array): Unit[] {
    return this.look(this.frames.push(chunk));
  }

  end(): Unit[] {
    return this.look(this.frames.end());
  }

  private look(frames: readonly (JsonFrame | TextFrame)[]): Unit[] {
    const units: Unit[] = [];
    for (const frame of frames) {
      if ("skipped" in frame || "reason" in frame) {
        units.push(frame);
        continue;
      }
      const { offset, length } = frame;
      const rows = "value" in frame ? tableRows(frame.value) : null;
      if (rows === null) units.push({ offset, length, ...viewRecord("value" in frame ? { json: frame.value } : { text: frame.text }, this.limits.maxDepth) });
      else for (const row of rows) units.push({ offset, length, ...viewRecord({ json: row }, this.limits.maxDepth) });
    }
    return units;
  }
}
