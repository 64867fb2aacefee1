import { counted } from "@/lib/shared/format-number";
import type { AlertHit, Hit, TestCode, TestMiss } from "./detection-test";

/** What a sample held and what was found in it. */
export interface SampleFacts {
  readonly records: number;
  readonly own: number; // records of hosts of the segment
  readonly hits: readonly Hit[]; // by linked rules, with this segment's values
  readonly alerts: readonly AlertHit[]; // of linked rules, on its hosts, in its time
}

export interface TestFacts {
  readonly gone: readonly ("attack" | "benign")[]; // samples whose kept file is missing or damaged
  readonly unreadable: string | null; // why a sample could not be read
  readonly linked: number; // accepted rules
  readonly evaluated: number; // of those, how many looked at the samples
  readonly positive: SampleFacts | null; // null: not read
  readonly negative: SampleFacts | null;
  readonly untuned: readonly Hit[] | null; // in the attack sample with the values as they come; null: not asked, or nothing is tuned
  readonly tuned: readonly string[]; // names of the placeholders with a value of this segment
  readonly miss: TestMiss | null;
}

export interface TestVerdict {
  readonly passed: boolean;
  readonly matchedIn: "engine" | "siem" | null;
  readonly code: TestCode;
  readonly because: string;
}

/**
 * Whether a test passes (design, section 7): a linked rule matches the attack sample on a host of the segment, with this
 * segment's values, and no linked rule matches the benign one. An alert in the SIEM stands in where Sightline's engine did
 * not match, and then no alert may stand in the benign sample's time either. First line that fits wins.
 */
export function decideTest(facts: TestFacts): TestVerdict {
  const { gone, unreadable, linked, positive, negative } = facts;
  if (gone.length > 0) return failed("sample-gone", `The kept file of the ${gone.join(" and the ")} sample is missing or damaged.`);
  if (unreadable !== null || positive === null || negative === null) return failed("unreadable", unreadable ?? "The samples could not be read.");
  if (linked === 0) return failed("no-rule", "No accepted rule is linked to the analytic.");
  if (positive.own === 0) return failed("no-own-host", `None of the ${counted(positive.records, "record")} of the attack sample comes from a host of the segment.`);
  if (positive.hits.length > 0) return negative.hits.length > 0 ? noisy(negative.hits) : passed("engine", `${titles(positive.hits)} matched the attack sample and nothing matched the benign one.`);
  if (positive.alerts.length > 0) {
    if (negative.hits.length > 0) return noisy(negative.hits);
    if (negative.alerts.length > 0) return failed("benign-matched", `The SIEM raised ${titles(negative.alerts)} in the time and on a host of the benign sample too.`);
    return passed("siem", `The SIEM raised ${titles(positive.alerts)} on a host and in the time of the attack sample; nothing matched the benign one.`);
  }
  return miss(facts);
}

function miss({ linked, evaluated, untuned, tuned, miss: nearest }: TestFacts): TestVerdict {
  if (untuned !== null && untuned.length > 0) return failed("filtered-by-tuning", `Filtered by tuning: without this segment's values of ${tuned.map((name) => `%${name}%`).join(", ")}, ${titles(untuned)} matches the attack sample.`);
  if (evaluated === 0) return failed("rules-refused", `${linked === 1 ? "The linked rule was" : `All ${linked} linked rules were`} refused and looked at nothing.`);
  return failed("not-matched", `The logic of ${counted(evaluated, "linked rule")} did not match the attack sample.${nearest === null ? "" : ` Nearest: ${nearest.title}: ${nearest.text}`}`);
}

function noisy(hits: readonly Hit[]): TestVerdict {
  return failed("benign-matched", `${titles(hits)} matched the benign sample too.`);
}

function passed(matchedIn: "engine" | "siem", because: string): TestVerdict {
  return { passed: true, matchedIn, code: "passed", because };
}

function failed(code: TestCode, because: string): TestVerdict {
  return { passed: false, matchedIn: null, code, because };
}

const NAMED = 3;

function titles(hits: readonly { readonly title: string }[]): string {
  const names = [...new Set(hits.map(({ title }) => `"${title}"`))];
  return names.length <= NAMED ? names.join(", ") : `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more`;
}
