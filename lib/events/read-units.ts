import { JsonFrames, type JsonFrame } from "./frame/json-frames";
import { TextFrames, type TextFrame } from "./frame/text-frames";
import { viewRecord, type Views } from "./frame/view-record";
import type { ReadLimits } from "./types";

/** One JSON object, <Event> element or line, with what its wrappers hold; or bytes that are skipped or refused. */
export type Unit = (Views & { readonly offset: number; readonly length: number }) | Exclude<JsonFrame | TextFrame, { value: unknown } | { text: unknown }>;

/** Bytes to units, whatever their framing: JSON in any shape, lines and XML events, also one after the other in one file. */
export class UnitFrames {
  private readonly frames: JsonFrames;

  constructor(private readonly limits: Pick<ReadLimits, "maxRecordBytes" | "maxDepth">) {
    this.frames = new JsonFrames(limits.maxRecordBytes, limits.maxDepth, new TextFrames(limits.maxRecordBytes));
  }

  push(chunk: Uint8Array): Unit[] {
    return this.frames.push(chunk).map((frame) => this.look(frame));
  }

  end(): Unit[] {
    return this.frames.end().map((frame) => this.look(frame));
  }

  private look(frame: JsonFrame | TextFrame): Unit {
    if ("skipped" in frame || "reason" in frame) return frame;
    const { offset, length } = frame;
    return { offset, length, ...viewRecord("value" in frame ? { json: frame.value } : { text: frame.text }, this.limits.maxDepth) };
  }
}
