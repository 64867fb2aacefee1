import type { RecordKind } from "@/lib/telemetry/types";
import type { CsvMapping } from "./csv-mapping";
import type { Views } from "./frame/view-record";
import type { OpenOthers } from "./read-others";

/** An instant as the record gives it. zone "unknown": the text has no zone, and ms was read in the zone the options name. */
export interface RecordTime {
  readonly ms: number;
  readonly text: string;
  readonly precision: "s" | "ms" | "us" | "ns";
  readonly zone: "known" | "unknown";
  readonly field: string;
}

/** Canonical field id -> value. Empty values (design: "-", "?", "(null)", "<private>") are absent: whoever builds this leaves them out. */
export type CanonicalFields = Readonly<Record<string, string | number>>;

/**
 * What a sensor says about the record itself, beside what happened: the quality probes rest on it. A format gives what its
 * records have and nothing else; a probe that lacks a fact is "not computable", never guessed.
 */
export interface RecordFacts {
  /**
   * A counter the record carries. "own": it rises by one per record of this stream and counts nothing else, so that a hole is
   * loss (eslogger global_seq_num); "shared": it also counts what an export may leave out (EventRecordID, audit serial);
   * "order": it only rises (machTimestamp). The stream is the counter's name within one host: a channel, a boot, a client.
   */
  readonly seq?: { readonly stream: string; readonly number: number; readonly counts: "own" | "shared" | "order" };
  readonly written?: number; // ms: when the sensor or log wrote it
  readonly ingested?: number; // ms: when a collector or platform took it in
  readonly id?: string; // unique in its source: eventID, insertId, uid
  readonly truncated?: true; // the source marks a text as cut (path_truncated, fewer arguments than argc)
  readonly processKey?: string; // of the process the record is about, unique per host, where proc_uid is another or absent
  readonly parentKey?: string; // of its parent, in the same key space
  readonly sampled?: number; // this record stands for so many (sampling rate, repeat count); only above 1
}

export interface ParsedRecord {
  readonly number: number; // 1-based, over every record met, refused ones included
  readonly offset: number; // byte offset in the unpacked content
  readonly length: number; // bytes
  readonly time: RecordTime | null;
  readonly untimed?: "no-time" | "bad-time" | "absurd-time"; // why time is null
  readonly host: string | null; // the record's own, before --host-from and --host
  readonly kind: RecordKind;
  readonly fields: CanonicalFields;
  readonly redacted?: readonly string[]; // canonical ids whose value the source hid: not among fields; sorted, never empty
  readonly objectClass?: string; // what class of object the record is about, where its kind serves several
  readonly facts?: RecordFacts;
  readonly native: unknown;
  readonly format?: string; // of a record in a mixed file
}

export interface RefusedRecord {
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  readonly reason: string; // stable code, e.g. "not-json", "too-deep", "too-long", "not-utf8", "unknown-record"
  readonly message: string; // one sentence
  readonly example: string; // the first characters, control characters made visible
}

/** Bytes that hold no record and are no fault: packaging, headers, records known to say nothing. They have no number. */
export interface SkippedBytes {
  readonly offset: number;
  readonly length: number;
  readonly reason: string; // stable code, e.g. "wrapper", "header", "no-record"
}

/** Together the items of a file account for every byte of it but white space and commas between them. */
export type Item = { readonly record: ParsedRecord } | { readonly refused: RefusedRecord } | { readonly skipped: SkippedBytes };

export interface ReadLimits {
  readonly maxRecordBytes: number;
  readonly maxDepth: number;
  readonly zone: string; // IANA name for times without a zone
  readonly mapping?: CsvMapping; // what the columns of a table mean
  readonly reference?: number; // ms: no record is much later than this; dates without a year lie before it
}

/** What sniffing may look at: the head of the unpacked content as text lines and, where it parses, as JSON values. */
export interface Head {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly lines: readonly string[]; // first 200 non-empty lines
  readonly json: readonly unknown[]; // first JSON values met, whatever the framing
  readonly units: readonly Views[]; // first JSON objects, <Event> elements and lines between them, each with what its wrappers hold
}

export interface Sniff {
  readonly verdict: "yes" | "maybe" | "no";
  readonly evidence: readonly string[]; // the keys or marks that decided, shown to the user
}

export interface FormatReader {
  push(chunk: Uint8Array): Item[];
  end(): Item[];
}

/** One file per format in lib/events/formats; registry in formats/index.ts. */
export interface EventFormat {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
  sniff(head: Head): Sniff;
  /** @param others reads the records of other formats in the file; without it they are refused */
  open(limits: ReadLimits, others?: OpenOthers): FormatReader;
}

/** A fold over the records of one file: one pass serves all visitors. */
export interface Visitor<S, R> {
  readonly id: string;
  readonly version: number;
  start(): S;
  record(state: S, record: ParsedRecord, host: string): S;
  finish(state: S): R;
}

/** One row of the derived aggregates; hour is -1 and first/last are null for records without a usable time. */
export interface AggregateRow {
  readonly kind: string; // RecordKindId
  readonly host: string;
  readonly shape: readonly string[]; // a fill shape (lib/telemetry/fill-shape.ts), sorted
  readonly hour: number; // hours since 1970 UTC
  readonly count: number;
  readonly first: number | null; // ms
  readonly last: number | null;
}

export const UNTIMED_HOUR = -1;
