import { RuleFault, type RulePath } from "./rule-fault";
import { literalOf, loosenDashes, type TextPattern } from "./text-pattern";
import type { Encoding } from "./parse-modifiers";

/** A value on its way through encoding modifiers: a pattern, or bytes once it was made UTF-16. */
type Stage = { readonly pattern: TextPattern } | { readonly bytes: Buffer };

/**
 * Applies encoding modifiers in the order written (Sigma 2.1); base64offset gives three patterns, any of which may match.
 * Base64 text is compared like any other Sigma string, so without regard to case unless `cased` is given: what the
 * specification leaves open.
 *
 * @throws RuleFault for a wildcard in text that is to be encoded, or letters beyond ASCII in UTF-16
 */
export function encodeValue(pattern: TextPattern, encodings: readonly Encoding[], path: RulePath): TextPattern[] {
  let stages: Stage[] = [{ pattern }];
  for (const encoding of encodings) {
    if (encoding === "expand") continue; // placeholders were filled before
    stages = stages.flatMap((stage) => encodeOnce(stage, encoding, path));
  }
  return stages.map((stage) => ("pattern" in stage ? stage.pattern : textPattern(stage.bytes.toString("latin1"))));
}

function encodeOnce(stage: Stage, encoding: Encoding, path: RulePath): Stage[] {
  if (encoding === "windash") return "pattern" in stage ? [{ pattern: loosenDashes(stage.pattern) }] : [stage];
  const bytes = bytesOf(stage, encoding, path);
  switch (encoding) {
    case "base64":
      return [{ pattern: textPattern(bytes.toString("base64")) }];
    case "base64offset":
      return [0, 1, 2].map((offset) => ({ pattern: textPattern(base64At(bytes, offset)) }));
    case "utf16le":
    case "utf16":
    case "utf16be": {
      const text = bytes.toString("utf8");
      if (/[^\x00-\x7f]/.test(text)) throw new RuleFault(path, `The value holds letters beyond ASCII, which ${encoding} of Sigma does not define.`, "Write the encoded text itself, or split the value.");
      const wide = Buffer.from(text, "utf16le");
      return [{ bytes: encoding === "utf16le" ? wide : encoding === "utf16be" ? wide.swap16() : Buffer.concat([Buffer.from([0xff, 0xfe]), wide]) }];
    }
    case "expand":
      return [stage];
  }
}

/**
 * What is left of the base64 text of these bytes when they begin `offset` bytes behind a boundary: the characters that do
 * not depend on what stands before and after.
 */
export function base64At(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  const start = [0, 2, 3][offset] ?? 0;
  const end = [0, -3, -2][(bytes.length + offset) % 3] ?? 0;
  return end === 0 ? text.slice(start) : text.slice(start, end);
}

function bytesOf(stage: Stage, encoding: Encoding, path: RulePath): Buffer {
  if ("bytes" in stage) return stage.bytes;
  const text = literalOf(stage.pattern);
  if (text === null) throw new RuleFault(path, `A value with a wildcard cannot be encoded by ${encoding}.`, "Take the wildcard out, or write \\* for a literal star; use contains to match anywhere.");
  return Buffer.from(text, "utf8");
}

function textPattern(text: string): TextPattern {
  return text === "" ? [] : [{ kind: "text", text }];
}
