import { z } from "zod";
import { listDatasetsById } from "@/lib/events/store";
import type { CountedSample } from "@/lib/reports/counted-sample";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import { readKeptJson } from "./read-kept-json";

// Any version of the input names its segments and the datasets of its aggregates like this.
const countedSchema = z.looseObject({
  segments: z.array(z.looseObject({ id: z.string(), name: z.string() })),
  aggregates: z.array(z.looseObject({ dataset: z.string(), segment: z.string() })),
});

/**
 * The samples in the input of an assessment, by segment and file name; of the given segments only.
 *
 * @returns null when the input cannot be read any more: what was assessed is not guessed
 */
export async function listSamples(ctx: Pick<OperationContext, "db" | "files">, inputDigest: string, segmentIds: ReadonlySet<string>): Promise<CountedSample[] | null> {
  const input = countedSchema.safeParse(await readInput(ctx, inputDigest));
  if (!input.success) return null;
  const names = new Map(input.data.segments.map(({ id, name }) => [id, name]));
  const counted = new Map(input.data.aggregates.filter(({ segment }) => segmentIds.has(segment)).map(({ dataset, segment }) => [dataset, segment]));
  const views = new Map((await listDatasetsById(ctx.db, [...counted.keys()])).map((view) => [view.id, view]));
  return [...counted]
    .map(([dataset, segment]): CountedSample => {
      const view = views.get(dataset);
      return { dataset, segment: names.get(segment) ?? segment, fileName: view?.fileName ?? null, records: view?.records ?? null, removed: view?.removed ?? null };
    })
    .sort((a, b) => compareCodeUnits(a.segment, b.segment) || compareCodeUnits(a.fileName ?? "~", b.fileName ?? "~") || compareCodeUnits(a.dataset, b.dataset));
}

async function readInput(ctx: Pick<OperationContext, "files">, digest: string): Promise<unknown> {
  try {
    return await readKeptJson(ctx.files, digest);
  } catch (error) {
    if (error instanceof SightlineError || error instanceof SyntaxError) return null; // missing or damaged: verifying says so
    throw error;
  }
}
