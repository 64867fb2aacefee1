/** Longest markup around events (a declaration, a comment, the opening <Events>) that is looked for. */
const MOST_MARKUP = 4096;
/** Longest start of an event that is looked at to see whether one begins inside another: <Event ...> <System. */
const MOST_START = 512;
const EVENT_START = /^<Event(?:\s[^<>]*)?>\s*<System[\s>]/;

export type Markup = "more" | "none" | "event" | { readonly end: number; readonly what: string; readonly forbidden: boolean };

/** What the "<" at buffer[at] begins: an event, markup that only wraps events, or nothing that is known here. */
export function readMarkup(buffer: Buffer, at: number, last: boolean): Markup {
  const second = buffer[at + 1];
  if (second === undefined) return last ? "none" : "more";
  if (!SECOND.has(second)) return "none"; // "<34>" begins a line of syslog
  const text = buffer.toString("latin1", at, at + MOST_MARKUP);
  const cut = !last && text.length < MOST_MARKUP; // the rest is not here yet
  if (/^<Event[\s/>]/.test(text)) return "event";
  if (cut && text.length < 9 && STARTS.some((start) => start.startsWith(text.slice(0, start.length)))) return "more";
  const known = KNOWN.find(({ start }) => text.startsWith(start));
  if (known === undefined) return "none";
  const found = known.end.exec(text);
  if (found !== null) return { end: at + found.index + found[0].length, what: known.what, forbidden: known.forbidden ?? false };
  return cut ? "more" : "none";
}

const KNOWN: readonly { start: string; end: RegExp; what: string; forbidden?: boolean }[] = [
  { start: "<?", end: /\?>/, what: "xml-declaration" },
  { start: "<!--", end: /-->/, what: "xml-comment" },
  { start: "<!DOCTYPE", end: /^[^>[]*>|\]\s*>/, what: "xml-doctype", forbidden: true },
  { start: "<!ENTITY", end: />/, what: "xml-doctype", forbidden: true },
  { start: "<Events", end: /^<Events(?:\s[^<>]*)?>/, what: "wrapper" },
  { start: "</Events", end: /^<\/Events\s*>/, what: "wrapper" },
];
const SECOND: ReadonlySet<number> = new Set(Buffer.from("?!E/"));
const STARTS = ["<Event", ...KNOWN.map(({ start }) => start)];

/**
 * Where the event at buffer[at] ends: behind its closing tag ("closed"), or where another event begins or the content ends
 * before that ("broken").
 *
 * @param from no end stands before this index
 * @param whole buffer[at] is the first byte of the event
 */
export function findElementEnd(buffer: Buffer, at: number, from: number, last: boolean, whole: boolean): { state: "closed" | "broken"; stop: number } | { state: "more"; searched: number } {
  // An event without content: <Event/>.
  const tagEnd = whole ? buffer.indexOf(0x3e, at) : -1;
  if (tagEnd !== -1 && buffer[tagEnd - 1] === 0x2f && buffer.subarray(at + 1, tagEnd).indexOf(0x3c) === -1) return { state: "closed", stop: tagEnd + 1 };
  const close = buffer.indexOf("</Event>", from);
  for (let open = buffer.indexOf("<Event", Math.max(from, at + 1)); open !== -1 && (close === -1 || open < close); open = buffer.indexOf("<Event", open + 1)) {
    const start = buffer.toString("latin1", open, open + MOST_START);
    if (EVENT_START.test(start)) return { state: "broken", stop: open };
    if (close === -1 && !last && start.length < MOST_START && !/^<Event[A-Za-z]/.test(start)) return { state: "more", searched: open };
  }
  if (close !== -1) return { state: "closed", stop: close + "</Event>".length };
  return last ? { state: "broken", stop: buffer.length } : { state: "more", searched: Math.max(from, buffer.length - "</Event".length) };
}
