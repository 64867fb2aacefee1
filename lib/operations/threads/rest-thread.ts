import type { Worker } from "node:worker_threads";
import { startThread } from "./start-thread";

/*
 * Threads that did their work and rest for whoever comes next: starting one loads a few hundred modules, which costs more than
 * reading most files. Only such as end their work well may rest; their entry must take one task after another.
 */
const MOST = 2; // of one entry
const KEPT_MS = 30_000;

interface Resting {
  readonly entry: string;
  readonly memoryMb: number;
  readonly worker: Worker;
  readonly timer: NodeJS.Timeout;
}

const resting: Resting[] = [];

/** A thread of this entry that rests, else a new one. It has no listeners and keeps the process alive until it rests again. */
export function takeThread(entry: string, memoryMb: number): Worker {
  const at = resting.findIndex((one) => one.entry === entry && one.memoryMb === memoryMb);
  const [found] = at === -1 ? [] : resting.splice(at, 1);
  if (found === undefined) return startThread(entry, null, memoryMb);
  clearTimeout(found.timer);
  stopListening(found.worker);
  found.worker.ref();
  return found.worker;
}

/** Lets a thread rest whose task is over, or ends it where enough of them rest. */
export async function restThread(entry: string, memoryMb: number, worker: Worker): Promise<void> {
  stopListening(worker);
  if (resting.filter((one) => one.entry === entry).length >= MOST) return void (await worker.terminate());
  const forget = (): void => {
    const at = resting.findIndex((one) => one.worker === worker);
    if (at !== -1) clearTimeout(resting.splice(at, 1)[0]?.timer);
  };
  worker.on("error", forget); // it may still fall while it clears up
  worker.on("exit", forget);
  const timer = setTimeout(() => {
    forget();
    void worker.terminate();
  }, KEPT_MS);
  timer.unref();
  worker.unref();
  resting.push({ entry, memoryMb, worker, timer });
}

/** By name: a thread's own listeners, by which its messages begin to flow, must stay. */
function stopListening(worker: Worker): void {
  for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
}
