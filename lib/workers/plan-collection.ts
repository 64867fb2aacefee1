import { parentPort, workerData } from "node:worker_threads";
import { mostReferenced } from "@/lib/gaps/plan/naive-order";
import { planCollection } from "@/lib/gaps/plan/plan-collection";
import { openParts } from "@/lib/gaps/plan/priced-parts";
import { traceFrontier } from "@/lib/gaps/plan/trace-frontier";
import { errorSentence } from "@/lib/shared/errors";
import { openSolver } from "./open-solver";
import type { FromPlanWorker, PlanRequest } from "./plan-messages";

/* Thread of the optimiser: the solver blocks it, and whoever waits may end it at any time. */
const port = parentPort;
if (port === null) throw new Error("plan-collection runs as a worker thread only");
const send = (message: FromPlanWorker): void => port.postMessage(message);
const now = (): number => performance.now() / 1000;

const request: PlanRequest = workerData;
try {
  const { program, seconds, ask } = request;
  const solver = await openSolver();
  const end = now() + seconds;
  const parts = openParts(program, solver, () => Math.max(0.2, Math.min(5, end - now())));
  if (ask.type === "plan") send({ type: "plan", best: planCollection(program, parts, ask.question, solver, Math.max(0.5, end - now()), now) });
  else send({ type: "frontier", frontier: traceFrontier(parts, { points: ask.points, end, now, progress: (done, of) => send({ type: "progress", done, of }) }), naive: mostReferenced(program) });
} catch (error) {
  send({ type: "failed", message: errorSentence(error) });
}
port.close();
