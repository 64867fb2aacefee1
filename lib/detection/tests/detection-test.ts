import { z } from "zod";

/** An attack sample proves only what happened here: lab and public ones are refused. */
export const TEST_ORIGINS = ["production", "exercise"] as const;
export type TestOrigin = (typeof TEST_ORIGINS)[number];

/** A kept file of events by the digest of its unpacked content, and how it is read. */
export interface TestSample {
  readonly digest: string;
  readonly name: string;
  readonly format: string | null; // null: by content
  readonly host: string | null; // of records that name none
}

/** An attack sample and a benign sample of one segment, attached to an analytic. Times are ISO 8601. */
export interface DetectionTest {
  readonly id: string;
  readonly analytic: string;
  readonly segmentId: string;
  readonly positive: TestSample & { readonly origin: TestOrigin };
  readonly negative: TestSample;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly removed: { readonly at: string; readonly by: string } | null;
}

/** Why a run came out as it did. Codes stay; what they mean in words is the run's own sentence. */
export const TEST_CODES = ["passed", "sample-gone", "unreadable", "no-rule", "no-own-host", "benign-matched", "filtered-by-tuning", "rules-refused", "not-matched"] as const;
export type TestCode = (typeof TEST_CODES)[number];

const count = z.number().int().nonnegative();
const text = z.string();

/** What one rule or correlation found in a sample. */
export const hitSchema = z.object({
  rule: text, // id of our rule
  title: text,
  author: text.nullable(),
  count, // matches, or firings of a correlation
  events: z.array(count), // record numbers of the first of them
  hosts: z.array(text), // folded
});
export type Hit = z.infer<typeof hitSchema>;

export const alertHitSchema = z.object({ rule: text, title: text, system: text, host: text, at: text });
export type AlertHit = z.infer<typeof alertHitSchema>;

const sampleOutcomeSchema = z.object({
  records: count,
  own: count, // of hosts of the segment; all where it has no roster
  hosts: z.array(text), // folded, those that count
  foreign: z.array(text), // named in the sample and not on the roster
  first: text.nullable(),
  last: text.nullable(),
  hits: z.array(hitSchema),
  alerts: z.array(alertHitSchema),
});
export type SampleOutcome = z.infer<typeof sampleOutcomeSchema>;

/** What came nearest, in the words of `explain`. */
export const testMissSchema = z.object({ rule: text, title: text, text, event: count.nullable() });
export type TestMiss = z.infer<typeof testMissSchema>;

export const valueUsedSchema = z.object({ name: text, values: z.array(text), from: z.enum(["analytic", "everywhere", "default"]), version: count.nullable() });
export type ValueUsed = z.infer<typeof valueUsedSchema>;

/** TestRun.detail: all that the page of a run shows. */
export const testDetailSchema = z.object({
  code: z.enum(TEST_CODES),
  because: text,
  hostsStated: z.boolean(), // no roster: that the hosts are the segment's is only stated
  positive: sampleOutcomeSchema.nullable(),
  negative: sampleOutcomeSchema.nullable(),
  miss: testMissSchema.nullable(),
  refused: z.array(z.object({ title: text, message: text })),
  values: z.array(valueUsedSchema),
});
export type TestDetail = z.infer<typeof testDetailSchema>;

export const ruleUsedSchema = z.object({ id: text, title: text, digest: text });
export type RuleUsed = z.infer<typeof ruleUsedSchema>;

/** One run over pinned rules, values and samples. */
export interface TestRun {
  readonly id: string;
  readonly testId: string;
  readonly at: string;
  readonly actor: string;
  readonly passed: boolean;
  readonly matchedIn: "engine" | "siem" | null; // null: it did not pass
  readonly inputDigest: string;
  readonly engine: string;
  readonly rules: readonly RuleUsed[];
  readonly detail: TestDetail;
}
