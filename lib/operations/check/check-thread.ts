import type { Worker } from "node:worker_threads";
import { SightlineError } from "@/lib/shared/errors";
import { CHECK_PHASES, type CheckPhase, type CheckRequest, type FromCheckThread, type ToCheckThread } from "@/lib/workers/check-messages";
import { startThread } from "../threads/start-thread";

export interface CheckLimits {
  readonly fileMs: number; // for reading one file; a real one takes milliseconds
  readonly linkMs: number; // for linking all of them, and for whatever is no single rule's
  readonly ruleMs: number; // for weighing one rule against one profile of records
  readonly memoryMb: number;
  readonly lookMs: number; // how often somebody looks what the thread is at
}

/** A thread that had to be ended, and what it was at. */
export class CheckThreadLost extends Error {
  constructor(
    readonly why: string, // in words
    readonly phase: CheckPhase,
    readonly position: number,
  ) {
    super(`a checking thread was ended: ${why}, ${phase} ${position}`);
  }
}

interface Waiting {
  readonly resolve: (answer: FromCheckThread) => void;
  readonly reject: (error: Error) => void;
}

/** A thread of lib/workers/check-rules.ts that answers one question at a time, the first without being asked. */
export class CheckThread {
  private readonly worker: Worker;
  private readonly mark = new SharedArrayBuffer(12);
  private readonly seen = new Int32Array(this.mark);
  private waiting: Waiting | null = null;
  private fallen: Error | null = null;
  private step = -1;
  private since = 0;
  private strikes = 0;

  constructor(
    request: Omit<CheckRequest, "mark">,
    private readonly limits: CheckLimits,
    private readonly signal: AbortSignal,
    private readonly onFile: (done: number) => void,
  ) {
    Atomics.store(this.seen, 1, -1); // it loads: no rule's time
    this.worker = startThread("lib/workers/check-rules.ts", { ...request, mark: this.mark }, limits.memoryMb);
    this.worker.on("message", (answer: FromCheckThread) => (answer.type === "exceeded" ? this.fall(this.loss(`more than a call has room for (${answer.message})`)) : this.waiting?.resolve(answer)));
    this.worker.on("error", (error: Error & { code?: string }) => this.fall(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? this.loss(`more than ${limits.memoryMb} MB of memory`) : error));
    this.worker.on("exit", (code) => this.fall(new Error(`the thread that checks rules ended early (${code})`)));
  }

  /**
   * The next answer. message: null for the first, which comes by itself.
   *
   * @throws CheckThreadLost for a thread that takes too much; what the signal says
   */
  async ask(message: ToCheckThread | null): Promise<FromCheckThread> {
    const { signal } = this;
    if (this.fallen !== null) throw this.fallen;
    const cancel = (): void => this.waiting?.reject(signal.reason instanceof Error ? signal.reason : new SightlineError("CANCELLED", "The check was cancelled."));
    const answer = new Promise<FromCheckThread>((resolve, reject) => (this.waiting = { resolve, reject }));
    [this.step, this.since, this.strikes] = [-1, performance.now(), 0];
    const timer = setInterval(() => this.look(), this.limits.lookMs);
    signal.addEventListener("abort", cancel, { once: true });
    if (signal.aborted) cancel();
    else if (message !== null) this.worker.postMessage(message);
    try {
      return await answer;
    } finally {
      clearInterval(timer);
      signal.removeEventListener("abort", cancel);
      this.waiting = null;
    }
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private look(): void {
    const { phase, position } = this.at();
    const now = Atomics.load(this.seen, 2);
    if (now !== this.step) {
      [this.step, this.since, this.strikes] = [now, performance.now(), 0];
      if (phase === "reading") this.onFile(position);
      return;
    }
    const limit = position < 0 ? this.limits.linkMs : phase === "reading" ? this.limits.fileMs : this.limits.ruleMs;
    this.strikes = performance.now() - this.since > limit ? this.strikes + 1 : 0;
    if (this.strikes > 1) this.fall(this.loss(`more than ${Math.max(1, Math.round(limit / 1000))} s`)); // twice: an answer may lie in this thread's queue
  }

  private fall(error: Error): void {
    this.fallen ??= error;
    this.waiting?.reject(this.fallen);
  }

  private at(): { readonly phase: CheckPhase; readonly position: number } {
    return { phase: CHECK_PHASES[Atomics.load(this.seen, 0)] ?? "waiting", position: Atomics.load(this.seen, 1) };
  }

  private loss(why: string): CheckThreadLost {
    const { phase, position } = this.at();
    return new CheckThreadLost(why, phase, position);
  }
}
