import { z } from "zod";
import { TEST_CODES, TEST_ORIGINS, testDetailSchema, ruleUsedSchema, type DetectionTest, type TestRun } from "./detection-test";
import { seriesOf } from "./series-of";

const text = z.string();
const sample = z.object({ name: text, digest: text, format: text.nullable(), host: text.nullable() });

/** A test as lists, pages and `tests list|run --json` show it. Times are ISO 8601. */
export const testRowSchema = z.object({
  id: text,
  analytic: text,
  segment: text,
  segmentId: text,
  origin: z.enum(TEST_ORIGINS),
  positive: sample,
  negative: sample,
  createdAt: text,
  createdBy: text,
  removed: z.object({ at: text, by: text }).nullable(),
  run: z
    .object({ at: text, by: text, passed: z.boolean(), matchedIn: z.enum(["engine", "siem"]).nullable(), code: z.enum(TEST_CODES), because: text, engine: text, inputDigest: text, rules: z.array(ruleUsedSchema), detail: testDetailSchema })
    .nullable(), // null: it never ran
  since: text.nullable(), // when the first run came out like the newest, all between them too
  withdrawn: z.boolean(), // it passed once and does not any more
  due: z.boolean(), // rules, values, samples or roster are others than the newest run's
});
export type TestRow = z.infer<typeof testRowSchema>;

/**
 * @param runs of this test, in any order
 * @param inputDigest of what it would run with today; null: not asked, and then it is not due
 */
export function toTestRow(test: DetectionTest, runs: readonly TestRun[], { segment, inputDigest }: { readonly segment: string; readonly inputDigest: string | null }): TestRow {
  const series = seriesOf(runs);
  const { positive, negative } = test;
  const sampleOf = ({ name, digest, format, host }: DetectionTest["negative"]) => ({ name, digest, format, host });
  return {
    id: test.id,
    analytic: test.analytic,
    segment,
    segmentId: test.segmentId,
    origin: positive.origin,
    positive: sampleOf(positive),
    negative: sampleOf(negative),
    createdAt: test.createdAt,
    createdBy: test.createdBy,
    removed: test.removed,
    run: series === null ? null : toRun(series.newest),
    since: series?.since ?? null,
    withdrawn: series !== null && !series.newest.passed && series.passedBefore,
    due: isDue(series?.newest ?? null, inputDigest),
  };
}

function toRun({ at, actor, passed, matchedIn, engine, inputDigest, rules, detail }: TestRun): NonNullable<TestRow["run"]> {
  return { at, by: actor, passed, matchedIn, code: detail.code, because: detail.because, engine, inputDigest, rules: [...rules], detail };
}

/** A test is due when it never ran, or would run with something else today. */
export function isDue(newest: Pick<TestRun, "inputDigest"> | null, inputDigest: string | null): boolean {
  return inputDigest !== null && newest?.inputDigest !== inputDigest;
}
