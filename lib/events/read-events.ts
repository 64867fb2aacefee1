import { hostChooser, type HostOptions } from "./choose-host";
import { put } from "./fill-fields";
import { openReader } from "./open-reader";
import type { EventFormat, Item, ParsedRecord, ReadLimits, RefusedRecord, Visitor } from "./types";

export const DEFAULT_LIMITS: ReadLimits = { maxRecordBytes: 4 * 1024 * 1024, maxDepth: 64, zone: "UTC" };

export interface ReadOptions extends HostOptions {
  readonly format: EventFormat;
  readonly limits: ReadLimits;
}

/** A visitor with its state: readEvents feeds it, whoever made it asks for the result. */
export interface Attached<R> {
  readonly id: string;
  readonly version: number;
  record(record: ParsedRecord, host: string): void;
  finish(): R;
}

export function attach<S, R>(visitor: Visitor<S, R>): Attached<R> {
  let state = visitor.start();
  return {
    id: visitor.id,
    version: visitor.version,
    record: (record, host) => {
      state = visitor.record(state, record, host);
    },
    finish: () => visitor.finish(state),
  };
}

export interface Refusals {
  readonly count: number;
  readonly reasons: readonly { readonly reason: string; readonly count: number; readonly firstRecord: number; readonly message: string; readonly example: string }[];
}

/** What reading a file came to beside its records. */
export interface ReadingReport extends Refusals {
  /** Bytes that held no record and were no fault, by reason. */
  readonly skipped: readonly { readonly reason: string; readonly count: number; readonly bytes: number }[];
  /** Records by format, of a file in which several stand or of a table; else empty. */
  readonly formats: readonly { readonly format: string; readonly records: number }[];
}

/**
 * One pass over one file, chunk by chunk: every record goes to every visitor with its host. Refused records are counted
 * by reason with the first of each kept.
 */
export function startReading(options: ReadOptions, visitors: readonly Attached<unknown>[], onRefused?: (refused: RefusedRecord) => void) {
  const reader = openReader(options.format, options.limits);
  const chooseHost = hostChooser(options);
  const refusals = new Map<string, { count: number; first: RefusedRecord }>();
  const skips = new Map<string, { count: number; bytes: number }>();
  const formats = new Map<string, number>();
  let refused = 0;
  let own = 0; // records of the file's own format

  const take = (items: readonly Item[]) => {
    for (const item of items) {
      if ("refused" in item) {
        refused += 1;
        const known = refusals.get(item.refused.reason);
        if (known === undefined) refusals.set(item.refused.reason, { count: 1, first: item.refused });
        else known.count += 1;
        onRefused?.(item.refused);
        continue;
      }
      if ("skipped" in item) {
        const { reason, length } = item.skipped;
        const known = skips.get(reason);
        if (known === undefined) skips.set(reason, { count: 1, bytes: length });
        else {
          known.count += 1;
          known.bytes += length;
        }
        continue;
      }
      const { format } = item.record;
      if (format === undefined) own += 1;
      else formats.set(format, (formats.get(format) ?? 0) + 1);
      const host = chooseHost(item.record);
      const record = item.record.host === null && host !== "" ? withHost(item.record, host) : item.record;
      for (const visitor of visitors) visitor.record(record, host);
    }
  };

  return {
    push: (chunk: Uint8Array): void => take(reader.push(chunk)),
    end: (): ReadingReport => {
      take(reader.end());
      const reasons = [...refusals].map(([reason, { count, first }]) => ({ reason, count, firstRecord: first.number, message: first.message, example: first.example }));
      return {
        count: refused,
        reasons,
        skipped: [...skips].map(([reason, found]) => ({ reason, ...found })),
        formats: [...(own > 0 && formats.size > 0 ? [[options.format.id, own] as const] : []), ...formats].map(([format, records]) => ({ format, records })),
      };
    },
  };
}

/** The same over a stream of chunks. */
export async function readEvents(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, options: ReadOptions, visitors: readonly Attached<unknown>[]): Promise<ReadingReport> {
  const reading = startReading(options, visitors);
  for await (const chunk of chunks) reading.push(chunk);
  return reading.end();
}

function withHost(record: ParsedRecord, host: string): ParsedRecord {
  const fields = { ...record.fields };
  put(fields, "host", host);
  return { ...record, fields };
}
