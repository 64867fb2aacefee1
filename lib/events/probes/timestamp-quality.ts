import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { defineProbe, ExampleList, graded, notComputable, shareOf, type Level } from "./probe";

const COARSE_WARN = 50_000;
const UNTIMED_WARN = 1_000;
const UNTIMED_FAIL = 50_000;
const MOST_HOSTS = 10_000;

const count = z.number().int();
const summary = z.object({ n: count, untimed: count, zoneless: count, s: count, ms: count, us: count, ns: count, pairs: count, equal: count, capped: z.boolean() });
type Summary = z.infer<typeof summary>;

/** Probe 15: whether times are fine and certain enough to order steps. */
export const timestampQuality = defineProbe<Summary>({
  id: "timestamp-quality",
  label: "Timestamp quality",
  formula: "The share of records with a usable time, by precision and by whether the zone is known; of neighbouring records of a host, the share with exactly the same time (a coarse clock).",
  needs: "event times",
  thresholds: [
    { level: "warn", text: "more than 5 % are precise to the second only, a zone is unknown, or more than 0.1 % have no usable time", why: "chains are ordered within a second" },
    { level: "fail", text: "more than 5 % have no usable time", why: "they prove nothing" },
  ],
  scope: "source",
  summary,
  open: () => {
    const found: Summary = { n: 0, untimed: 0, zoneless: 0, s: 0, ms: 0, us: 0, ns: 0, pairs: 0, equal: 0, capped: false };
    const [untimed, zoneless, coarse] = [new ExampleList(), new ExampleList(), new ExampleList()];
    const last = new Map<string, number>();
    return {
      record: (view) => {
        found.n += 1;
        const { time, host } = view;
        if (time === null) {
          found.untimed += 1;
          untimed.add(view);
          return;
        }
        found[time.precision] += 1;
        if (time.precision === "s") coarse.add(view);
        if (time.zone === "unknown") {
          found.zoneless += 1;
          zoneless.add(view);
        }
        const before = last.get(host);
        if (before !== undefined) {
          found.pairs += 1;
          if (before === time.ms) found.equal += 1;
        } else if (last.size >= MOST_HOSTS) {
          found.capped = true;
          return;
        }
        last.set(host, time.ms);
      },
      finish: () => {
        for (const list of [zoneless, coarse]) for (const place of list.places) untimed.add(place);
        return { summary: { ...found }, examples: untimed.places };
      },
    };
  },
  merge: (a, b) => ({
    n: a.n + b.n,
    untimed: a.untimed + b.untimed,
    zoneless: a.zoneless + b.zoneless,
    s: a.s + b.s,
    ms: a.ms + b.ms,
    us: a.us + b.us,
    ns: a.ns + b.ns,
    pairs: a.pairs + b.pairs,
    equal: a.equal + b.equal,
    capped: a.capped || b.capped,
  }),
  grade: (found) => {
    const { n, untimed, zoneless } = found;
    if (n === 0) return notComputable("there is no record");
    const bad = shareOf(untimed, n);
    const level: Level = bad > UNTIMED_FAIL ? "fail" : bad > UNTIMED_WARN || zoneless > 0 || shareOf(found.s, n) > COARSE_WARN ? "warn" : "pass";
    const precise = ([["to the second", found.s], ["to the ms", found.ms], ["to the µs", found.us], ["to the ns", found.ns]] as const).filter(([, records]) => records > 0).map(([words, records]) => `${formatCount(records)} ${words}`);
    const missing = [untimed > 0 ? `${formatCount(untimed)} without a usable time` : "", zoneless > 0 ? `${formatCount(zoneless)} without a zone` : ""].filter((text) => text !== "");
    return graded({
      level,
      value: shareOf(n - untimed, n),
      unit: "millionths",
      n,
      estimated: found.capped,
      says: `Of ${counted(n, "record")}, ${[...precise, ...missing].join(", ")}.`,
      figures: [
        { label: "Precise to the second only", value: shareOf(found.s, n), unit: "millionths", n },
        { label: "Zone unknown", value: shareOf(zoneless, n), unit: "millionths", n },
        { label: "Neighbours with exactly the same time", value: shareOf(found.equal, found.pairs), unit: "millionths", n: found.pairs },
      ],
    });
  },
});
