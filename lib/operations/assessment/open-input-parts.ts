import { z } from "zod";
import type { FleetParts, SegmentParts } from "@/lib/assessment/input-parts";
import { readInputParts, type AssessmentRow } from "@/lib/assessment/store";
import type { FileStore } from "@/lib/files/file-store";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import { findInputParts } from "./find-input-parts";

export interface OpenInputParts {
  readonly fleet: FleetParts;
  readonly segment: SegmentParts; // of the segment that was asked for; empty when the input does not hold it
  /** Lists of ranges, each as the values that lie there. @throws SightlineError CONFLICT when the kept input was damaged */
  read(lists: readonly (readonly number[])[]): Promise<unknown[][]>;
}

/** Opens the kept input of an assessment for reading parts of it, at the places that were noted, or else are found. null when it is not kept. */
export async function openInputParts(ctx: Pick<OperationContext, "db" | "files">, row: Pick<AssessmentRow, "id" | "inputDigest">, segmentId: string): Promise<OpenInputParts | null> {
  if (!(await ctx.files.has(row.inputDigest))) return null;
  const noted = await readInputParts(ctx.db, row.id, segmentId);
  const { fleet, segment } = noted ?? (await findParts(ctx.files, row.inputDigest, segmentId));
  return { fleet, segment, read: (lists) => readLists(ctx.files, row.inputDigest, lists) };
}

async function findParts(files: FileStore, digest: string, segmentId: string): Promise<Pick<OpenInputParts, "fleet" | "segment">> {
  const { fleet, segments } = await findInputParts(files, digest);
  return { fleet, segment: segments.get(segmentId) ?? { segments: [], claims: [], measurements: [], quality: [], aggregates: {}, datasets: [] } };
}

/** The ranges under a name; none when it is not there. */
export function rangesOf(places: Readonly<Record<string, readonly number[]>>, key: string): readonly number[] {
  return Object.hasOwn(places, key) ? (places[key] ?? []) : [];
}

async function readLists(files: FileStore, digest: string, lists: readonly (readonly number[])[]): Promise<unknown[][]> {
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
