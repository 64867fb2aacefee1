import { z } from "zod";
import { canonicalJson, compareCodeUnits } from "@/lib/shared/canonical-json";
import { DAY_MS, sayInstant } from "./instants";
import type { TestInput } from "./test-input";

export const VALIDATION_STATES = ["valid", "expired", "withdrawn", "failed"] as const;

/**
 * What the tests of a cell say. valid: one passes and is young enough; expired: the last that passed is too old; withdrawn: one
 * that passed does not any more; failed: none ever passed. A cell without a test has none of this.
 */
export const validationSchema = z.object({
  state: z.enum(VALIDATION_STATES),
  at: z.number().int(), // valid: of the run; expired: when it ran out; withdrawn: of the first run that failed; failed: of the newest
  since: z.number().int().nullable(), // valid: when it first passed without a failure since
  until: z.number().int().nullable(), // valid: how long the run counts
  tests: z.number().int(),
  passing: z.number().int(), // of those
  code: z.string(), // why it does not pass; "passed" when it does
  text: z.string(),
});
export type Validation = z.infer<typeof validationSchema>;

/**
 * @param tests newest runs of the tests of one cell, not later than T, in any order
 * @param at T in ms
 * @returns what they say, and the run that validates the cell: the newest that passes, at equal times in Sightline's engine
 */
export function validationOf(tests: readonly TestInput[], at: number, validationDays: number): { readonly validation: Validation; readonly counts: TestInput | null } | null {
  const ordered = [...tests].sort(byWeight);
  const [newest] = ordered;
  if (newest === undefined) return null;
  const passing = ordered.filter(({ passed }) => passed);
  const young = passing.filter((test) => test.at >= at - validationDays * DAY_MS);
  const sum = { tests: ordered.length, passing: young.length };
  const [valid] = young;
  if (valid !== undefined) {
    const until = valid.at + validationDays * DAY_MS;
    const since = valid.since ?? valid.at;
    const others = ordered.length === young.length ? "" : ` ${ordered.length - young.length} of ${ordered.length} tests ${ordered.length - young.length === 1 ? "does" : "do"} not pass.`;
    return { counts: valid, validation: { state: "valid", at: valid.at, since, until, ...sum, code: "passed", text: `Validated since ${sayInstant(since)}, last run ${sayInstant(valid.at)}, until ${sayInstant(until)}.${others}` } };
  }
  const withdrawn = ordered.find((test) => !test.passed && test.before === true);
  if (withdrawn !== undefined) {
    const since = withdrawn.since ?? withdrawn.at;
    return { counts: null, validation: { state: "withdrawn", at: since, since: null, until: null, ...sum, code: withdrawn.code ?? "not-matched", text: `Validation was withdrawn on ${sayInstant(since)}. ${withdrawn.because ?? "The test no longer passes."}` } };
  }
  const [expired] = passing;
  if (expired !== undefined) {
    const end = expired.at + validationDays * DAY_MS;
    return { counts: null, validation: { state: "expired", at: end, since: null, until: null, ...sum, code: "expired", text: `Validation ran out on ${sayInstant(end)}: the last run that passed is of ${sayInstant(expired.at)}.` } };
  }
  return { counts: null, validation: { state: "failed", at: newest.at, since: null, until: null, ...sum, code: newest.code ?? "not-matched", text: `Its test did not pass on ${sayInstant(newest.at)}. ${newest.because ?? ""}`.trimEnd() } };
}

/** The newest first; what is as new has an order of its own, so that none hangs on the order in which tests were given. */
function byWeight(a: TestInput, b: TestInput): number {
  return b.at - a.at || compareCodeUnits(a.matchedIn ?? "~", b.matchedIn ?? "~") || compareCodeUnits(a.test ?? "", b.test ?? "") || compareCodeUnits(a.code ?? "", b.code ?? "") || compareCodeUnits(canonicalJson({ ...a }), canonicalJson({ ...b }));
}

/** The tests of every cell, by segment and analytic; runs later than T prove nothing. */
export function groupTests(tests: readonly TestInput[], at: number): Map<string, TestInput[]> {
  const found = new Map<string, TestInput[]>();
  for (const test of tests) {
    if (test.at > at) continue;
    const key = `${test.segment}\n${test.analytic}`;
    const own = found.get(key);
    if (own === undefined) found.set(key, [test]);
    else own.push(test);
  }
  return found;
}
