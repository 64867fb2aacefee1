import { z } from "zod";
import { counted } from "@/lib/shared/format-number";
import { defineProbe, ExampleList, graded, notComputable, type Level } from "./probe";
import { formatDuration } from "@/lib/shared/format-duration";
import { addSpreads, quantileOf, spreadOver, spreadSchema, spreadSize, toSpread } from "./spread";

/** Without an analytic's own window. */
const WARN_MS = 300_000;
const FAIL_MS = 3_600_000;

const count = z.number().int();
const summary = z.object({ n: count, negative: count, ingested: spreadSchema, written: spreadSchema, largest: count.nullable() });
type Summary = z.infer<typeof summary>;

/** Probe 12: how long records take to arrive. */
export const latency = defineProbe<Summary>({
  id: "latency",
  label: "Latency",
  formula: "Ingest time minus event time: its 95th percentile against the time window of the analytic, else against 5 minutes and an hour. Records that seem to arrive before they happen belong to the clock skew. A sensor's write time alone gives a lower bound: it can fail and never pass.",
  needs: "event time, and an ingest time (event.ingested, receiveTimestamp, unixTime of osquery)",
  thresholds: [
    { level: "warn", text: "the 95th percentile exceeds 5 minutes", why: "longer than a shift lets a page wait" },
    { level: "fail", text: "it exceeds an hour; in a cell, the time that the analytic's pack allows between the steps of its chain, where it states one", why: "steps of one chain arrive in different windows" },
  ],
  scope: "source",
  summary,
  open: () => {
    let [n, negative] = [0, 0];
    let largest: number | null = null;
    const [ingested, written] = [new Map<number, number>(), new Map<number, number>()];
    const examples = new ExampleList();
    return {
      record: (view) => {
        const { ms, facts } = view;
        const at = facts.ingested ?? facts.written;
        if (ms === null || at === undefined) return;
        n += 1;
        const late = at - ms;
        if (late < 0) {
          negative += 1;
          return;
        }
        spreadOver(facts.ingested === undefined ? written : ingested, late);
        if (late > WARN_MS) examples.add(view);
        if (largest === null || late > largest) largest = late;
      },
      finish: () => ({ summary: { n, negative, ingested: toSpread(ingested), written: toSpread(written), largest }, examples: examples.places }),
    };
  },
  merge: (a, b) => ({
    n: a.n + b.n,
    negative: a.negative + b.negative,
    ingested: addSpreads(a.ingested, b.ingested),
    written: addSpreads(a.written, b.written),
    largest: a.largest === null || b.largest === null ? (a.largest ?? b.largest) : Math.max(a.largest, b.largest),
  }),
  grade: ({ ingested, written, largest, negative, n }, { windowMs }) => {
    const arrived = ingested.length > 0;
    const spread = arrived ? ingested : written;
    const [p50, p95] = [quantileOf(spread, 0.5), quantileOf(spread, 0.95)];
    if (p50 === null || p95 === null) return notComputable(n > 0 ? `all of ${counted(n, "record")} seem to arrive before they happen (see the clock skew)` : "the records carry neither an ingest nor a write time", n);
    const size = spreadSize(spread);
    const fail = windowMs ?? FAIL_MS;
    const level: Level = p95 > fail ? "fail" : p95 > Math.min(WARN_MS, fail) ? "warn" : "pass";
    const figures = [
      { label: "Median", value: p50, unit: "ms" as const, n: size },
      { label: "Largest", value: largest ?? 0, unit: "ms" as const, n: size },
      { label: "Before the event (see clock skew)", value: negative, unit: "count" as const, n },
    ];
    if (!arrived && level !== "fail") return notComputable(`the records carry the sensor's write time only, a lower bound: 95 % are written within ${formatDuration(p95)}`, size, figures);
    const says = `95 % ${arrived ? "arrive" : "are written"} within ${formatDuration(p95)}, half within ${formatDuration(p50)} (${counted(size, "record")})${windowMs === null ? (level === "fail" ? ", against an hour where no pack states a window" : "") : `, against a window of ${formatDuration(windowMs)}`}.`;
    return graded({ level, value: p95, unit: "ms", n: size, says, figures });
  },
});
