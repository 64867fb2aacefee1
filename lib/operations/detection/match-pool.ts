import type { FromMatchThread, ToMatchThread } from "@/lib/workers/match-messages";
import { SightlineError } from "@/lib/shared/errors";
import type { EvaluationLimits, EvaluationRequest } from "./evaluation";
import { MatchThread, THREAD_MEMORY_MB, ThreadLost } from "./match-thread";
import { Stops } from "./stops";

type Begun = Extract<FromMatchThread, { type: "begun" }>;

const MOST_STOPPED_FILES = 20;
const FORGET_MS = 10_000;
const KEPT_MS = 30_000; // a thread that rests so long is ended
const resting: { thread: MatchThread; timer: NodeJS.Timeout }[] = [];

/** The threads of one evaluation, all with the same rules; what had to be stopped is left out of those that begin after it. */
export class MatchPool {
  readonly stops = new Stops();
  private threads: MatchThread[] = [];
  private begun: Begun | null = null;

  constructor(
    readonly request: EvaluationRequest,
    readonly limits: EvaluationLimits,
    private readonly watch: { readonly signal: AbortSignal; readonly clear: () => void },
  ) {
    watch.signal.addEventListener("abort", this.cancel);
  }

  get signal(): AbortSignal {
    return this.watch.signal;
  }

  /** The first thread with the rules, and what it says of them. */
  async start(): Promise<Begun> {
    await this.some(1);
    if (this.begun === null) throw new Error("no thread began");
    return this.begun;
  }

  /** So many threads at work. @throws SightlineError when the rules cannot be loaded within the limits */
  async some(count: number): Promise<readonly MatchThread[]> {
    this.signal.throwIfAborted();
    while (this.threads.length < Math.min(count, this.limits.threads)) this.threads.push(await this.beginThread());
    return this.threads;
  }

  /** Ends all threads: the next ones begin without what was stopped. */
  async clear(): Promise<void> {
    await Promise.all(this.threads.splice(0).map((thread) => thread.end()));
  }

  /** A thread of its own in which every rule is looked at alone; the caller ends it. */
  inspector(): Promise<MatchThread> {
    return this.begin(new MatchThread(), true);
  }

  async end(): Promise<void> {
    this.watch.signal.removeEventListener("abort", this.cancel);
    this.watch.clear();
    for (const thread of this.threads.splice(0)) {
      if (thread.usable && thread.load === 0 && resting.length < this.limits.threads) await rest(thread);
      else await thread.end();
    }
  }

  private readonly cancel = (): void => {
    const { reason }: { reason?: unknown } = this.signal;
    for (const thread of this.threads.splice(0)) void thread.end(reason);
  };

  private async beginThread(): Promise<MatchThread> {
    for (let again = 0; ; again += 1) {
      try {
        return await this.begin(wake() ?? new MatchThread(), false);
      } catch (error) {
        await this.judgeLoading(error, again);
      }
    }
  }

  private async begin(thread: MatchThread, inspects: boolean): Promise<MatchThread> {
    const cancel = (): void => void thread.end(this.signal.reason);
    this.signal.addEventListener("abort", cancel);
    try {
      this.signal.throwIfAborted();
      const answer = await thread.begin(this.loading(inspects), this.limits.loadMs);
      if (answer.type === "begun" && !inspects) this.begun ??= answer;
      return thread;
    } catch (error) {
      await thread.end();
      throw error;
    } finally {
      this.signal.removeEventListener("abort", cancel);
    }
  }

  /** A file that takes too long or too much memory to read is left out; where none alone does, the rules are too many. */
  private async judgeLoading(error: unknown, again: number): Promise<void> {
    if (!(error instanceof ThreadLost)) throw error;
    if (this.begun !== null && again === 0) return; // the same rules were loaded before: the machine was busy
    const file = this.request.rules[error.position];
    const need = error.why === "memory" ? `more than ${THREAD_MEMORY_MB} MB of memory` : "too long";
    const tooMany = new SightlineError("TOO_LARGE", `The rules together take ${need} to load.`, { remedy: "Give fewer of them at once." });
    // Positions of rules count over all files: once a thread has told them, no file is left out any more.
    if (this.begun !== null || error.phase !== "loading" || file === undefined || this.stops.positions("file").length >= MOST_STOPPED_FILES) throw tooMany;
    if (error.why === "memory" && (await this.loadsAlone(file.file, file.text))) throw tooMany;
    this.stops.add({ kind: "file", position: error.position, reason: `Reading this file takes ${need}. Split it, or correct it.` });
  }

  private async loadsAlone(file: string, text: string): Promise<boolean> {
    const thread = new MatchThread();
    try {
      await thread.begin({ ...this.loading(false), rules: [{ file, text }], stoppedFiles: [], stoppedRules: [], stoppedCorrelations: [] }, this.limits.loadMs);
      return true;
    } catch (error) {
      if (error instanceof ThreadLost) return false;
      throw error;
    } finally {
      await thread.end();
    }
  }

  private loading(inspects: boolean): Extract<ToMatchThread, { type: "begin" }>["request"] {
    const { rules, placeholders, ignoreLogsource } = this.request;
    return {
      rules,
      placeholders: [...(placeholders ?? [])],
      ignoreLogsource: ignoreLogsource ?? false,
      stoppedFiles: this.stops.positions("file"),
      stoppedRules: this.stops.positions("rule"),
      stoppedCorrelations: this.stops.positions("correlation"),
      inspects,
    };
  }
}

/** Starting a thread costs most of a second: one that did its work rests for a while, for whoever comes next. */
async function rest(thread: MatchThread): Promise<void> {
  await thread.ask({ type: "forget" }, FORGET_MS).catch(() => null);
  if (!thread.usable) return;
  const timer = setTimeout(() => {
    const at = resting.findIndex((one) => one.thread === thread);
    if (at !== -1) resting.splice(at, 1);
    void thread.end();
  }, KEPT_MS);
  timer.unref();
  resting.push({ thread, timer });
}

function wake(): MatchThread | null {
  const found = resting.pop();
  if (found === undefined) return null;
  clearTimeout(found.timer);
  return found.thread.usable ? found.thread : wake();
}
