import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { hashText } from "./hash-text";
import { KeySample, mergeSamples, sampleSchema } from "./key-sample";
import { defineProbe, ExampleList, graded, notComputable, shareOf, type Level } from "./probe";

const UNIQUE_WARN = 950_000;
const COLLIDING_FAIL = 50_000;
const MOST_KEYS = 512;
const SEVERAL = -1;

const count = z.number().int();
/** keys: [hash of host and pid, hash of the one image or -1 for several]. */
const summary = z.object({ n: count, unique: count, keys: sampleSchema });
type Summary = z.infer<typeof summary>;

/** Probe 6: whether a process can be told from a later one with the same number. */
export const processIdentity = defineProbe<Summary>({
  id: "process-identity",
  label: "Unique process id",
  formula: "Of the records that name a process by number, the share that also give an id no later process takes over (ProcessGuid, pid with pidversion, entity id). Collisions: of the pairs (host, pid) without such an id, the share under which several images ran.",
  needs: "pid; proc_uid or a process key",
  thresholds: [
    { level: "warn", text: "less than 95 % have a unique id", why: "numbers are given again, so joins over time may bind strangers" },
    { level: "fail", text: "and more than 5 % of the pairs (host, pid) without one collide", why: "joins over the number are known to be wrong" },
  ],
  scope: "source",
  summary,
  open: () => {
    let [n, unique] = [0, 0];
    const keys = new KeySample<number>(MOST_KEYS);
    const examples = new ExampleList();
    return {
      record: (view) => {
        const { fields, facts } = view;
        const has = fields["proc_uid"] !== undefined || facts.processKey !== undefined;
        if (!has && fields["pid"] === undefined) return;
        n += 1;
        if (has) {
          unique += 1;
          return;
        }
        const key = view.pidKey();
        const image = fields["image"];
        if (key === null || image === undefined || !keys.admits(key)) return;
        const ran = hashText(String(image).toLowerCase());
        const known = keys.get(key);
        if (known !== undefined && known !== ran) examples.add(view);
        if (known === undefined) keys.set(key, ran);
        else if (known !== ran) keys.set(key, SEVERAL);
      },
      finish: () => ({ summary: { n, unique, keys: keys.toSample((image) => [image]) }, examples: examples.places }),
    };
  },
  merge: (a, b) => ({ n: a.n + b.n, unique: a.unique + b.unique, keys: mergeSamples(a.keys, b.keys, MOST_KEYS, ([left = SEVERAL], [right = SEVERAL]) => [left === right ? left : SEVERAL]) }),
  grade: ({ n, unique, keys }) => {
    if (n === 0) return notComputable("no record of this source names a process");
    const share = shareOf(unique, n);
    const several = keys.keys.filter(([, image]) => image === SEVERAL).length;
    const colliding = shareOf(several, keys.keys.length);
    const level: Level = share >= UNIQUE_WARN ? "pass" : colliding > COLLIDING_FAIL ? "fail" : "warn";
    return graded({
      level,
      value: share,
      unit: "millionths",
      n,
      estimated: keys.capped,
      says: `${formatCount(unique)} of ${counted(n, "record")} that name a process give a unique id${keys.keys.length === 0 ? "" : `; ${formatCount(several)} of ${counted(keys.keys.length, "process number")} ran several images`}.`,
      figures: keys.keys.length === 0 ? [] : [{ label: "Process numbers with several images", value: colliding, unit: "millionths", n: keys.keys.length }],
    });
  },
});
