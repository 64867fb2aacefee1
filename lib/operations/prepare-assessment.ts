import { DOMAINS, type Domain } from "@/lib/catalog/types";
import { withTransaction } from "@/lib/db/with-transaction";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { InlineJob } from "./run-job-inline";

export const ASSESSMENT_RUN = "assessment-run";

/** at: an ISO time with a zone (T); default now. domains: default enterprise. */
export interface AssessmentRequest {
  readonly at?: string;
  readonly domains?: readonly string[];
}

/**
 * Checks a request and gives the job that runs it. T is fixed here, so that a run repeated after a crash is the same one.
 *
 * @throws SightlineError INVALID naming the field
 */
export async function prepareAssessment(ctx: OperationContext, request: AssessmentRequest): Promise<InlineJob> {
  authorize(ctx, "assessment.run", "all");
  const at = request.at === undefined ? ctx.clock() : readInstant(request.at);
  const domains = readDomains(request.domains ?? ["enterprise"]);
  return { kind: ASSESSMENT_RUN, title: `Assess ${domains.join(", ")} at ${at.toISOString()}`, input: { at: at.toISOString(), domains } };
}

/** The same, put into the queue. @returns the job's id */
export async function startAssessment(ctx: OperationContext, request: AssessmentRequest): Promise<string> {
  authorize(ctx, "assessment.run", "all");
  const job = await prepareAssessment(ctx, request);
  return withTransaction(ctx.db, (tx) => enqueueJob(tx, { ...job, actor: ctx.actor.name, now: ctx.clock() }));
}

const INSTANT = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

function readInstant(text: string): Date {
  const at = INSTANT.test(text) ? new Date(text.replace(" ", "T")) : new Date(NaN);
  const year = at.getUTCFullYear();
  const shift = text.length === 10 ? 0 : zoneMs(text);
  // Date accepts 2026-02-30 and makes it March: the day must read back as it was written.
  const same = !Number.isNaN(at.getTime()) && new Date(at.getTime() + shift).toISOString().slice(0, 10) === text.slice(0, 10);
  if (!same || year < 2000 || year > 2100) {
    throw new SightlineError("INVALID", `"${text}" is not a time between 2000 and 2100.`, { field: "at", remedy: "Write it as 2026-11-21T09:00:00Z; a date alone means its first moment in UTC." });
  }
  return at;
}

function zoneMs(text: string): number {
  const zone = /([+-])(\d{2}):(\d{2})$/.exec(text);
  return zone === null ? 0 : (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) * 60_000;
}

function readDomains(names: readonly string[]): Domain[] {
  const domains = new Set<Domain>();
  for (const name of names) {
    const domain = DOMAINS.find((known) => known === name.trim().toLowerCase());
    if (domain === undefined) throw new SightlineError("INVALID", `"${name}" is not an ATT&CK domain.`, { field: "domain", remedy: `Known are ${DOMAINS.join(", ")}.` });
    domains.add(domain);
  }
  if (domains.size === 0) throw new SightlineError("INVALID", "An assessment needs at least one domain.", { field: "domain" });
  return [...domains].sort();
}
