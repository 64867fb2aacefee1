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
/** Levels whose kind is remembered behind a fault: past them brackets are only counted. */
const MOST_LEVELS = 4096;

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
 * to notice a fault early. Behind a fault it only pairs brackets, and gives the object up where the next record seems to
 * begin: at a "{" where a key or a comma is wanted (a bracket is missing before it), at a "{" that begins its line no
 * further in than the object itself did, and at a "]" that begins its line further out than that: the end of its list.
 *
 * state: open (needs more bytes) | done (behind the closing bracket) | list (on the first object of a wrapper's list) |
 * resync (on the byte where reading goes on, with the object broken before it).
 */
export class JsonScan {
  state: "open" | "done" | "list" | "resync" = "open";
  fault = false;
  /** Count brackets only: the object is broken, or too long to be worth more. */
  lenient = false;
  depth = 1;
  private expect: Expect;
  faultAt = -1; // index, in the bytes of its run, of what cannot stand there
  /** White space since the line began; -1 behind anything else. */
  column = -1;
  private readonly objects: boolean[] = [true]; // per level: object or array
  private previous = 0; // the byte before, white space aside; of a text its first
  private deeper = 0; // levels past those that are remembered
  private inString = false;
  private escaped = false;
  private scalar = false;
  private keyText = ""; // of the key being read, at the first two levels
  private readonly keys: [string, string] = ["", ""];
  private listCandidate = false;
  private topKeys = 0;

  /**
   * framing: the scan begins inside an object that only wraps records, behind one of its values.
   * indent: how far in the object's own line it begins, -1 where it does not begin one; listed: it is an element of a list.
   */
  constructor(
    readonly framing: boolean,
    private readonly indent = -1,
    private readonly listed = false,
  ) {
    this.expect = framing ? "comma-or-close" : "key-or-close";
  }

  /** Reads bytes[from..to); gives the index of the first byte it did not consume. */
  run(bytes: Buffer, from: number, to: number): number {
    let at = from;
    while (at < to && this.state === "open") {
      if (this.inString) {
        at = this.readString(bytes, at, to);
        this.column = -1;
      }
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
        return this.fail(at);
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
      this.moveColumn(byte);
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
      if (!isValue) return byte === 0x7b && this.objects.at(-1) === true && expect !== "colon" ? this.giveUp(at) : this.fail(at);
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
    this.column = -1;
    this.previous = byte;
    return at + 1;
  }

  private readLoosely(byte: number, at: number): number {
    const wantsKey = this.deeper === 0 && this.objects.at(-1) === true && (this.previous === 0x2c || this.previous === 0x7d);
    if (byte === 0x7b && wantsKey) return this.giveUp(at);
    if (byte === 0x7b && this.column >= 0 && this.column <= Math.max(0, this.indent)) return this.giveUp(at);
    if (byte === 0x5d && this.listed && this.column >= 0 && this.column < this.indent) return this.giveUp(at);
    this.moveColumn(byte);
    if (byte > 0x20) this.previous = byte;
    if (byte === 0x22) this.inString = true;
    else if (byte === 0x7b || byte === 0x5b) this.open(byte === 0x7b);
    else if (byte === 0x7d || byte === 0x5d) this.close(byte === 0x7d);
    return at + 1;
  }

  private open(object: boolean): void {
    this.depth += 1;
    if (this.deeper > 0 || this.objects.length >= MOST_LEVELS) this.deeper += 1;
    else this.objects.push(object);
  }

  /** A bracket closes the nearest of its kind, and with it what was left open inside; one without a partner closes nothing. */
  private close(object: boolean): void {
    if (this.deeper > 0) {
      this.deeper -= 1;
      this.depth -= 1;
      return;
    }
    const at = this.objects.lastIndexOf(object);
    if (at === -1) return;
    this.objects.length = at;
    this.depth = at;
    if (at === 0) this.state = "done";
  }

  private moveColumn(byte: number): void {
    if (byte === 10 || byte === 13) this.column = 0;
    else if (byte !== 0x20 && byte !== 9) this.column = -1;
    else if (this.column >= 0) this.column += 1;
  }

  private wrapsRecords(): boolean {
    if (this.depth === 1) return WRAPPERS.has(this.keys[0]) || (this.framing ? INNER_WRAPPERS.has(this.keys[0]) : this.topKeys === 1 && this.keys[0] === FIRST_WRAPPER);
    return this.depth === 2 && this.objects[1] === true && this.keys[0] === "hits" && INNER_WRAPPERS.has(this.keys[1]);
  }

  private fail(at: number): number {
    if (!this.fault) this.faultAt = at;
    this.fault = true;
    this.lenient = true;
    return at;
  }

  private giveUp(at: number): number {
    this.fail(at);
    this.state = "resync";
    return at;
  }
}
