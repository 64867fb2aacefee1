import type { CorrelationResult } from "@/lib/detection/correlate/match-types";
import { SightlineError } from "@/lib/shared/errors";
import type { LoadedRules } from "@/lib/workers/load-rules";
import type { ContentFindings } from "./evaluate-content";
import type { MatchPool } from "./match-pool";
import { ThreadLost } from "./match-thread";

const SLICE = 5_000; // matches sent at once: this thread stays responsive

interface Correlated {
  readonly result: CorrelationResult;
  readonly dragged: readonly number[];
  readonly unfollowed: number;
}

/** All correlations over what the single rules found, in a thread; one that takes too long is stopped and the others run again. */
export async function correlateInWorker(pool: MatchPool, found: readonly ContentFindings[], { references, follows }: Pick<LoadedRules, "references" | "follows">): Promise<Correlated> {
  if (references.length === 0) return { result: { fired: [], untimed: 0, keyless: [] }, dragged: [], unfollowed: 0 };
  for (;;) {
    try {
      // Threads keep the rules they began with: what was stopped since must be known to the one that correlates.
      if (pool.stops.count > 0) await pool.clear();
      return await correlateOnce(pool, found, follows);
    } catch (error) {
      pool.signal.throwIfAborted();
      if (!(error instanceof ThreadLost)) throw error;
      if (error.phase !== "correlating" || error.position === -1) throw new SightlineError("TOO_LARGE", "The matches are too many to correlate.", { remedy: "Narrow the rules that correlations refer to, or give a smaller file." });
      const need = error.why === "memory" ? `more than ${pool.limits.memoryMb} MB of memory` : `longer than ${pool.limits.correlationMs / 1000} s`;
      pool.stops.add({ kind: "correlation", position: error.position, reason: `It takes ${need} over these events. Shorten its timespan, or narrow its rules.` });
      await pool.clear();
    }
  }
}

async function correlateOnce(pool: MatchPool, found: readonly ContentFindings[], follows: boolean): Promise<Correlated> {
  const { correlationMs } = pool.limits;
  const thread = await pool.first();
  for (const { input, matches } of found) {
    if (matches === null) continue;
    const material = matches.material(input.first - 1, pool.stops.rules);
    const facts = follows ? matches.facts : [];
    for (let at = 0; at < Math.max(material.length, facts.length); at += SLICE) {
      await thread.ask({ type: "material", matches: material.slice(at, at + SLICE), facts: facts.slice(at, at + SLICE) }, correlationMs);
    }
  }
  const answer = await thread.ask({ type: "correlate" }, correlationMs);
  if (answer.type !== "correlated") throw new Error(`correlations were answered by ${answer.type}`);
  return answer;
}
