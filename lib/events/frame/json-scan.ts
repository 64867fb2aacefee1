/**
 * Keys whose list of objects holds the records: AWS and Azure files, Graph pages, CloudWatch Logs (logEvents), lists of
 * Kubernetes and Google (items), answers of Splunk and Defender (results, Results), of aws lookup-events (Events);
 * inside Elastic's hits, one of two.
 */
const WRAPPERS: ReadonlySet<string> = new Set(["Records", "records", "value", "logEvents", "items", "results", "Results", "Events"]);
const INNER_WRAPPERS: ReadonlySet<string> = new Set(["hits", "events"]);
/** Holds the records only as the first key of the object (aws logs get-log-events): elsewhere it is part of a record. */
const FIRST_WRAPPER = "events";
const LONGEST_KEY = 9;

/** Whether an object may be packaging around a list of records. */
export function hasWrapperKey(value: object): boolean {
  let first = true;
  for (const key in value) {
    if (key === "hits" || (first && key === FIRST_WRAPPER) || WRAPPERS.has(key)) return true;
    first = false;
  }
  return false;
}

type Expect = "key-or-close" | "key" | "colon" | "value" | "value-or-close" | "comma-or-close";

/**
 * Finds where one JSON object ends without building it, byte by byte and resumable at any byte. Knows just enough grammar
 * to notice a fault early; then it only counts brackets, and gives up at a line that starts with "{".
 *
 * state: open (needs more bytes) | done (behind the closing bracket) | list (on the first object of a wrapper's list) |
 * resync (on the "{" that begins a line, with the object broken before it).
 */
export class JsonScan {
  state: "open" | "done" | "list" | "resync" = "open";
  fault = false;
  /** Count brackets only: the object is broken, or too long to be worth more. */
  lenient = false;
  depth = 1;
  private expect: Expect;
  private readonly objects: boolean[] = [true]; // per level: object or array
  private inString = false;
  private escaped = false;
  private scalar = false;
  private afterNewline = false;
  private keyText = ""; // of the key being read, at the first two levels
  private readonly keys: [string, string] = ["", ""];
  private listCandidate = false;
  private topKeys = 0;

  /** framing: the scan begins inside an object that only wraps records, behind one of its values. */
  constructor(readonly framing: boolean) {
    this.expect = framing ? "comma-or-close" : "key-or-close";
  }

  /** Reads bytes[from..to); gives the index of the first byte it did not consume. */
  run(bytes: Buffer, from: number, to: number): number {
    let at = from;
    while (at < to && this.state === "open") {
      if (this.inString) at = this.readString(bytes, at, to);
      else if (this.lenient) at = this.readLoosely(bytes[at] ?? 0, at);
      else at = this.readStrictly(bytes[at] ?? 0, at);
    }
    return at;
  }

  private readString(bytes: Buffer, from: number, to: number): number {
    let at = from;
    const wantsKey = this.expect === "key" && this.depth <= 2;
    for (; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      if (this.escaped) {
        this.escaped = false;
        if (wantsKey) this.keyText += "\\";
      } else if (byte === 0x5c) {
        this.escaped = true;
      } else if (byte === 0x22) {
        this.inString = false;
        if (!this.lenient) this.endString();
        return at + 1;
      } else if (byte < 0x20) {
        // No raw control character may stand in a string: the quote was never closed, or never opened one.
        this.inString = false;
        this.fail();
        return at;
      } else if (wantsKey && this.keyText.length <= LONGEST_KEY) {
        this.keyText += String.fromCharCode(byte);
      }
    }
    return at;
  }

  private endString(): void {
    if (this.expect === "key") {
      if (this.depth <= 2) this.keys[this.depth === 1 ? 0 : 1] = this.keyText;
      if (this.depth === 1) this.topKeys += 1;
      this.expect = "colon";
    } else {
      this.expect = "comma-or-close";
    }
  }

  private readStrictly(byte: number, at: number): number {
    if (this.scalar) {
      const ends = byte === 0x2c || byte === 0x5d || byte === 0x7d || byte <= 0x20;
      if (!ends) return byte === 0x22 || byte === 0x7b || byte === 0x5b || byte === 0x3a ? this.fail(at) : at + 1;
      this.scalar = false;
      this.expect = "comma-or-close";
    }
    if (byte === 0x20 || byte === 10 || byte === 13 || byte === 9) {
      this.afterNewline = byte === 10 || byte === 13;
      return at + 1;
    }
    const wasCandidate = this.listCandidate;
    this.listCandidate = false;
    const { expect } = this;
    const isValue = expect === "value" || expect === "value-or-close";
    if (byte === 0x22) {
      if (expect === "key-or-close") this.expect = "key";
      else if (expect !== "key" && !isValue) return this.fail(at);
      this.keyText = "";
      this.inString = true;
    } else if (byte === 0x7b || byte === 0x5b) {
      if (!isValue) return this.fail(at);
      if (wasCandidate && byte === 0x7b) {
        this.state = "list";
        return at;
      }
      if (byte === 0x5b) this.listCandidate = this.wrapsRecords();
      this.objects.push(byte === 0x7b);
      this.depth += 1;
      this.expect = byte === 0x7b ? "key-or-close" : "value-or-close";
    } else if (byte === 0x7d || byte === 0x5d) {
      const object = byte === 0x7d;
      if (this.objects.at(-1) !== object || (expect !== "comma-or-close" && expect !== (object ? "key-or-close" : "value-or-close"))) return this.fail(at);
      this.objects.pop();
      this.depth -= 1;
      this.expect = "comma-or-close";
      if (this.depth === 0) this.state = "done";
    } else if (byte === 0x2c) {
      if (expect !== "comma-or-close") return this.fail(at);
      this.expect = this.objects.at(-1) ? "key" : "value";
    } else if (byte === 0x3a) {
      if (expect !== "colon") return this.fail(at);
      this.expect = "value";
    } else {
      if (!isValue) return this.fail(at);
      this.scalar = true;
    }
    this.afterNewline = false;
    return at + 1;
  }

  private readLoosely(byte: number, at: number): number {
    if (byte === 0x7b && this.afterNewline) {
      this.state = "resync";
      return at;
    }
    this.afterNewline = byte === 10 || byte === 13;
    if (byte === 0x22) this.inString = true;
    else if (byte === 0x7b || byte === 0x5b) this.depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      this.depth -= 1;
      if (this.depth === 0) this.state = "done";
    }
    return at + 1;
  }

  private wrapsRecords(): boolean {
    if (this.depth === 1) return WRAPPERS.has(this.keys[0]) || (this.framing ? INNER_WRAPPERS.has(this.keys[0]) : this.topKeys === 1 && this.keys[0] === FIRST_WRAPPER);
    return this.depth === 2 && this.objects[1] === true && this.keys[0] === "hits" && INNER_WRAPPERS.has(this.keys[1]);
  }

  private fail(at = 0): number {
    this.fault = true;
    this.lenient = true;
    return at;
  }
}
