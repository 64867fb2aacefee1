import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { defineProbe, ENOUGH_RECORDS, ExampleList, graded, notComputable, shareOf } from "./probe";

const MINUTE_MS = 60_000;
const MOST_MINUTES = 50_000;
const PINNED_MINUTES = 5;
const PINNED_COUNT = 100; // small counts coincide by chance
const EVEN = 0.1; // index of dispersion; a Poisson process has 1
const STEPS: readonly number[] = [10, 64, 100, 128, 256, 512, 1000, 1024, 2048, 4096];
const MULTIPLES = 950_000;

const count = z.number().int();
const summary = z.object({ n: count, timed: count, marked: count, standFor: count, minutes: count, squares: count, most: count, atMost: count, first: count.nullable(), last: count.nullable(), packets: count, multiples: z.array(count), capped: z.boolean() });
type Summary = z.infer<typeof summary>;

/** Probe 11: whether records stand for others that were left out. */
export const sampling = defineProbe<Summary>({
  id: "sampling",
  label: "Sampling and aggregation",
  formula: `Records that say they stand for several (sampling rate, repeat count). Else suspicion only: at least ${PINNED_MINUTES} minutes pinned at one maximum count (a rate limit), counts per minute far more even than chance allows (variance under a tenth of the mean), or packet counters that are exact multiples of one step.`,
  needs: "the source's own mark; else event times; packets",
  thresholds: [{ level: "warn", text: "one record says so, or a suspicion holds", why: "a sampled source shows that something happens and misses what happens once" }],
  scope: "source",
  summary,
  open: () => {
    const found: Summary = { n: 0, timed: 0, marked: 0, standFor: 0, minutes: 0, squares: 0, most: 0, atMost: 0, first: null, last: null, packets: 0, multiples: STEPS.map(() => 0), capped: false };
    const minutes = new Map<number, number>();
    const examples = new ExampleList();
    let [current, inCurrent] = [NaN, 0];
    const store = () => {
      if (inCurrent === 0) return;
      if (minutes.size < MOST_MINUTES || minutes.has(current)) minutes.set(current, (minutes.get(current) ?? 0) + inCurrent);
      else found.capped = true;
    };
    return {
      record: (view) => {
        found.n += 1;
        const { sampled } = view.facts;
        if (sampled !== undefined) {
          found.marked += 1;
          found.standFor += sampled;
          examples.add(view);
        }
        const packets = Number(view.fields["packets"] ?? 0);
        if (packets > 0 && Number.isInteger(packets)) {
          found.packets += 1;
          found.multiples = found.multiples.map((seen, i) => (packets % (STEPS[i] ?? 1) === 0 ? seen + 1 : seen));
        }
        if (view.ms === null) return;
        const minute = Math.floor(view.ms / MINUTE_MS);
        if (minute === current) inCurrent += 1;
        else {
          store();
          [current, inCurrent] = [minute, 1];
        }
      },
      finish: () => {
        store();
        for (const [minute, records] of minutes) {
          found.timed += records;
          found.squares += records * records;
          if (records > found.most) [found.most, found.atMost] = [records, 0];
          if (records === found.most) found.atMost += 1;
          if (found.first === null || minute < found.first) found.first = minute;
          if (found.last === null || minute > found.last) found.last = minute;
        }
        found.minutes = minutes.size;
        return { summary: found, examples: examples.places };
      },
    };
  },
  // Files of the same minutes are counted side by side: what is pinned is pinned within a file.
  merge: (a, b) => ({
    n: a.n + b.n,
    timed: a.timed + b.timed,
    marked: a.marked + b.marked,
    standFor: a.standFor + b.standFor,
    minutes: a.minutes + b.minutes,
    squares: a.squares + b.squares,
    most: Math.max(a.most, b.most),
    atMost: (a.most >= b.most ? a.atMost : 0) + (b.most >= a.most ? b.atMost : 0),
    first: a.first === null || b.first === null ? (a.first ?? b.first) : Math.min(a.first, b.first),
    last: a.last === null || b.last === null ? (a.last ?? b.last) : Math.max(a.last, b.last),
    packets: a.packets + b.packets,
    multiples: STEPS.map((_, i) => (a.multiples[i] ?? 0) + (b.multiples[i] ?? 0)),
    capped: a.capped || b.capped,
  }),
  grade: (found) => {
    const { n, marked } = found;
    if (marked > 0) {
      return graded({ level: "warn", value: shareOf(marked, n), unit: "millionths", n, says: `${counted(marked, "record")} of ${formatCount(n)} ${marked === 1 ? "says it stands" : "say they stand"} for ${formatCount(found.standFor)}.` });
    }
    if (found.timed === 0) return notComputable("no record has a usable time or says what it stands for", n);
    const suspicions = [rateLimit(found), evenness(found), steps(found)].filter((text) => text !== null);
    const mean = found.timed / found.minutes;
    return graded({
      level: suspicions.length > 0 ? "warn" : "pass",
      value: suspicions.length,
      unit: "count",
      n,
      estimated: found.capped,
      says: suspicions.length === 0 ? "Nothing speaks for sampling or a rate limit." : `Suspected only: ${suspicions.join("; ")}.`,
      figures: [
        { label: "Records in a busy minute, mean", value: Math.round(mean), unit: "count", n: found.minutes },
        { label: "Records in the busiest minute", value: found.most, unit: "count" },
      ],
    });
  },
});

function rateLimit({ most, atMost }: Summary): string | null {
  return atMost >= PINNED_MINUTES && most >= PINNED_COUNT ? `${formatCount(atMost)} minutes hold exactly ${formatCount(most)} records, as under a rate limit` : null;
}

/** Of minutes that hold records: empty ones between bursts say nothing about what was left out. */
function evenness({ minutes, timed, squares, atMost, most }: Summary): string | null {
  if (minutes < ENOUGH_RECORDS || (atMost >= PINNED_MINUTES && most >= PINNED_COUNT)) return null;
  const mean = timed / minutes;
  const variance = squares / minutes - mean * mean;
  return mean >= 10 && variance < EVEN * mean ? "counts per minute are more even than chance allows" : null;
}

function steps({ packets, multiples }: Summary): string | null {
  if (packets < ENOUGH_RECORDS) return null;
  const step = STEPS.findLast((_, i) => shareOf(multiples[i] ?? 0, packets) >= MULTIPLES);
  return step === undefined ? null : `packet counters are multiples of ${formatCount(step)}`;
}
