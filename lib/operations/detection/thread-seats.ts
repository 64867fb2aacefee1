import { availableParallelism } from "node:os";
import { MatchThread } from "./match-thread";

/*
 * The threads of this process for rules: so many at most, whoever asks at once. Starting one costs most of a second, so one
 * that did its work rests for a while for whoever comes next.
 */
const MOST = Math.max(2, availableParallelism());
const FORGET_MS = 10_000;
const KEPT_MS = 30_000;
const waiting: (() => void)[] = [];
const resting: { readonly thread: MatchThread; readonly timer: NodeJS.Timeout }[] = [];
let taken = 0;

/** A thread when there is room for one; waits for its turn. @throws the signal's reason */
export async function takeThread(memoryMb: number, signal: AbortSignal): Promise<MatchThread> {
  while (taken >= MOST) {
    signal.throwIfAborted();
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }
  signal.throwIfAborted();
  taken += 1;
  return wake(memoryMb) ?? new MatchThread(memoryMb);
}

/** A further one, if there is room now. */
export function tryThread(memoryMb: number): MatchThread | null {
  if (taken >= MOST) return null;
  taken += 1;
  return wake(memoryMb) ?? new MatchThread(memoryMb);
}

/** Gives a thread back: one that is well and has nothing to do rests, any other is ended. */
export async function returnThread(thread: MatchThread): Promise<void> {
  const well = thread.usable && thread.load === 0 && resting.length < MOST;
  if (well) await thread.ask({ type: "forget" }, FORGET_MS).catch(() => null);
  if (well && thread.usable) rest(thread);
  else await thread.end();
  taken -= 1;
  for (const look of waiting.splice(0)) look(); // all of them: one may have given up meanwhile
}

function rest(thread: MatchThread): void {
  const timer = setTimeout(() => {
    const at = resting.findIndex((one) => one.thread === thread);
    if (at !== -1) resting.splice(at, 1);
    void thread.end();
  }, KEPT_MS);
  timer.unref();
  resting.push({ thread, timer });
}

function wake(memoryMb: number): MatchThread | null {
  const at = resting.findIndex(({ thread }) => thread.memoryMb === memoryMb && thread.usable);
  const [found] = at === -1 ? [] : resting.splice(at, 1);
  if (found === undefined) return null;
  clearTimeout(found.timer);
  return found.thread;
}
