import type { IndexPart } from "./index-codec";
import { SeriesInterner } from "./intern-series";
import { encodeJoinIndex } from "./joins/join-index";
import { RecordView } from "./probes/record-view";
import { attach, startReading, type ReadingReport, type ReadOptions } from "./read-events";
import type { AggregateRow } from "./types";
import { aggregatesVisitor } from "./visitors/aggregates";
import { examplesVisitor, type Example } from "./visitors/examples";
import { joinIndexVisitor } from "./visitors/join-index";
import { probesVisitor, type ProbeRow } from "./visitors/probes";
import { recordIndexVisitor } from "./visitors/record-index";
import { summaryVisitor, type EventSummary } from "./visitors/summary";

/** Raised whenever the same bytes and options would give other rows: stored datasets of a lower version are derived again. */
export const DERIVER_ID = "events";
export const DERIVER_VERSION = 9;

/** How many aggregate rows are handed over and stored at once: between two of these an import can be cancelled. */
export const ROWS_AT_ONCE = 5_000;

/** All that is derived from one file, except the record index, whose parts are handed out on the way, and the aggregate rows. */
export interface DerivedDataset {
  readonly summary: EventSummary;
  readonly refusals: ReadingReport;
  readonly examples: readonly Example[];
  readonly probes: readonly ProbeRow[];
  readonly joins: Uint8Array; // a join index, encoded
}

/**
 * Starts the one pass that makes a dataset: push the content's chunks, then end, then take the aggregate rows, once. There may
 * be hundreds of thousands of them, so they come in slices of at most ROWS_AT_ONCE, made when they are asked for.
 */
export function startDeriving(options: ReadOptions, emitPart: (part: IndexPart) => void) {
  const interner = new SeriesInterner();
  const aggregates = attach(aggregatesVisitor(interner));
  const index = attach(recordIndexVisitor(interner, emitPart));
  const examples = attach(examplesVisitor(interner));
  const summary = attach(summaryVisitor());
  const view = new RecordView(interner);
  const probes = attach(probesVisitor(view));
  const joins = attach(joinIndexVisitor(view));
  const reading = startReading(options, [aggregates, index, examples, summary, probes, joins]);
  return {
    push: reading.push,
    end: (): DerivedDataset => {
      const refusals = reading.end();
      index.finish();
      return { summary: summary.finish(), refusals, examples: examples.finish(), probes: probes.finish(), joins: encodeJoinIndex(joins.finish()) };
    },
    takeRows: (): Generator<AggregateRow[], void> => sliced(aggregates.finish()),
  };
}

function* sliced<T>(items: Iterable<T>): Generator<T[], void> {
  let slice: T[] = [];
  for (const item of items) {
    slice.push(item);
    if (slice.length < ROWS_AT_ONCE) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}
