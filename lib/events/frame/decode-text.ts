import { isUtf8 } from "node:buffer";

/** UTF-8 bytes as text, or null when they are not UTF-8. */
export function decodeUtf8(bytes: Buffer, start: number, end: number): string | null {
  const text = bytes.toString("utf8", start, end);
  // Only a text with the replacement character can hold a fault; the exact check is then paid for.
  return text.includes("\uFFFD") && !isUtf8(bytes.subarray(start, end)) ? null : text;
}

/** The first characters of refused bytes, control characters made visible, so that a table or a terminal can show them. */
export function exampleOf(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString("utf8", start, Math.min(end, start + EXAMPLE_BYTES));
  const visible = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) => (c === "\n" || c === "\r" || c === "\t" ? " " : String.fromCharCode(0x2400 + (c.charCodeAt(0) & 0x1f))));
  return visible.slice(0, 160).trim();
}

export const EXAMPLE_BYTES = 256;

/** Text a database column and its jsonb can hold: NUL made visible, lone surrogates replaced. */
export function storableText(text: string): string {
  return /[\u0000\ud800-\udfff]/.test(text)
    ? text.replace(/\u0000/g, "\u2400").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\uFFFD")
    : text;
}
