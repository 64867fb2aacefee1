import { parentPort, workerData } from "node:worker_threads";
import { prepareCheck } from "@/lib/detection/check/check-rules";
import type { Verdict } from "@/lib/detection/check/check-types";
import { readCheckedRules } from "@/lib/detection/check/read-checked-rules";
import { errorSentence } from "@/lib/shared/errors";
import { CHECK_PHASES, type CheckPhase, type CheckRequest, type FromCheckThread, type SentVerdict, type ToCheckThread } from "./check-messages";

/*
 * Thread that reads rules once and decides for one segment after another whether they can fire there. Rules are hostile input: one that
 * takes too long or too much memory takes this thread with it, and the starter sees at which it was.
 */
const port = parentPort;
if (port === null) throw new Error("check-rules runs as a worker thread only");
const send = (message: FromCheckThread): void => port.postMessage(message);

const { sources, renames, stopped, mark }: CheckRequest = workerData;
const seen = new Int32Array(mark);
const enter = (phase: CheckPhase, position = -1): void => {
  Atomics.store(seen, 0, CHECK_PHASES.indexOf(phase));
  Atomics.store(seen, 1, position);
  Atomics.add(seen, 2, 1);
};

attempt(() => {
  const { set, rules, correlations } = readCheckedRules(sources, renames, (file) => enter("reading", file), () => enter("linking"));
  send({ type: "ready", rules, correlations }); // before they are prepared: the starter must know whom a position names
  const refused = new Set(rules.flatMap((one, i) => (stopped.some((place) => place.sourceId === one.sourceId && place.file === one.file && place.document === one.document) ? [i] : [])));
  const check = prepareCheck(set, { onRule: (rule) => enter("weighing", rule), stopped: refused });
  port.on("message", ({ sample }: ToCheckThread) => {
    attempt(() => {
      const verdicts = check(sample);
      enter("waiting");
      send({ type: "verdicts", rules: verdicts.rules.map(sent), correlations: verdicts.correlations.map(sent) });
    });
  });
  enter("waiting");
});

/** A rule that no call has room for is one that exceeds; all else is a defect of ours. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    send({ type: error instanceof RangeError ? "exceeded" : "failed", message: errorSentence(error) });
  }
}

function sent({ hosts, ...verdict }: Verdict): SentVerdict {
  return { ...verdict, hosts: hosts.size };
}
