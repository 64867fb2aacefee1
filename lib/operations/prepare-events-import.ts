import { z } from "zod";
import { checkHostFrom } from "@/lib/events/choose-host";
import { eventOptionsSchema } from "@/lib/events/dataset-types";
import { formatById, CHOICES } from "@/lib/events/formats/index";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { findSegment, findSegmentByName } from "@/lib/inventory/store";
import type { Segment } from "@/lib/inventory/types";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import type { KeptUpload } from "./keep-upload";
import type { InlineJob } from "./run-job-inline";

/** What people say about an import; the segment by name or id, options as eventOptionsSchema reads them. */
export interface EventsImportRequest {
  readonly segment: string;
  readonly options?: z.input<typeof eventOptionsSchema>;
  readonly replace?: boolean;
}

export const EVENTS_IMPORT = "events-import";

/**
 * Checks what can be checked before anything is read, and gives the job that does the import.
 *
 * @throws SightlineError NOT_FOUND for an unknown segment, INVALID with the field for a wrong option
 */
export async function prepareEventsImport(ctx: OperationContext, upload: KeptUpload, request: EventsImportRequest): Promise<InlineJob> {
  authorize(ctx, "events.import", "none");
  const segment = await checkRequest(ctx, request);
  const options = readOptions(request.options);
  const title = `Import ${upload.fileName} into ${segment.name}`;
  return { kind: EVENTS_IMPORT, title, input: z.json().parse({ ...upload, segmentId: segment.id, options, replace: request.replace ?? false }) };
}

/** The same, put into the queue. @returns the job's id. */
export async function startEventsImport(ctx: OperationContext, upload: KeptUpload, request: EventsImportRequest): Promise<string> {
  authorize(ctx, "events.import", "none");
  const job = await prepareEventsImport(ctx, upload, request);
  return enqueueJob(ctx.db, { ...job, actor: ctx.actor.name, now: ctx.clock() });
}

/** Whether such an import could begin: segment and options, the expression of --host-from too, before any file is sent. @returns the segment's id. */
export async function checkEventsImport(ctx: OperationContext, request: EventsImportRequest): Promise<string> {
  authorize(ctx, "events.import", "none");
  return (await checkRequest(ctx, request)).id;
}

async function checkRequest(ctx: OperationContext, request: EventsImportRequest): Promise<Segment> {
  const segment = (await findSegmentByName(ctx.db, request.segment)) ?? (await findSegment(ctx.db, request.segment));
  if (segment === null) throw new SightlineError("NOT_FOUND", `There is no segment named "${request.segment}".`, { field: "segment", remedy: "Create it first, or see sightline segments list." });
  if (segment.retiredAt !== null) throw new SightlineError("CONFLICT", `The segment ${segment.name} is retired.`, { field: "segment" });
  authorize(ctx, "events.import", [segment.id]);
  const { format, hostFrom } = readOptions(request.options);
  checkHostFrom(hostFrom);
  if (format !== null && formatById(format) === undefined) throw new SightlineError("INVALID", `"${format}" is not an event format.`, { field: "format", remedy: `Known are ${CHOICES.map(({ id }) => id).join(", ")}.` });
  return segment;
}

function readOptions(options: EventsImportRequest["options"]) {
  const read = eventOptionsSchema.safeParse(options ?? {});
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new SightlineError("INVALID", issue?.message ?? "wrong option", { field: issue?.path.join(".") ?? "options" });
}
