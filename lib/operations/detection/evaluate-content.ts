import { SightlineError } from "@/lib/shared/errors";
import { BLOCK_BYTES, cutBlocks } from "./cut-blocks";
import type { EvaluatedInput, EvaluationWatch, EventContent } from "./evaluation";
import { feedBlocks } from "./feed-blocks";
import { findCulprits } from "./find-culprits";
import type { MatchList } from "./match-list";
import type { MatchPool } from "./match-pool";
import { planReading } from "./plan-reading";

/** What one file of events came to. */
export interface ContentFindings {
  readonly input: EvaluatedInput;
  readonly matches: MatchList | null; // null: it was not read
}

const SHARED_BYTES = 8 * BLOCK_BYTES; // from here on a second thread pays for loading the rules
const MOST_ROUNDS = 50; // of stopping rules and beginning the file again
const MOST_IDLE = 2; // of these, rounds in which no rule was the cause: the machine was busy

/**
 * One file of events through the pool. Where a thread is lost, the rules that cost it are found, stopped, and the file is
 * looked at again from its beginning.
 */
export async function evaluateContent(pool: MatchPool, content: EventContent, first: number, earlier: readonly MatchList[], watch: EvaluationWatch): Promise<ContentFindings> {
  const plan = await planReading(content);
  if ("error" in plan) return { input: { file: content.name, format: null, first, records: 0, refused: 0, error: plan.error }, matches: null };
  const large = content.bytes !== null && content.bytes >= SHARED_BYTES;
  let { alone } = plan;
  let chunks = plan.chunks;
  let idle = 0;
  for (let round = 0; ; round += 1) {
    const before = pool.stops.count;
    const outcome = await feedBlocks(pool, { content: plan.content, blocks: cutBlocks(chunks, alone), alone, large, earlier, onBytes: (bytes) => watch.onProgress?.({ file: content.name, bytes, of: content.bytes }) });
    if ("matches" in outcome) {
      const { matches } = outcome;
      return { input: { file: content.name, format: plan.content.format, first, records: matches.records, refused: matches.refused }, matches };
    }
    await pool.clear();
    if ("lost" in outcome) {
      await findCulprits(pool, { content: plan.content, blocks: () => cutBlocks(content.open(), alone), alone, file: content.name, ...outcome });
      if (pool.stops.count === before) idle += outcome.lost.why === "memory" ? Infinity : 1; // memory does not depend on who else is at work
      if (idle > MOST_IDLE || round >= MOST_ROUNDS) throw new SightlineError("TOO_LARGE", "The rules take too much time or memory over these events, and no single rule is the cause.", { file: content.name, remedy: "Give fewer rules at once, or a smaller file." });
    } else alone = false;
    chunks = content.open();
  }
}
