import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import type { DetectionTest } from "@/lib/detection/tests/detection-test";
import { seriesOf } from "@/lib/detection/tests/series-of";
import { insertRun, listRuns } from "@/lib/detection/tests/store";
import { isDue } from "@/lib/detection/tests/test-row";
import type { JobRun } from "../job-handlers";
import { loadCases, TEST_ENGINES } from "./load-cases";
import { runCase } from "./run-case";

/**
 * Runs tests one after another and writes each run as it ends, with its audit entry.
 *
 * @param onlyDue leaves out those whose newest run rests on what they would run with today
 * @returns how many ran
 */
export async function runCases(run: Pick<JobRun, "ctx" | "signal" | "progress">, tests: readonly DetectionTest[], { onlyDue }: { readonly onlyDue: boolean }): Promise<number> {
  const { ctx } = run;
  const cases = await loadCases(ctx, tests);
  const runs = onlyDue ? await listRuns(ctx.db, tests.map(({ id }) => id)) : [];
  const chosen = cases.filter(({ test, inputDigest }) => !onlyDue || isDue(seriesOf(runs.filter(({ testId }) => testId === test.id))?.newest ?? null, inputDigest));
  for (const [done, given] of chosen.entries()) {
    run.signal.throwIfAborted();
    const { test, segment, linked, inputDigest } = given;
    run.progress(done, chosen.length, `Testing ${test.analytic} in ${segment.name}`);
    const { verdict, detail } = await runCase(run, given);
    const { passed, matchedIn, code } = verdict;
    await withTransaction(ctx.db, async (tx) => {
      await insertRun(tx, { testId: test.id, at: ctx.clock(), actor: ctx.actor.name, passed, matchedIn, inputDigest, engine: TEST_ENGINES, rules: linked, detail });
      await emitAudit(tx, ctx, { action: "test.run", target: `test/${test.id}`, detail: { analytic: test.analytic, segment: segment.name, passed, matchedIn, code, inputDigest, rules: linked.map(({ digest }) => digest), samples: [test.positive.digest, test.negative.digest] } });
    });
  }
  return chosen.length;
}
