import { countLoudAlerts } from "@/lib/alerts/store";
import { listAssessmentRows } from "@/lib/assessment/store";
import { listSegments } from "@/lib/inventory/store";
import { assessmentLabel, releasesLabel, weightsLabel, type ShellView } from "@/lib/reports/shell-view";
import { MITRE_NOTICE } from "@/lib/shared/mitre-notice";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getDemo } from "./get-demo";
import { listJobs } from "./list-jobs";

/** What the frame around every page shows: segments the actor may see, complete assessments, running jobs. */
export async function getShellView(ctx: OperationContext): Promise<ShellView> {
  authorize(ctx, "system.read", "none");
  const [segments, assessments, jobs, demo, openAlerts] = await Promise.all([
    listSegments(ctx.db),
    listAssessmentRows(ctx.db, 100),
    listJobs(ctx, { limit: 50, states: ["queued", "running"] }),
    getDemo(ctx),
    countLoudAlerts(ctx.db, ctx.segments === "all" ? undefined : ctx.segments, ctx.clock()),
  ]);
  return {
    actor: { name: ctx.actor.name, role: ctx.role, authenticated: ctx.actor.authenticated },
    segments: segments.filter((segment) => ctx.segments === "all" || ctx.segments.includes(segment.id)).map(({ id, name }) => ({ id, name })),
    assessments: assessments.map((row) => ({
      id: row.id,
      label: assessmentLabel(row.id),
      at: Date.parse(row.at),
      runLater: row.runLater,
      releases: releasesLabel(row.releases),
      policy: row.policyVersion,
      weights: weightsLabel(row.report.weights),
      digest: row.inputDigest,
    })),
    runningJobs: jobs.length,
    openAlerts,
    demoAt: demo ? Date.parse(demo.t0) : null,
    notice: MITRE_NOTICE,
  };
}
