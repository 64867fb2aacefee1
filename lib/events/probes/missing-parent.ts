import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { KeySample, mergeSamples, sampleSchema } from "./key-sample";
import { kindTraits } from "./kind-traits";
import { defineProbe, ExampleList, graded, levelAbove, notComputable, shareOf, type Figure } from "./probe";

const WARN = 200_000;
const FAIL = 500_000;
const MOST_KEYS = 512;
const HEAD_SHARE = 0.1; // of the window: parents may have started before the sample began

const count = z.number().int();
/** keys: [hash, first start in ms or -1, latest child in ms or -1]. */
const summary = z.object({ starts: count, without: count, first: count.nullable(), last: count.nullable(), keys: sampleSchema });
type Summary = z.infer<typeof summary>;

/** Probe 5: whether process starts say who started them, and whether that process is in the sample. */
export const missingParent = defineProbe<Summary>({
  id: "missing-parent",
  label: "Missing parent",
  formula: "Of the process starts, the share that name neither the parent's image nor its id. Beside it, for information: of the processes named as parents by starts after the first 10 % of the sample's time, the share whose own start is not in the sample (orphans).",
  needs: "process starts; parent_image, ppid or a parent key",
  thresholds: [
    { level: "warn", text: "more than 20 % name no parent", why: "chains break at every fifth link; orphans never grade, because a sample begins somewhere" },
    { level: "fail", text: "more than 50 %", why: "more links are missing than there" },
  ],
  scope: "source",
  summary,
  open: () => {
    let [starts, without] = [0, 0];
    let [first, last]: [number | null, number | null] = [null, null];
    const keys = new KeySample<{ start: number; child: number }>(MOST_KEYS);
    const examples = new ExampleList();
    const entry = (hash: number) => {
      let found = keys.get(hash);
      if (found === undefined) {
        found = { start: -1, child: -1 };
        keys.set(hash, found);
      }
      return found;
    };
    return {
      record: (view) => {
        if (!view.traits.starts || view.ms === null) return;
        const { ms } = view;
        if (first === null || ms < first) first = ms;
        if (last === null || ms > last) last = ms;
        // Children name their parent by its unique id or by its number, so a start is entered under both.
        for (const self of [view.uidKey(), view.pidKey()]) {
          if (self === null || !keys.admits(self)) continue;
          const own = entry(self);
          if (own.start < 0 || ms < own.start) own.start = ms;
        }
        const parent = view.parentKey();
        if (parent !== null && keys.admits(parent)) {
          const own = entry(parent);
          if (ms > own.child) own.child = ms;
        }
      },
      group: (group) => {
        if (!kindTraits(group.kind).starts) return;
        starts += group.count;
        if (group.shape.includes("parent_image") || group.shape.includes("ppid")) return;
        without += group.count;
        examples.addGroup(group);
      },
      finish: () => ({ summary: { starts, without, first, last, keys: keys.toSample(({ start, child }) => [start, child]) }, examples: examples.places }),
    };
  },
  merge: (a, b) => ({
    starts: a.starts + b.starts,
    without: a.without + b.without,
    first: a.first === null || b.first === null ? (a.first ?? b.first) : Math.min(a.first, b.first),
    last: a.last === null || b.last === null ? (a.last ?? b.last) : Math.max(a.last, b.last),
    keys: mergeSamples(a.keys, b.keys, MOST_KEYS, ([startA = -1, childA = -1], [startB = -1, childB = -1]) => [startA < 0 || startB < 0 ? Math.max(startA, startB) : Math.min(startA, startB), Math.max(childA, childB)]),
  }),
  grade: ({ starts, without, first, last, keys }) => {
    if (starts === 0) return notComputable("no record of this source is a process start");
    const share = shareOf(without, starts);
    const after = first === null || last === null ? Infinity : first + (last - first) * HEAD_SHARE;
    const parents = keys.keys.filter(([, , child = -1]) => child > after);
    const orphans = parents.filter(([, start = -1, child = -1]) => start < 0 || start > child).length;
    const figures: Figure[] = parents.length === 0 ? [] : [{ label: "Orphans: parents whose start is not in the sample", value: shareOf(orphans, parents.length), unit: "millionths", n: parents.length }];
    return graded({
      level: levelAbove(share, WARN, FAIL),
      value: share,
      unit: "millionths",
      n: starts,
      estimated: keys.capped,
      says: `${without === 0 ? `Each of ${counted(starts, "process start")} names its parent` : `${formatCount(without)} of ${counted(starts, "process start")} ${without === 1 ? "names" : "name"} no parent`}${parents.length === 0 ? "." : `; ${formatCount(orphans)} of ${counted(parents.length, "parent")} did not start in the sample.`}`,
      figures,
    });
  },
});
