import { SightlineError } from "@/lib/shared/errors";
import { readInstant } from "./read-instant";

/** What a file or a person says of a measurement; absent: not said. */
export interface StatedOrigin {
  readonly complete?: boolean;
  readonly asOf?: number;
  readonly windowFrom?: number;
  readonly query?: string;
  readonly system?: string;
  readonly ranBy?: string;
}

const MOST_TEXT = 400;

/**
 * Reads lines "# key: value" before the header of a measurement: complete, as_of, window_from, system, ran_by, query (once for
 * each line of its text). Other comments are passed over.
 *
 * @returns what was said, and the text with those lines emptied, so that line numbers stay
 * @throws SightlineError INVALID for a value that cannot be read
 */
export function readPreamble(file: string, text: string): { readonly stated: StatedOrigin; readonly body: string } {
  const lines = text.replace(/^\ufeff/, "").split(/(?<=\n)/);
  const stated: { -readonly [K in keyof StatedOrigin]: StatedOrigin[K] } = {};
  const query: string[] = [];
  let at = 0;
  for (; /^\s*(#|$)/.test(lines[at] ?? "x"); at++) {
    const [, key = "", value = ""] = /^\s*#\s*(\w+)\s*:\s?(.*?)\s*$/.exec(lines[at] ?? "") ?? [];
    const name = key.toLowerCase();
    if (name === "complete") stated.complete = readYes(file, at + 1, value);
    else if (name === "as_of") stated.asOf = instant(file, at + 1, name, value);
    else if (name === "window_from") stated.windowFrom = instant(file, at + 1, name, value);
    else if (name === "system") stated.system = value.slice(0, MOST_TEXT);
    else if (name === "ran_by") stated.ranBy = value.slice(0, MOST_TEXT);
    else if (name === "query") query.push(value);
  }
  if (query.length > 0) stated.query = query.join("\n");
  return { stated, body: lines.map((line, index) => (index < at ? line.replace(/[^\r\n]+/g, "") : line)).join("") };
}

function readYes(file: string, line: number, value: string): boolean {
  if (/^(true|yes)$/i.test(value)) return true;
  if (/^(false|no|unknown|)$/i.test(value)) return false;
  throw new SightlineError("INVALID", "complete is neither true nor false.", { file, line, field: "complete", remedy: "Write true only when the query covered every host and the whole window." });
}

function instant(file: string, line: number, field: string, value: string): number {
  const read = readInstant(value);
  if (read) return read.ms;
  throw new SightlineError("INVALID", `${field} is no time.`, { file, line, field, remedy: "Write it as 2026-11-21T09:00:00Z." });
}
