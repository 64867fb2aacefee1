import { canResume } from "@/lib/events/browse/can-resume";
import { detectFormat, HEAD_BYTES, headOf } from "@/lib/events/detect-format";
import { FORMATS, formatById } from "@/lib/events/formats/index";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import { MIXED_ID } from "@/lib/events/read-mixed";
import type { EventFormat } from "@/lib/events/types";
import { SightlineError } from "@/lib/shared/errors";
import type { MatchContent } from "@/lib/workers/match-messages";
import { BLOCK_BYTES, cutBlocks } from "./cut-blocks";
import type { EvaluatedInput, EvaluationWatch, EventContent } from "./evaluation";
import { feedBlocks } from "./feed-blocks";
import { findCulprits } from "./find-culprits";
import type { MatchList } from "./match-list";
import type { MatchPool } from "./match-pool";

/** What one file of events came to. */
export interface ContentFindings {
  readonly input: EvaluatedInput;
  readonly matches: MatchList | null; // null: it was not read
}

/** How a content is read; alone: from any of its records on. */
export interface ReadPlan {
  readonly content: Omit<MatchContent, "share">;
  readonly alone: boolean;
}

const SHARED_BYTES = 8 * BLOCK_BYTES; // from here on a second thread pays for loading the rules
const MOST_ROUNDS = 50; // of stopping rules and beginning the file again

/**
 * One file of events through the pool. Where a thread is lost, the rules that cost it are found, stopped, and the file is
 * looked at again from its beginning.
 */
export async function evaluateContent(pool: MatchPool, content: EventContent, first: number, earlier: readonly MatchList[], watch: EvaluationWatch): Promise<ContentFindings> {
  const plan = await planReading(content);
  if ("error" in plan) return { input: { file: content.name, format: null, first, records: 0, refused: 0, error: plan.error }, matches: null };
  const large = content.bytes !== null && content.bytes >= SHARED_BYTES;
  for (let round = 0; ; round += 1) {
    const before = pool.stops.count;
    const outcome = await feedBlocks(pool, { content: plan.content, blocks: cutBlocks(content.open(), plan.alone), alone: plan.alone, large, earlier, onBytes: (bytes) => watch.onProgress?.({ file: content.name, bytes, of: content.bytes }) });
    if ("matches" in outcome) {
      const { matches } = outcome;
      return { input: { file: content.name, format: plan.content.format, first, records: matches.records, refused: matches.refused }, matches };
    }
    await pool.clear();
    await findCulprits(pool, { content: plan.content, blocks: () => cutBlocks(content.open(), plan.alone), alone: plan.alone, file: content.name, ...outcome });
    if (pool.stops.count === before || round >= MOST_ROUNDS) throw new SightlineError("TOO_LARGE", "The rules take too much time or memory over these events, and no single rule is the cause.", { file: content.name, remedy: "Give fewer rules at once, or a smaller file." });
  }
}

async function planReading(content: EventContent): Promise<ReadPlan | { readonly error: string }> {
  const head = await readHead(content.open());
  const found = content.format === null ? chooseFormat(head) : formatById(content.format);
  if (found === undefined) throw new SightlineError("INVALID", `"${content.format ?? ""}" is not an event format.`, { field: "format", remedy: `Known are ${FORMATS.map(({ id }) => id).join(", ")}.` });
  if ("message" in found) return { error: found.message };
  const { zone = "UTC", reference, mapping } = content;
  const limits = { ...DEFAULT_LIMITS, zone, ...(reference === undefined ? {} : { reference }), ...(mapping === undefined ? {} : { mapping }) };
  return {
    content: { format: found.id, limits, host: content.host ?? null, hostFrom: content.hostFrom ?? null, filePath: content.name },
    alone: found.id !== MIXED_ID && canResume(found, head) && "json" in found && beginsWithObject(head),
  };
}

async function readHead(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    bytes += chunk.length;
    if (bytes > HEAD_BYTES) break;
  }
  return Buffer.concat(parts);
}

function chooseFormat(bytes: Uint8Array): EventFormat | { readonly message: string } {
  const found = detectFormat(headOf(bytes));
  if (found.kind === "unknown") return { message: `${found.message} ${found.remedy}` };
  if (found.kind === "ambiguous") return { message: `Several formats know this file: ${found.candidates.map(({ format }) => format).join(", ")}. Say which with --format.` };
  return formatById(found.format) ?? { message: `The format ${found.format} is not known.` };
}

/** Not "[": elements of a list stand inside it. */
function beginsWithObject(head: Uint8Array): boolean {
  const begin = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const first = head.subarray(begin).find((byte) => byte !== 0x20 && byte !== 9 && byte !== 10 && byte !== 13);
  return first === 0x7b;
}
