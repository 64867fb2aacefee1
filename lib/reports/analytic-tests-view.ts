import type { TestRow } from "@/lib/detection/tests/test-row";

/** A segment that the analytic applies to. */
export interface TestableSegment {
  readonly id: string;
  readonly name: string;
  readonly rostered: boolean;
}

/** The tests of one analytic, those of the chosen segment first. */
export interface AnalyticTestsView {
  readonly analytic: string;
  readonly segmentId: string | null; // chosen
  readonly segments: readonly TestableSegment[];
  readonly linked: number; // accepted rules
  readonly validationDays: number;
  readonly tests: readonly TestRow[];
}
