import { SightlineError } from "@/lib/shared/errors";

/**
 * The value of a JSON file from a stranger. Keys that would change what an object is (__proto__) stay plain keys, as JSON.parse
 * makes them; whoever reads the value takes the keys it knows.
 *
 * @param remedy what such a file should hold
 * @throws SightlineError INVALID
 */
export function readJson(file: string, text: string, remedy: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    // A RangeError means nesting deeper than the parser's stack; a SyntaxError says where.
    const message = error instanceof SyntaxError ? `The file is not valid JSON (${error.message}).` : "The file nests too deeply.";
    throw new SightlineError("INVALID", message, { file, remedy }, { cause: error });
  }
}

/** The same value read with a schema, or null; a nesting that exhausts the stack is no match either. */
export function matchShape<T>(schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } }, value: unknown): T | null {
  try {
    const read = schema.safeParse(value);
    return read.success ? read.data : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
