import { z } from "zod";
import { counted } from "@/lib/shared/format-number";
import { defineProbe, ExampleList, graded, levelAbove, notComputable, shareOf } from "./probe";
import { formatDuration } from "@/lib/shared/format-duration";

const SLACK_MS = 1_000;
const WARN = 50_000;
const MOST_STREAMS = 10_000;
const MOSTLY_NUMBERED = 950_000;

const count = z.number().int();
const summary = z.object({ pairs: count, backward: count, furthest: count, numbered: count, inverted: count, furthestInverted: count, capped: z.boolean() });
type Summary = z.infer<typeof summary>;

interface Last {
  ms: number;
  number: number | null;
}

/** Probe 3: whether the records come in the order in which things happened. */
export const order = defineProbe<Summary>({
  id: "order",
  label: "Order",
  formula: "Per host and counter, of neighbouring records: the share whose time jumps back by more than 1 s. Where the sensor numbers its records, the pairs in which number and time disagree by more than 1 s count in place of the file's order.",
  needs: "event time; better with a sequence number",
  thresholds: [{ level: "warn", text: "more than 5 % of the pairs run backwards", why: "there is no limit for failing: true times can be sorted" }],
  scope: "source",
  summary,
  open: () => {
    const found: Summary = { pairs: 0, backward: 0, furthest: 0, numbered: 0, inverted: 0, furthestInverted: 0, capped: false };
    const streams = new Map<string, Map<string, Last>>(); // host -> stream
    let open = 0;
    const examples = new ExampleList();
    return {
      record: (view) => {
        const { ms, facts, host } = view;
        if (ms === null) return;
        const stream = facts.seq?.stream ?? "";
        const number = facts.seq?.number ?? null;
        let own = streams.get(host);
        if (own === undefined) {
          own = new Map<string, Last>();
          if (open < MOST_STREAMS) streams.set(host, own);
        }
        const last = own.get(stream);
        if (last === undefined) {
          if (open >= MOST_STREAMS) found.capped = true;
          else {
            own.set(stream, { ms, number });
            open += 1;
          }
          return;
        }
        found.pairs += 1;
        const back = last.ms - ms;
        if (back > SLACK_MS) {
          found.backward += 1;
          found.furthest = Math.max(found.furthest, back);
        }
        if (number !== null && last.number !== null && number !== last.number) {
          found.numbered += 1;
          const against = number > last.number ? back : -back;
          if (against > SLACK_MS) {
            found.inverted += 1;
            found.furthestInverted = Math.max(found.furthestInverted, against);
            examples.add(view);
          }
        } else if (back > SLACK_MS) examples.add(view);
        last.ms = ms;
        last.number = number;
      },
      finish: () => ({ summary: { ...found }, examples: examples.places }),
    };
  },
  merge: (a, b) => ({
    pairs: a.pairs + b.pairs,
    backward: a.backward + b.backward,
    furthest: Math.max(a.furthest, b.furthest),
    numbered: a.numbered + b.numbered,
    inverted: a.inverted + b.inverted,
    furthestInverted: Math.max(a.furthestInverted, b.furthestInverted),
    capped: a.capped || b.capped,
  }),
  grade: (found) => {
    if (found.pairs === 0) return notComputable("no host has two records with a time");
    const byNumber = shareOf(found.numbered, found.pairs) >= MOSTLY_NUMBERED;
    const [n, bad, furthest] = byNumber ? [found.numbered, found.inverted, found.furthestInverted] : [found.pairs, found.backward, found.furthest];
    const share = shareOf(bad, n);
    const by = byNumber ? "by the sensor's own numbers" : "in the order of the file";
    return graded({
      level: levelAbove(share, WARN, null),
      value: share,
      unit: "millionths",
      n,
      estimated: found.capped,
      says: bad === 0 ? `No record runs backwards ${by}.` : `${counted(bad, "pair")} of ${counted(n, "pair")} ${bad === 1 ? "runs" : "run"} backwards ${by}, by ${formatDuration(furthest)} at most.`,
      figures: [{ label: "Backwards in the order of the file", value: shareOf(found.backward, found.pairs), unit: "millionths", n: found.pairs }],
    });
  },
});
