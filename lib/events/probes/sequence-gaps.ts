import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { defineProbe, ExampleList, graded, notComputable, shareOf, type Level } from "./probe";
import { SequenceRun } from "./sequence-run";

const WARN = 1_000; // millionths lost
const FAIL = 10_000;
const FILTERED = 50_000; // millionths of neighbours with a hole between them
const MOST_RANGES = 50_000;
const MOST_STREAMS = 4_096;
/** Sysmon reports its own dropped events as event 255. */
const LOSS_KINDS: ReadonlySet<string> = new Set(["windows-sysmon:255", "linux-sysmon:255", "linux-auditd:DAEMON_ERR"]);

const count = z.number().int();
const counter = z.object({ streams: count, span: count, seen: count, holes: count, widest: count });
const summary = z.object({ own: counter, shared: counter, told: count, capped: z.boolean() });
type Summary = z.infer<typeof summary>;
type Counter = z.infer<typeof counter>;

interface Stream {
  readonly counts: "own" | "shared";
  readonly done: Counter;
  run: SequenceRun;
  lastMs: number | null;
}

/** Probe 4: whether records are missing between the first and the last. */
export const sequenceGaps = defineProbe<Summary>({
  id: "sequence-gaps",
  label: "Loss by sequence",
  formula: "Per host and counter, begun anew where it starts over: 1 - distinct numbers / (largest - smallest + 1). Where at least 5 % of the neighbours have a hole between them, the file is a filtered export and its holes say nothing. A sensor's own record of dropped events counts as proof of loss.",
  needs: "sequence numbers (EventRecordID, audit serial, global_seq_num)",
  thresholds: [
    { level: "warn", text: "more than 0.1 % is missing, or the sensor itself reports loss", why: "a counter without filtering misses nothing" },
    { level: "fail", text: "more than 1 % of a counter that counts only these records", why: "a step of a chain is lost every hundredth time; counters shared with other records only warn, because an export may leave out a range" },
  ],
  scope: "source",
  summary,
  open: () => {
    const streams = new Map<string, Stream>();
    let [ranges, told, capped] = [0, 0, false];
    const mayGrow = () => ranges < MOST_RANGES && (ranges += 1) > 0;
    const examples = new ExampleList();
    const close = (stream: Stream) => addCounter(stream.done, stream.run.measure());
    return {
      record: (view) => {
        if (LOSS_KINDS.has(view.kind)) {
          told += 1;
          examples.add(view);
        }
        const { seq } = view.facts;
        if (seq === undefined || seq.counts === "order") return;
        const key = `${view.host}\n${seq.stream}`;
        let stream = streams.get(key);
        if (stream === undefined) {
          if (streams.size >= MOST_STREAMS) {
            capped = true;
            return;
          }
          stream = { counts: seq.counts, done: { streams: 1, span: 0, seen: 0, holes: 0, widest: 0 }, run: new SequenceRun(mayGrow), lastMs: null };
          streams.set(key, stream);
        }
        // A number below all others at a later time: the counter began again.
        if (seq.number < stream.run.smallest && stream.run.smallest !== Infinity && view.ms !== null && stream.lastMs !== null && view.ms > stream.lastMs) {
          close(stream);
          stream.run = new SequenceRun(mayGrow);
        }
        stream.run.add(seq.number);
        if (stream.run.capped) capped = true;
        if (view.ms !== null && (stream.lastMs === null || view.ms > stream.lastMs)) stream.lastMs = view.ms;
      },
      finish: () => {
        const found = { own: emptyCounter(), shared: emptyCounter() };
        for (const stream of streams.values()) {
          close(stream);
          addCounter(found[stream.counts], stream.done);
          found[stream.counts].streams += 1;
        }
        return { summary: { ...found, told, capped }, examples: examples.places };
      },
    };
  },
  merge: (a, b) => {
    const both = (left: Counter, right: Counter): Counter => {
      const sum = { ...left, streams: left.streams + right.streams };
      addCounter(sum, right);
      return sum;
    };
    return { own: both(a.own, b.own), shared: both(a.shared, b.shared), told: a.told + b.told, capped: a.capped || b.capped };
  },
  grade: ({ own, shared, told, capped }) => {
    const judged = own.seen > 0 ? own : shared;
    const tells = told === 0 ? "" : ` The sensor itself reports loss in ${counted(told, "record")}.`;
    if (judged.seen === 0) return told > 0 ? graded({ level: "warn", value: told, unit: "count", n: told, says: tells.trim() }) : notComputable("the records carry no sequence number");
    const neighbours = judged.seen - judged.streams;
    if (judged.holes > 1 && shareOf(judged.holes, neighbours) >= FILTERED && told === 0) return notComputable(`this is a filtered export: ${formatCount(judged.holes)} of ${counted(neighbours, "neighbouring pair")} have a hole between them`, judged.seen);
    const filtered = judged.holes > 1 && shareOf(judged.holes, neighbours) >= FILTERED;
    const missing = filtered ? 0 : judged.span - judged.seen;
    const share = shareOf(missing, judged.span);
    const level: Level = share > FAIL && judged === own ? "fail" : share > WARN || told > 0 ? "warn" : "pass";
    const says = missing === 0 ? `No number is missing among ${counted(judged.seen, "record")}.` : `${counted(missing, "number")} of ${formatCount(judged.span)} ${missing === 1 ? "is" : "are"} missing, in ${counted(judged.holes, "hole")}, the widest of ${formatCount(judged.widest)}.`;
    return graded({ level, value: share, unit: "millionths", n: judged.seen, estimated: capped, says: `${filtered ? "A filtered export, whose holes say nothing." : says}${tells}`, figures: [{ label: "Counters followed", value: judged.streams, unit: "count" }] });
  },
});

function emptyCounter(): Counter {
  return { streams: 0, span: 0, seen: 0, holes: 0, widest: 0 };
}

/** Adds what was measured; how many streams there are is counted elsewhere. */
function addCounter(into: Counter, { span, seen, holes, widest }: Omit<Counter, "streams">): void {
  into.span += span;
  into.seen += seen;
  into.holes += holes;
  into.widest = Math.max(into.widest, widest);
}
