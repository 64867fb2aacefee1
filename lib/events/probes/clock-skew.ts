import { z } from "zod";
import { counted } from "@/lib/shared/format-number";
import { KeySample, mergeSamples, sampleSchema } from "./key-sample";
import { defineProbe, ExampleList, graded, notComputable, shareOf, type Level } from "./probe";
import { formatDuration } from "@/lib/shared/format-duration";
import { addSpreads, quantileOf, spreadOver, spreadSchema, spreadSize, toSpread, type Spread } from "./spread";

const WARN_MS = 60_000;
const FAIL_MS = 300_000;
const FUTURE_MS = 5_000; // later than the moment it was written or taken in
const FUTURE_FAIL = 1_000; // millionths
const MOST_HOSTS = 128;

const count = z.number().int();
const summary = z.object({ timed: count, twoClocks: count, future: count, all: spreadSchema, hosts: sampleSchema }); // hosts: [hash, bucket, count, bucket, count...]
type Summary = z.infer<typeof summary>;

/** Probe 2: whether a host's clock agrees with those of the others. */
export const clockSkew = defineProbe<Summary>({
  id: "clock-skew",
  label: "Clock skew",
  formula: "Per host, the median of (write or ingest time minus event time), less the 5th percentile of the same over all hosts; the value is the largest. Beside it, the share of records whose event time is more than 5 s later than the moment they were written or taken in.",
  needs: "event time, and a write or ingest time",
  thresholds: [
    { level: "warn", text: "a host is more than 60 s off", why: "sequences over several hosts are ordered within a minute" },
    { level: "fail", text: "more than 300 s off, or more than 0.1 % of the records lie in the future", why: "Kerberos itself refuses five minutes" },
  ],
  scope: "source",
  summary,
  open: () => {
    let [timed, twoClocks, future] = [0, 0, 0];
    const all = new Map<number, number>();
    const hosts = new KeySample<Map<number, number>>(MOST_HOSTS);
    const examples = new ExampleList();
    return {
      record: (view) => {
        const { ms, facts } = view;
        if (ms === null) return;
        timed += 1;
        const second = facts.written ?? facts.ingested;
        if (second === undefined) return;
        twoClocks += 1;
        const late = second - ms;
        if (late < -FUTURE_MS) {
          future += 1;
          examples.add(view);
        }
        spreadOver(all, late);
        const host = view.hostHash;
        if (!hosts.admits(host)) return;
        let own = hosts.get(host);
        if (own === undefined) {
          own = new Map<number, number>();
          hosts.set(host, own);
        }
        spreadOver(own, late);
      },
      finish: () => ({ summary: { timed, twoClocks, future, all: toSpread(all), hosts: hosts.toSample((own) => toSpread(own).flat()) }, examples: examples.places }),
    };
  },
  merge: (a, b) => ({
    timed: a.timed + b.timed,
    twoClocks: a.twoClocks + b.twoClocks,
    future: a.future + b.future,
    all: addSpreads(a.all, b.all),
    hosts: mergeSamples(a.hosts, b.hosts, MOST_HOSTS, (left, right) => addSpreads(pairs(left), pairs(right)).flat()),
  }),
  grade: ({ timed, twoClocks, future, all, hosts }) => {
    const floor = quantileOf(all, 0.05);
    if (floor === null) return notComputable(timed === 0 ? "no record has a usable time" : "the records carry one clock only, neither a write nor an ingest time", timed);
    const skews = hosts.keys.map((entry) => pairs(entry.slice(1))).map((own) => ({ skew: (quantileOf(own, 0.5) ?? floor) - floor, n: spreadSize(own) }));
    const worst = skews.reduce((most, found) => (Math.abs(found.skew) > Math.abs(most.skew) ? found : most), { skew: 0, n: 0 });
    const futureShare = shareOf(future, twoClocks);
    const off = Math.abs(worst.skew);
    const level: Level = off > FAIL_MS || futureShare > FUTURE_FAIL ? "fail" : off > WARN_MS ? "warn" : "pass";
    const ahead = future === 0 ? "" : ` ${counted(future, "record lies", "records lie")} in the future.`;
    return graded({
      level,
      value: worst.skew,
      unit: "ms",
      n: twoClocks,
      estimated: hosts.capped,
      says: `The host that is furthest off differs by ${formatDuration(off)} (${counted(skews.length, "host")} compared).${ahead}`,
      figures: [
        { label: "Records in the future", value: futureShare, unit: "millionths", n: twoClocks },
        { label: "5th percentile over all hosts", value: floor, unit: "ms", n: twoClocks },
      ],
    });
  },
});

function pairs(flat: readonly number[]): Spread {
  const found: Spread = [];
  for (let at = 0; at + 1 < flat.length; at += 2) found.push([flat[at] ?? 0, flat[at + 1] ?? 0]);
  return found;
}
