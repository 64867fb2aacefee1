import type { FromMatchThread, MatchRequest } from "@/lib/workers/match-messages";
import { SightlineError } from "@/lib/shared/errors";
import type { Deadline } from "./deadline";
import type { EvaluationLimits, EvaluationRequest } from "./evaluation";
import { ThreadLost, type MatchThread } from "./match-thread";
import { Stops } from "./stops";
import { returnThread, takeThread, tryThread } from "./thread-seats";

type Begun = Extract<FromMatchThread, { type: "begun" }>;

const MOST_STOPPED_FILES = 20;

/** The threads of one evaluation, all with the same rules; what had to be stopped is left out of those that begin after it. */
export class MatchPool {
  readonly stops = new Stops();
  private readonly threads: MatchThread[] = [];
  private readonly beginning = new Set<MatchThread>();
  private begun: Begun | null = null;

  constructor(
    readonly request: EvaluationRequest,
    readonly limits: EvaluationLimits,
    private readonly purpose: "match" | "explain",
    private readonly deadline: Deadline,
  ) {
    this.signal.addEventListener("abort", this.cancel);
  }

  get signal(): AbortSignal {
    return this.deadline.signal;
  }

  /** The first thread with the rules, and what it says of them. @throws SightlineError when they cannot be loaded within the limits */
  async start(): Promise<Begun> {
    await this.first();
    if (this.begun === null) throw new Error("no thread began");
    return this.begun;
  }

  /** A thread with the rules, as soon as there is room for one. */
  async first(): Promise<MatchThread> {
    const [known] = this.threads;
    return known ?? this.load();
  }

  /** One more thread with the rules; null where the process has no room for it, or it cannot load them now. Never waits for another: two that do would wait for each other. */
  async another(): Promise<MatchThread | null> {
    const thread = tryThread(this.limits.memoryMb);
    if (thread === null) return null;
    try {
      this.threads.push(await this.begin(thread, this.purpose));
      return thread;
    } catch (error) {
      if (error instanceof ThreadLost) return null;
      throw error;
    }
  }

  /** Ends all threads: the next ones begin without what was stopped. */
  async clear(): Promise<void> {
    const all = [...this.threads.splice(0), ...this.beginning];
    await Promise.all(all.map((thread) => thread.end()));
    await Promise.all(all.filter((thread) => !this.beginning.has(thread)).map(returnThread)); // whoever begins them gives them back
  }

  /** A thread of its own in which every rule is looked at alone; the caller returns it. @throws SightlineError when the rules do not even load */
  async inspector(): Promise<MatchThread> {
    try {
      return await this.begin(await takeThread(this.limits.memoryMb, this.signal), "inspect");
    } catch (error) {
      throw error instanceof ThreadLost ? this.tooMany(error) : error;
    }
  }

  async end(): Promise<void> {
    this.signal.removeEventListener("abort", this.cancel);
    this.deadline.clear();
    for (const thread of this.beginning) void thread.end();
    await Promise.all(this.threads.splice(0).map(returnThread));
  }

  private readonly cancel = (): void => {
    const { reason }: { reason?: unknown } = this.signal;
    for (const thread of [...this.threads, ...this.beginning]) void thread.end(reason);
  };

  private async load(): Promise<MatchThread> {
    for (let again = 0; ; again += 1) {
      try {
        const thread = await this.begin(await takeThread(this.limits.memoryMb, this.signal), this.purpose);
        this.threads.push(thread);
        return thread;
      } catch (error) {
        await this.judgeLoading(error, again);
      }
    }
  }

  private async begin(thread: MatchThread, purpose: MatchRequest["purpose"], request = this.loading(purpose)): Promise<MatchThread> {
    this.beginning.add(thread);
    try {
      this.signal.throwIfAborted();
      const answer = await thread.begin(request, this.limits.loadMs);
      if (answer.type === "begun" && purpose === this.purpose) this.begun ??= answer;
      return thread;
    } catch (error) {
      await thread.end();
      await returnThread(thread);
      throw error;
    } finally {
      this.beginning.delete(thread);
    }
  }

  /** A file that takes too long or too much memory to read is left out; where none alone does, the rules are too many. */
  private async judgeLoading(error: unknown, again: number): Promise<void> {
    if (!(error instanceof ThreadLost)) throw error;
    if (this.begun !== null && again === 0) return; // the same rules were loaded before: the machine was busy
    const file = this.request.rules[error.position];
    const tooMany = this.tooMany(error);
    // Positions of rules count over all files: once a thread has told them, no file is left out any more.
    if (this.begun !== null || error.phase !== "loading" || file === undefined || this.stops.files.length >= MOST_STOPPED_FILES) throw tooMany;
    if (error.why === "memory" && (await this.loadsAlone(file))) throw tooMany;
    this.stops.add({ kind: "file", position: error.position, reason: `Reading this file takes ${this.needOf(error)}. Split it, or correct it.` });
  }

  private needOf({ why }: ThreadLost): string {
    return why === "memory" ? `more than ${this.limits.memoryMb} MB of memory` : "too long";
  }

  private tooMany(error: ThreadLost): SightlineError {
    return new SightlineError("TOO_LARGE", `The rules together take ${this.needOf(error)} to load.`, { remedy: "Give fewer of them at once." });
  }

  private async loadsAlone(file: MatchRequest["rules"][number]): Promise<boolean> {
    try {
      const thread = await this.begin(await takeThread(this.limits.memoryMb, this.signal), "inspect", { ...this.loading("inspect"), rules: [file], stoppedFiles: [], stoppedRules: [], stoppedCorrelations: [] });
      await returnThread(thread);
      return true;
    } catch (error) {
      if (error instanceof ThreadLost) return false;
      throw error;
    }
  }

  private loading(purpose: MatchRequest["purpose"]): MatchRequest {
    const { rules, placeholders, renames, ignoreLogsource } = this.request;
    return {
      rules,
      placeholders: [...(placeholders ?? [])],
      renames: renames ?? [],
      ignoreLogsource: ignoreLogsource ?? false,
      stoppedFiles: this.stops.positions("file"),
      stoppedRules: this.stops.positions("rule"),
      stoppedCorrelations: this.stops.positions("correlation"),
      purpose,
    };
  }
}
