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
export const DERIVER_VERSION = 3;

/** All that is derived from one file, except the record index, whose parts are handed out on the way. */
export interface DerivedDataset {
  readonly summary: EventSummary;
  readonly refusals: ReadingReport;
  readonly aggregates: readonly AggregateRow[];
  readonly examples: readonly Example[];
  readonly probes: readonly ProbeRow[];
  readonly joins: Uint8Array; // a join index, encoded
}

/** Starts the one pass that makes a dataset: push the content's chunks, then end. */
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
      return { summary: summary.finish(), refusals, aggregates: aggregates.finish(), examples: examples.finish(), probes: probes.finish(), joins: encodeJoinIndex(joins.finish()) };
    },
  };
}
