import { SightlineError } from "@/lib/shared/errors";
import type { MatchContent } from "@/lib/workers/match-messages";
import type { Block } from "./cut-blocks";
import { loudestRule, MatchList } from "./match-list";
import type { MatchPool } from "./match-pool";
import { ThreadLost, type MatchThread } from "./match-thread";

export interface Feed {
  readonly content: Omit<MatchContent, "share">;
  readonly blocks: AsyncIterable<Block>;
  readonly alone: boolean; // units can go to any thread; else all threads read everything and look at their share
  readonly large: boolean;
  readonly earlier: readonly MatchList[]; // of the contents before: bounds are those of all together
  readonly onBytes: (bytes: number) => void;
}

/** The block in which a thread was lost, counted from 0. */
export interface Lost {
  readonly lost: ThreadLost;
  readonly block: number;
}

const IN_FLIGHT = 2; // blocks that a thread holds

/** Sends the blocks of one content through the pool's threads and gathers what they find. */
export async function feedBlocks(pool: MatchPool, { content, blocks, alone, large, earlier, onBytes }: Feed): Promise<{ readonly matches: MatchList } | Lost> {
  const threads = await pool.some(large ? pool.limits.threads : 1);
  const of = alone ? 1 : threads.length;
  const matches = new MatchList();
  let failure: { readonly error: unknown; readonly block: number } | null = null;
  let done = 0;
  const running = new Set<Promise<void>>();
  const send = async (thread: MatchThread, block: Block, number: number, counts: boolean): Promise<void> => {
    try {
      const answer = await thread.ask({ type: "block", bytes: block.bytes, ends: block.ends }, pool.limits.blockMs);
      if (answer.type !== "block") throw new Error(`a block was answered by ${answer.type}`);
      matches.add(block.unit, answer, counts);
      holdBounds(pool, [...earlier, matches]);
      if (!counts) return;
      done += block.bytes.length;
      onBytes(done);
    } catch (error) {
      if (failure === null || number < failure.block) failure = { error, block: number };
    }
  };
  try {
    await Promise.all(threads.map((thread, mine) => thread.ask({ type: "content", content: { ...content, share: { of, mine: alone ? 0 : mine } } }, pool.limits.blockMs)));
    let number = 0;
    let turn: MatchThread | undefined;
    for await (const block of blocks) {
      pool.signal.throwIfAborted();
      if (failure !== null) break;
      turn = alone ? (turn ?? leastBusy(threads)) : undefined;
      const takers = turn === undefined ? threads : [turn];
      for (const [i, thread] of takers.entries()) {
        const sent = send(thread, block, number, i === 0).finally(() => running.delete(sent));
        running.add(sent);
      }
      if (block.ends) turn = undefined;
      number += 1;
      while (failure === null && !threads.some((thread) => thread.load < IN_FLIGHT) && running.size > 0) await Promise.race(running);
      if (!alone) while (failure === null && threads.some((thread) => thread.load >= IN_FLIGHT) && running.size > 0) await Promise.race(running);
      if (turn !== undefined) while (failure === null && turn.load >= IN_FLIGHT && running.size > 0) await Promise.race(running);
    }
    await Promise.all(running);
  } catch (error) {
    failure ??= { error, block: 0 };
    await Promise.allSettled(running);
  }
  if (failure === null) return { matches };
  const { error, block }: { error: unknown; block: number } = failure;
  pool.signal.throwIfAborted();
  if (error instanceof ThreadLost) return { lost: error, block };
  throw error;
}

function leastBusy(threads: readonly MatchThread[]): MatchThread | undefined {
  return threads.reduce<MatchThread | undefined>((best, thread) => (best === undefined || thread.load < best.load ? thread : best), undefined);
}

/** A rule that matches more than anybody could look at is stopped by name; so is one whose matches no correlation could hold. */
function holdBounds(pool: MatchPool, lists: readonly MatchList[]): void {
  const { mostMatches, mostMaterial } = pool.limits;
  const total = (of: "matches" | "materials"): number => lists.reduce((sum, list) => sum + list[of], 0);
  while (total("matches") > mostMatches || total("materials") > mostMaterial) {
    const loudest = loudestRule(lists, total("matches") > mostMatches ? "matches" : "materials");
    if (loudest === null) throw new SightlineError("TOO_LARGE", "The rules match more than can be listed.");
    pool.stops.add({ kind: "rule", position: loudest.rule, reason: `It matches too much to be listed: ${loudest.count} of the records looked at so far. Narrow it, or leave it out.` });
    for (const list of lists) list.drop(loudest.rule);
  }
}
