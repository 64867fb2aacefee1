import type { SampleExplanation } from "@/lib/detection/explain/start-explanation";
import { SightlineError } from "@/lib/shared/errors";
import type { LoadedRules } from "@/lib/workers/load-rules";
import { cutBlocks } from "./cut-blocks";
import { deadline } from "./deadline";
import { EVALUATION_LIMITS, type EvaluatedInput, type EvaluationRequest, type EvaluationWatch, type EventContent } from "./evaluation";
import { MatchPool } from "./match-pool";
import { ThreadLost } from "./match-thread";
import { planReading } from "./plan-reading";

export interface Explanation extends LoadedRules {
  readonly inputs: readonly EvaluatedInput[];
  readonly explained: SampleExplanation; // rules and correlations by their positions in the set, as `documents` names them
}

/**
 * Why each rule and correlation did or did not match in files of events, in a thread with limits. Meant for the rules of one
 * file: every rule is asked of every record by the full scan.
 *
 * @throws SightlineError CANCELLED; TOO_LARGE naming the rule that takes too much time or memory
 */
export async function explainInWorker(request: EvaluationRequest, watch: EvaluationWatch): Promise<Explanation> {
  const limits = { ...EVALUATION_LIMITS, ...watch.limits };
  const pool = new MatchPool(request, limits, "explain", deadline(watch.signal, limits.totalMs));
  try {
    const { documents, unrouted, references, follows } = await pool.start();
    const inputs: EvaluatedInput[] = [];
    let first = 1;
    try {
      for await (const content of request.contents) {
        const input = await explainContent(pool, content, first, watch);
        inputs.push(input);
        first += input.records;
      }
      const answer = await (await pool.first()).ask({ type: "explain" }, limits.correlationMs);
      if (answer.type !== "explained") throw new Error("no explanation came");
      return { documents, unrouted, references, follows, inputs, explained: answer.explanation };
    } catch (error) {
      pool.signal.throwIfAborted();
      if (!(error instanceof ThreadLost)) throw error;
      const guilty = documents.find(({ rule, correlation }) => (error.phase === "testing" ? rule : error.phase === "correlating" ? correlation : null) === error.position);
      const need = error.why === "memory" ? `more than ${limits.memoryMb} MB of memory` : "too long";
      throw new SightlineError("TOO_LARGE", `Explaining ${guilty === undefined ? "these rules" : `"${guilty.title ?? ""}"`} over these events takes ${need}.`, { file: guilty?.file, remedy: "Give fewer events, or simplify the rule." });
    }
  } finally {
    await pool.end();
  }
}

async function explainContent(pool: MatchPool, content: EventContent, first: number, watch: EvaluationWatch): Promise<EvaluatedInput> {
  const plan = await planReading(content);
  if ("error" in plan) return { file: content.name, format: null, first, records: 0, refused: 0, error: plan.error };
  const thread = await pool.first();
  await thread.ask({ type: "content", content: { ...plan.content, share: { of: 1, mine: 0 } } }, pool.limits.blockMs);
  let [bytes, records, refused] = [0, 0, 0];
  for await (const block of cutBlocks(plan.chunks, false)) {
    pool.signal.throwIfAborted();
    const answer = await thread.ask({ type: "block", bytes: block.bytes, ends: block.ends, watch: false }, pool.limits.blockMs);
    if (answer.type !== "block") throw new Error(`a block was answered by ${answer.type}`);
    [records, refused] = [answer.last, answer.refused];
    bytes += block.bytes.length;
    watch.onProgress?.({ file: content.name, bytes, of: content.bytes });
  }
  return { file: content.name, format: plan.content.format, first, records, refused };
}
