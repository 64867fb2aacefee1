import type { JobHandlers as Handlers, JobRun as Run } from "@/lib/jobs/job-types";
import type { OperationContext } from "./context";

/** What a job handler of an operation is given. */
export type JobRun = Run<OperationContext>;
export type JobHandlers = Handlers<OperationContext>;

/**
 * Every kind of job and the operation that does it: a module that exports `handler` and, when a second run after a crash
 * starts over safely, `resumable = true`. Loaded when first needed.
 */
export const JOB_HANDLERS: JobHandlers = {
  "assessment-compare": () => import("./run-comparison"),
  "assessment-run": () => import("./run-assessment"),
  "catalog-import": () => import("./import-catalog-job"),
  "demo-load": () => import("./load-demo"),
  "events-import": () => import("./import-events"),
  "events-rederive": () => import("./rederive-datasets"),
  "rules-check": () => import("./run-rule-check"),
  "pack-import": () => import("./import-pack"),
  "packs-load": () => import("./load-packs"),
  "plan-frontier": () => import("./trace-plan-frontier"),
  "rules-import": () => import("./import-rules"),
  "test-add": () => import("./add-test"),
  "tests-run": () => import("./run-tests"),
  "tuning-preview": () => import("./preview-tuning"),
};
