import type { Worker } from "node:worker_threads";
import { SightlineError } from "@/lib/shared/errors";
import { PHASES, type FromMatchThread, type MatchRequest, type Phase, type ToMatchThread } from "@/lib/workers/match-messages";
import { startThread } from "../threads/start-thread";

const LOOK_MS = 200;

/** A thread that had to be ended, and what it was at. */
export class ThreadLost extends Error {
  constructor(
    readonly why: "time" | "memory",
    readonly phase: Phase,
    readonly position: number, // of the file, rule or correlation; -1: none of them alone
  ) {
    super(`a matching thread was ended: ${why}, ${phase} ${position}`);
  }
}

interface Waiting {
  readonly resolve: (answer: FromMatchThread) => void;
  readonly reject: (error: unknown) => void;
  readonly limitMs: number;
}

/**
 * A thread of lib/workers/match-rules.ts. Every question has a time limit, counted from the last sign of progress: an answer,
 * or the next file, rule or correlation. One that goes beyond it, or beyond its memory, is ended, and every question that
 * waits fails with ThreadLost.
 */
export class MatchThread {
  private readonly worker: Worker;
  private readonly mark = new SharedArrayBuffer(8);
  private readonly seen = new Int32Array(this.mark);
  private readonly waiting: Waiting[] = [];
  private lost: unknown = null;
  private since = 0;
  private progress = -1;
  private strikes = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(readonly memoryMb: number) {
    this.worker = startThread("lib/workers/match-rules.ts", null, memoryMb);
    this.worker.on("message", (message: FromMatchThread) => this.answered(message));
    this.worker.on("error", (error: Error & { code?: string }) => this.fail(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? this.lossBy("memory") : error));
    this.worker.on("exit", (code) => this.fail(new Error(`a matching thread ended early (${code})`)));
    this.worker.unref();
  }

  /** Questions that are not answered yet. */
  get load(): number {
    return this.waiting.length;
  }

  get usable(): boolean {
    return this.lost === null;
  }

  /**
   * @throws ThreadLost; SightlineError for what the rules' or the events' author caused
   */
  ask(message: ToMatchThread, limitMs: number): Promise<FromMatchThread> {
    if (this.lost !== null) return Promise.reject(this.lost);
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) this.renew();
      this.waiting.push({ resolve, reject, limitMs });
      this.worker.ref();
      this.timer ??= setInterval(() => this.watch(), LOOK_MS);
      this.worker.postMessage(message);
    });
  }

  begin(request: MatchRequest, limitMs: number): Promise<FromMatchThread> {
    return this.ask({ type: "begin", request, mark: this.mark }, limitMs);
  }

  /** Ends the thread; what waits fails with the reason. */
  async end(reason: unknown = new SightlineError("CANCELLED", "The evaluation was stopped.")): Promise<void> {
    this.fail(reason);
    await this.worker.terminate();
  }

  private answered(message: FromMatchThread): void {
    const next = this.waiting.shift();
    this.renew();
    if (this.waiting.length === 0) this.rest();
    if (next === undefined) return;
    if (message.type === "failed") next.reject(message.expected ? new SightlineError("INVALID", message.message, message.place) : new Error(message.message));
    else next.resolve(message);
  }

  private watch(): void {
    const [next] = this.waiting;
    if (next === undefined) return;
    if (Atomics.load(this.seen, 1) !== this.progress) return this.renew();
    this.strikes = performance.now() - this.since > next.limitMs ? this.strikes + 1 : 0;
    // Twice: where this thread itself was busy, an answer may lie in its queue.
    if (this.strikes < 2) return;
    const loss = this.lossBy("time");
    this.fail(loss);
    void this.worker.terminate();
  }

  private lossBy(why: "time" | "memory"): ThreadLost {
    const phase = Atomics.load(this.seen, 0);
    const position = Atomics.load(this.seen, 1);
    return new ThreadLost(why, phaseOf(phase), position);
  }

  private renew(): void {
    this.since = performance.now();
    this.progress = Atomics.load(this.seen, 1);
    this.strikes = 0;
  }

  private rest(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
    this.worker.unref();
  }

  private fail(reason: unknown): void {
    this.lost ??= reason;
    this.rest();
    for (const { reject } of this.waiting.splice(0)) reject(this.lost);
  }
}

function phaseOf(number: number): Phase {
  const names: readonly Phase[] = ["idle", "loading", "compiling", "reading", "testing", "correlating"];
  return names.find((name) => PHASES[name] === number) ?? "idle";
}
