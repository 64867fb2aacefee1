import { SightlineError } from "@/lib/shared/errors";
import type { MatchContent } from "@/lib/workers/match-messages";
import type { Block } from "./cut-blocks";
import type { MatchPool } from "./match-pool";
import { ThreadLost, type MatchThread } from "./match-thread";
import { returnThread } from "./thread-seats";

export interface Suspicion {
  readonly content: Omit<MatchContent, "share">;
  readonly blocks: () => AsyncIterable<Block>; // the same as before
  readonly alone: boolean;
  readonly file: string;
  readonly lost: ThreadLost;
  readonly block: number; // in which the thread was lost
}

interface Cost {
  readonly rule: number;
  readonly ms: number;
}

/**
 * Finds the rules that cost a thread, and stops them: every rule is asked alone about the block in hand, with a limit of its
 * own. One that does not come back is the cause; else those that took longer than a rule may; else the slowest, until the
 * rest fits.
 *
 * @throws SightlineError TOO_LARGE when it is the events that take too long to read
 */
export async function findCulprits(pool: MatchPool, { file, lost, block, ...about }: Suspicion): Promise<void> {
  let from = 0;
  for (;;) {
    const thread = await pool.inspector();
    const cancel = (): void => void thread.end(pool.signal.reason);
    pool.signal.addEventListener("abort", cancel);
    try {
      const costs = await inspect(pool, thread, about, block, from, lost.why);
      if (lost.why === "time") stopSlow(pool, costs);
      return;
    } catch (error) {
      pool.signal.throwIfAborted();
      if (!(error instanceof ThreadLost)) throw error;
      if (error.phase !== "testing") throw new SightlineError("TOO_LARGE", `Reading these events takes ${error.why === "memory" ? `more than ${pool.limits.memoryMb} MB of memory` : "too long"}.`, { file, remedy: "Split the file." });
      pool.stops.add({ kind: "rule", position: error.position, reason: error.why === "memory" ? `It takes more than ${pool.limits.memoryMb} MB of memory over a block of events.` : tooSlow(pool.limits.ruleMs) });
      from = error.position + 1;
    } finally {
      pool.signal.removeEventListener("abort", cancel);
      await thread.end();
      await returnThread(thread);
    }
  }
}

async function inspect(pool: MatchPool, thread: MatchThread, { content, blocks, alone }: Pick<Suspicion, "content" | "blocks" | "alone">, wanted: number, from: number, why: ThreadLost["why"]): Promise<readonly Cost[]> {
  const { ruleMs, blockMs } = pool.limits;
  await thread.ask({ type: "content", content: { ...content, share: { of: 1, mine: 0 } } }, blockMs);
  let number = 0;
  let unit: Block[] = []; // read before it by the same reader
  for await (const block of blocks()) {
    if (number === wanted) {
      for (const { bytes } of unit) await thread.ask({ type: "skip", bytes }, blockMs);
      const answer = await thread.ask({ type: "inspect", bytes: block.bytes, ends: block.ends, from }, why === "time" ? Math.max(ruleMs, 500) : blockMs);
      if (answer.type !== "inspected") throw new Error(`an inspection was answered by ${answer.type}`);
      return answer.costs;
    }
    if (!alone) await thread.ask({ type: "skip", bytes: block.bytes }, blockMs);
    else if (block.ends) unit = [];
    else unit.push(block);
    number += 1;
  }
  return [];
}

function stopSlow(pool: MatchPool, costs: readonly Cost[]): void {
  const { ruleMs, blockMs } = pool.limits;
  const alone = costs.filter(({ ms }) => ms > ruleMs);
  for (const { rule } of alone) pool.stops.add({ kind: "rule", position: rule, reason: tooSlow(ruleMs) });
  if (alone.length > 0) return;
  let left = costs.reduce((sum, { ms }) => sum + ms, 0);
  for (const { rule, ms } of costs) {
    if (left <= blockMs / 4) return;
    pool.stops.add({ kind: "rule", position: rule, reason: `All rules together take too long over these events, and it is among the slowest: ${Math.round(ms)} ms for a block of events.` });
    left -= ms;
  }
}

function tooSlow(ruleMs: number): string {
  return `It takes longer than ${ruleMs / 1000} s over a block of events, alone. Simplify its expressions, or narrow its values.`;
}
