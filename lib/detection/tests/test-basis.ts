import { digestOf } from "@/lib/shared/digest";
import type { DetectionTest, RuleUsed, ValueUsed } from "./detection-test";
import type { ImportedAlert } from "./find-alerts";

/** Raised when the same rules, values and samples could be decided otherwise: every test is then due. */
export const TEST_ENGINE = "sightline-tests/1";

/** Everything that the outcome of a run depends on. */
export interface TestBasis {
  readonly engine: string; // of the tests, and of what reads and evaluates
  readonly rules: readonly RuleUsed[]; // linked and accepted
  readonly scope: readonly string[]; // digests of the Sigma files that they are read with, and of the renames of fields
  readonly values: readonly ValueUsed[];
  readonly untuned: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly hosts: readonly string[] | null; // the roster; null: none
  readonly alerts: readonly ImportedAlert[]; // of those rules
  readonly gone: readonly string[]; // samples whose kept file is missing
}

/** The digest that a run is remembered by: when it is another today, the test is due. Order does not matter. */
export function digestBasis(test: Pick<DetectionTest, "positive" | "negative">, basis: TestBasis): string {
  const { positive, negative } = test;
  const sample = ({ digest, format, host }: DetectionTest["negative"]) => ({ digest, format, host });
  return digestOf({
    engine: basis.engine,
    samples: [sample(positive), sample(negative)],
    rules: basis.rules.map(({ id, digest }) => `${id} ${digest}`).sort(),
    scope: [...basis.scope].sort(),
    values: basis.values.map(({ name, values }) => [name, ...values]).map((row) => JSON.stringify(row)).sort(),
    untuned: basis.untuned.map(({ name, values }) => JSON.stringify([name, ...values])).sort(),
    hosts: basis.hosts === null ? null : [...basis.hosts].sort(),
    alerts: basis.alerts.map(({ ruleId, system, host, at }) => JSON.stringify([ruleId, system, host, at])).sort(),
    gone: [...basis.gone].sort(),
  });
}
