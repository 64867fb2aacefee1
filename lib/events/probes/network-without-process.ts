import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { KeySample, mergeSamples, sampleSchema } from "./key-sample";
import { seesWireOnly } from "./kind-traits";
import { defineProbe, ExampleList, graded, levelBelow, notComputable, shareOf, type Figure } from "./probe";

const WARN = 950_000;
const FAIL = 500_000;
const NEAR_MS = 2_000;
const MOST_KEYS = 512;
const NEVER = -1;

const count = z.number().int();
/** tuples: [hash of both ends and protocol, first seen with a process in ms or -1, first seen without in ms or -1]. */
const summary = z.object({ hostSide: count, attributed: count, wireSide: count, tuples: sampleSchema });
type Summary = z.infer<typeof summary>;

/** Probe 8: whether connections say which process made them. */
export const networkWithoutProcess = defineProbe<Summary>({
  id: "network-without-process",
  label: "Network without process",
  formula: "Of the network connections that hosts report, the share that names the process (image, pid or process id). Joinability: of the connections without a process, the share whose two ends and protocol match one with a process within 2 s, over all sources together.",
  needs: "network connections; image, pid; addresses and ports of both ends",
  thresholds: [
    { level: "warn", text: "less than 95 % name a process", why: "as for required fields" },
    { level: "fail", text: "less than 50 %", why: "most connections show that a host connected, and not who" },
  ],
  scope: "segment",
  summary,
  open: () => {
    let [hostSide, attributed, wireSide] = [0, 0, 0];
    const tuples = new KeySample<{ withProcess: number; without: number }>(MOST_KEYS);
    const examples = new ExampleList();
    return {
      record: (view) => {
        if (!view.traits.connects) return;
        const { fields, ms } = view;
        const named = fields["image"] !== undefined || fields["pid"] !== undefined || fields["proc_uid"] !== undefined;
        if (seesWireOnly(view.traits.family)) wireSide += 1;
        else {
          hostSide += 1;
          if (named) attributed += 1;
          else examples.add(view);
        }
        const key = ms === null ? null : view.tupleKey();
        if (key === null || ms === null || !tuples.admits(key)) return;
        const seen = tuples.get(key) ?? { withProcess: NEVER, without: NEVER };
        const side = named ? "withProcess" : "without";
        if (seen[side] === NEVER || ms < seen[side]) tuples.set(key, { ...seen, [side]: ms });
      },
      finish: () => ({ summary: { hostSide, attributed, wireSide, tuples: tuples.toSample(({ withProcess, without }) => [withProcess, without]) }, examples: examples.places }),
    };
  },
  merge: (a, b) => ({
    hostSide: a.hostSide + b.hostSide,
    attributed: a.attributed + b.attributed,
    wireSide: a.wireSide + b.wireSide,
    tuples: mergeSamples(a.tuples, b.tuples, MOST_KEYS, ([withA = NEVER, withoutA = NEVER], [withB = NEVER, withoutB = NEVER]) => [earlier(withA, withB), earlier(withoutA, withoutB)]),
  }),
  grade: ({ hostSide, attributed, wireSide, tuples }) => {
    const alone = tuples.keys.filter(([, , without = NEVER]) => without !== NEVER);
    const joined = alone.filter(([, withProcess = NEVER, without = NEVER]) => withProcess !== NEVER && Math.abs(withProcess - without) <= NEAR_MS).length;
    const figures: Figure[] = alone.length === 0 ? [] : [{ label: "Connections without a process that match one with it", value: shareOf(joined, alone.length), unit: "millionths", n: alone.length }];
    if (hostSide === 0) {
      return notComputable(wireSide === 0 ? "no record of this source is a network connection" : `a sensor on the wire never names a process; ${formatCount(joined)} of ${counted(alone.length, "connection")} match one that a host reports with its process`, wireSide, figures);
    }
    const share = shareOf(attributed, hostSide);
    return graded({
      level: levelBelow(share, WARN, FAIL),
      value: share,
      unit: "millionths",
      n: hostSide,
      estimated: tuples.capped,
      says: `${formatCount(attributed)} of ${counted(hostSide, "connection")} that hosts report name the process${alone.length === 0 ? "." : `; ${formatCount(joined)} of ${counted(alone.length, "connection")} without one match a connection that has it.`}`,
      figures,
    });
  },
});

function earlier(a: number, b: number): number {
  return a === NEVER || b === NEVER ? Math.max(a, b) : Math.min(a, b);
}
