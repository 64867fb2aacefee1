import { listRuns, listTests as listRows, type TestFilter } from "@/lib/detection/tests/store";
import { toTestRow, type TestRow } from "@/lib/detection/tests/test-row";
import { findSegment, findSegmentByName, listSegments } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadCases } from "./tests/load-cases";

export interface TestQuery {
  readonly analytic?: string;
  readonly segment?: string; // name or id
  readonly removed?: boolean; // those too
}

/**
 * Tests that the actor may see, each with its newest run, since when it came out so, and whether it is due.
 *
 * @throws SightlineError NOT_FOUND for an unknown segment
 */
export async function listTests(ctx: OperationContext, query: TestQuery = {}): Promise<TestRow[]> {
  authorize(ctx, "test.read", "none");
  const filter: TestFilter = { ...(query.analytic === undefined ? {} : { analytic: query.analytic.trim().toUpperCase() }), segmentIds: await segmentsOf(ctx, query.segment), removed: query.removed ?? false };
  const tests = await listRows(ctx.db, filter);
  const runs = await listRuns(ctx.db, tests.map(({ id }) => id));
  const names = new Map((await listSegments(ctx.db, { retired: true })).map(({ id, name }) => [id, name]));
  const digests = new Map((await loadCases(ctx, tests.filter(({ removed }) => removed === null))).map(({ test, inputDigest }) => [test.id, inputDigest]));
  return tests.map((test) => toTestRow(test, runs.filter(({ testId }) => testId === test.id), { segment: names.get(test.segmentId) ?? "", inputDigest: digests.get(test.id) ?? null }));
}

async function segmentsOf(ctx: OperationContext, asked: string | undefined): Promise<"all" | readonly string[]> {
  if (asked === undefined) return ctx.segments;
  const segment = (await findSegmentByName(ctx.db, asked)) ?? (await findSegment(ctx.db, asked));
  if (segment === null) throw new SightlineError("NOT_FOUND", `There is no segment named "${asked}".`, { field: "segment", remedy: "See sightline segments list." });
  authorize(ctx, "test.read", [segment.id]);
  return [segment.id];
}
