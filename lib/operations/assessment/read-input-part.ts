import { z } from "zod";
import type { FleetParts, InputParts, SegmentParts } from "@/lib/assessment/input-parts";
import { readInputParts, type AssessmentRow } from "@/lib/assessment/store";
import type { FileStore } from "@/lib/files/file-store";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import { findInputParts } from "./find-input-parts";

export interface InputPartQuery {
  readonly analytic: string;
  readonly segment: string; // id
  readonly kinds: readonly string[]; // record kinds of the aggregates that are asked for
}

/** Keys at the top that are read whole: what every verdict rests on, and small. */
const WHOLE = ["schema", "at", "engine", "domains", "releases", "catalogDigests", "policy", "weights", "fieldSets", "shapes", "kindPlatforms"];

const referencesSchema = z.looseObject({ requirements: z.array(z.looseObject({ alternatives: z.array(z.looseObject({ accepts: z.number().int().nonnegative() })) })) });

/**
 * What an assessment pinned for one analytic in one segment, and no more: a ScoringInput whose arrays hold only that analytic, that
 * segment, its measurements and its aggregates of these kinds, and whose acceptSets are empty where the analytic refers to none; what
 * else there is, is left out. It is read from the kept input itself, by the places noted when that was written, so it costs the same
 * whatever the size of the fleet.
 *
 * @returns null when the input is not kept
 * @throws SightlineError CONFLICT when the kept input was damaged
 */
export async function readInputPart(ctx: Pick<OperationContext, "db" | "files">, row: Pick<AssessmentRow, "id" | "inputDigest">, query: InputPartQuery): Promise<Readonly<Record<string, unknown>> | null> {
  if (!(await ctx.files.has(row.inputDigest))) return null;
  const { fleet, segment } = (await readInputParts(ctx.db, row.id, query.segment)) ?? partsOf(await findInputParts(ctx.files, row.inputDigest), query.segment);
  const read = openRanges(ctx.files, row.inputDigest);
  const values = (key: string): readonly number[] => rangesOf(fleet.values, key);
  const aggregates = [...new Set(query.kinds)].flatMap((kind) => rangesOf(segment.aggregates, kind));
  const whole = [...WHOLE, ...(segment.measurements.length > 0 ? ["queries"] : [])].filter((key) => values(key).length > 0); // texts of queries are those of measurements
  const lists = await read([rangesOf(fleet.analytics, query.analytic), segment.segments, segment.measurements, aggregates, ...whole.map(values)]);
  const used = new Set((lists[0] ?? []).flatMap((analytic) => referencesSchema.safeParse(analytic).data?.requirements.flatMap(({ alternatives }) => alternatives.map(({ accepts }) => accepts)) ?? []));
  const sets = fleet.acceptSets.flatMap((from, at) => (at % 2 === 0 ? [used.has(at / 2) ? [from, fleet.acceptSets[at + 1] ?? from] : []] : []));
  return {
    ...Object.fromEntries(whole.map((key, at) => [key, lists[4 + at]?.[0]])),
    acceptSets: (await read(sets)).map(([set = []]) => set),
    analytics: lists[0] ?? [],
    segments: lists[1] ?? [],
    measurements: lists[2] ?? [],
    aggregates: lists[3] ?? [],
  };
}

function partsOf({ fleet, segments }: InputParts, segment: string): { readonly fleet: FleetParts; readonly segment: SegmentParts } {
  return { fleet, segment: segments.get(segment) ?? { segments: [], claims: [], measurements: [], quality: [], aggregates: {}, datasets: [] } };
}

function rangesOf(places: Readonly<Record<string, readonly number[]>>, key: string): readonly number[] {
  return Object.hasOwn(places, key) ? (places[key] ?? []) : [];
}

/** Reads lists of ranges, each as the values that lie there. */
function openRanges(files: FileStore, digest: string): (lists: readonly (readonly number[])[]) => Promise<unknown[][]> {
  return async (lists) => {
    const texts = await readRanges(files, digest, lists.flat());
    return lists.map((ranges) => {
      if (ranges.length === 0) return [];
      const parts = ranges.flatMap((from, at) => (at % 2 === 0 ? [texts.get(from) ?? ""] : []));
      try {
        return z.array(z.unknown()).parse(JSON.parse(`[${parts.join(",")}]`));
      } catch (error) {
        throw elsewhere(digest, error);
      }
    });
  };
}

const NEAR = 128 * 1024; // bytes between two ranges that are read in one go: fewer than what a block of the file holds anyway

/** The text of each range, by where it begins. */
async function readRanges(files: FileStore, digest: string, flat: readonly number[]): Promise<Map<number, string>> {
  const ranges = flat.flatMap((from, at) => (at % 2 === 0 ? [{ from, to: flat[at + 1] ?? from }] : [])).sort((a, b) => a.from - b.from);
  const groups: { from: number; to: number; readonly ranges: { readonly from: number; readonly to: number }[] }[] = [];
  for (const range of ranges) {
    const last = groups.at(-1);
    if (last === undefined || range.from > last.to + NEAR) groups.push({ ...range, ranges: [range] });
    else {
      last.ranges.push(range);
      last.to = Math.max(last.to, range.to);
    }
  }
  const texts = new Map<number, string>();
  for (const group of groups) {
    const bytes = Buffer.from(await files.openAt(digest, group.from, group.to - group.from));
    if (bytes.length < group.to - group.from) throw elsewhere(digest); // the file ends before
    for (const { from, to } of group.ranges) texts.set(from, bytes.toString("utf8", from - group.from, to - group.from));
  }
  return texts;
}

function elsewhere(digest: string, cause?: unknown): SightlineError {
  return new SightlineError("CONFLICT", `The kept file ${digest} does not hold the parts of a scoring input where they were noted.`, { remedy: "Verify the evidence of this assessment, or run it again." }, { cause });
}
