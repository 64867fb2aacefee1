import type { DetectionTest, TestRun, TestSample } from "@/lib/detection/tests/detection-test";
import { seriesOf } from "@/lib/detection/tests/series-of";
import type { TestInput } from "./test-input";

/** T in ms; ranUntil: runs up to then count as of T, because the assessment itself made them. null: it is of another time. */
export interface PinnedAt {
  readonly at: number;
  readonly ranUntil: number | null;
}

/**
 * The newest run of every test that was attached at T, with what it ran. A test that was never run says nothing.
 *
 * @param tests removed ones too
 * @param runs of those tests, in any order
 */
export function pinTests(tests: readonly DetectionTest[], runs: readonly TestRun[], { at, ranUntil }: PinnedAt): TestInput[] {
  const known = Math.max(at, ranUntil ?? at);
  const then = (ms: number): number => Math.min(ms, at);
  return tests.flatMap((test): TestInput[] => {
    if (Date.parse(test.createdAt) > known || (test.removed !== null && Date.parse(test.removed.at) <= known)) return [];
    const series = seriesOf(runs.filter((run) => run.testId === test.id && Date.parse(run.at) <= known));
    if (series === null) return [];
    const { newest, since, passedBefore } = series;
    return [
      {
        segment: test.segmentId,
        analytic: test.analytic,
        at: then(Date.parse(newest.at)),
        passed: newest.passed,
        matchedIn: newest.matchedIn,
        test: test.id,
        since: newest.passed ? then(Date.parse(since)) : Date.parse(since),
        before: passedBefore,
        code: newest.detail.code,
        because: newest.detail.because,
        hostsStated: newest.detail.hostsStated,
        origin: test.positive.origin,
        positive: toSample(test.positive),
        negative: toSample(test.negative),
        rules: newest.rules.map((rule) => ({ ...rule })),
        values: newest.detail.values.map((value) => ({ ...value, values: [...value.values] })),
        run: newest.inputDigest,
        engine: newest.engine,
      },
    ];
  });
}

function toSample({ name, digest, host, format }: TestSample) {
  return { name, digest, host, format };
}
