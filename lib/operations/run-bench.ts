import { z } from "zod";
import { mappingsInForce } from "@/lib/detection/rules/mappings/field-mapping";
import { listFieldMappings } from "@/lib/detection/rules/mappings/store";
import { listTuningVersions } from "@/lib/detection/tuning/store";
import { valuesInForce } from "@/lib/detection/tuning/values-in-force";
import { benchDocuments, recordsSpokenOf, type BenchInput, type BenchRecord, type BenchResult } from "@/lib/reports/bench-result";
import { MOST_EVENT_CHARACTERS, MOST_RULE_CHARACTERS } from "@/lib/reports/bench-view";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import { openBenchEvents, type OpenEvents } from "./bench/open-bench-events";
import type { OperationContext } from "./context";
import type { EvaluationLimits } from "./detection/evaluation";
import { evaluateInWorkers } from "./detection/evaluate-in-workers";
import { explainInWorker } from "./detection/explain-in-worker";

export const benchRequestSchema = z.object({
  rule: z.string().max(MOST_RULE_CHARACTERS, `The rule is longer than the ${MOST_RULE_CHARACTERS} characters that the bench takes. Import it, or run sightline explain.`),
  events: z.discriminatedUnion("from", [
    z.object({ from: z.literal("text"), text: z.string().max(MOST_EVENT_CHARACTERS, `The events are longer than the ${MOST_EVENT_CHARACTERS} characters that the bench takes. Import them and pick the file, or run sightline explain.`), format: z.string().max(40).nullable(), host: z.string().max(255).nullable() }),
    z.object({ from: z.literal("dataset"), dataset: z.string().max(100) }),
    z.object({ from: z.literal("pack"), analytic: z.string().max(20), test: z.number().int().nonnegative() }),
  ]),
  values: z.record(z.string().max(200), z.array(z.string().max(10_000)).max(10_000)),
  segment: z.string().max(100).nullable(), // whose values fill the placeholders that `values` does not
  ignoreLogsource: z.boolean(),
});
export type BenchRequest = z.infer<typeof benchRequestSchema>;

/** A person waits for it: less than a file on the command line may take. */
const LIMITS: Partial<EvaluationLimits> = { threads: 1, memoryMb: 512, loadMs: 10_000, correlationMs: 20_000, totalMs: 120_000 };
const MOST_RECORDS = 60;

/**
 * Asks a rule text about events, in threads with limits: what matches, and why it does or does not. Nothing is stored.
 *
 * @param signal cancels it
 * @throws SightlineError INVALID for a request that is none, NOT_FOUND, TOO_LARGE naming what takes too much, CANCELLED
 */
export async function runBench(ctx: OperationContext, asked: unknown, signal: AbortSignal): Promise<BenchResult> {
  authorize(ctx, "bench.run", "none");
  const request = readRequest(asked);
  const left = whenLeft(signal);
  if (request.segment !== null) authorize(ctx, "tuning.read", [request.segment]);
  const events = await openBenchEvents(ctx, request.events);
  const evaluation = {
    rules: [{ file: "the rule", text: request.rule }],
    placeholders: await placeholdersOf(ctx, request),
    renames: mappingsInForce(await listFieldMappings(ctx.db)),
    ignoreLogsource: request.ignoreLogsource,
    contents: events.contents,
  };
  const { documents, references, inputs, explained } = await explainInWorker(evaluation, { signal: left, limits: LIMITS });
  // The explanation counts matches and keeps the first: where there are more, they are listed by the engine itself.
  const several = explained.rules.some(({ matched }) => matched > 1);
  const matches = several ? await listMatches(evaluation, documents, left) : [];
  const shown = benchDocuments({ documents, references, ...explained, matches });
  const spoken = recordsSpokenOf(shown);
  const read = inputs.map(({ file, format, first, records, refused, error }): BenchInput => ({ name: file, format, first, records, refused, error: error ?? null }));
  return { inputs: read, documents: shown, records: await readRecords(events, read, spoken.slice(0, MOST_RECORDS)), unshown: Math.max(0, spoken.length - MOST_RECORDS) };
}

/** The same signal with the plain reason of a cancelled work: a web server's own reason would be told as a defect. */
function whenLeft(signal: AbortSignal): AbortSignal {
  const own = new AbortController();
  if (signal.aborted) own.abort();
  else signal.addEventListener("abort", () => own.abort(), { once: true });
  return own.signal;
}

function readRequest(asked: unknown): BenchRequest {
  const { data, error } = benchRequestSchema.safeParse(asked);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new SightlineError(issue?.code === "too_big" ? "TOO_LARGE" : "INVALID", issue?.message ?? "The request is none of the bench.", { field: issue?.path.join(".") });
}

/** What the form says, and of what it leaves open the values that hold for every rule in the segment. */
async function placeholdersOf(ctx: OperationContext, { values, segment }: BenchRequest): Promise<Map<string, readonly string[]>> {
  const versions = segment === null ? [] : await listTuningVersions(ctx.db, [segment]);
  const held = valuesInForce(versions, { analytic: "", names: new Map(versions.map(({ name }) => [name, null])), day: ctx.clock().toISOString().slice(0, 10) });
  return new Map([...held.flatMap(({ name, values: own }) => (own === null ? [] : [[name, own] as const])), ...Object.entries(values)]);
}

async function listMatches(evaluation: Parameters<typeof evaluateInWorkers>[0], documents: readonly { readonly document: number; readonly rule: number | null }[], signal: AbortSignal): Promise<{ rule: number; event: number }[]> {
  const found = await evaluateInWorkers(evaluation, { signal, limits: LIMITS });
  const position = new Map(documents.map(({ document, rule }) => [document, rule]));
  return found.matches.flatMap(({ rule, event }) => {
    const place = found.documents[found.ruleAt[rule] ?? -1];
    const own = place === undefined ? null : position.get(place.document);
    return own === null || own === undefined ? [] : [{ rule: own, event }];
  });
}

async function readRecords({ read }: OpenEvents, inputs: readonly BenchInput[], numbers: readonly number[]): Promise<BenchRecord[]> {
  const found = await Promise.all(
    inputs.map(async ({ name, format, first, records }, at) => {
      const own = numbers.filter((number) => number >= first && number < first + records).map((number) => number - first + 1);
      return own.length === 0 ? [] : (await read(at, format, own)).map((record): BenchRecord => ({ ...record, input: name, number: record.own + first - 1 }));
    }),
  );
  return found.flat().sort((a, b) => a.number - b.number);
}
