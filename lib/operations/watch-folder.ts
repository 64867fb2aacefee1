import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findAssessmentRow } from "@/lib/assessment/store";
import { withTransaction } from "@/lib/db/with-transaction";
import { listFolder } from "@/lib/files/list-folder";
import { fileState, settledFiles, type FolderFile } from "@/lib/inventory/watch/settled-files";
import { listWatchedFiles, noteWatch, openWatchedFolder, releaseWatchLease, takeWatchLease, writeWatchedFile } from "@/lib/inventory/watch/store";
import { leaseOwner, listLiveJobs, ownerHasEnded } from "@/lib/jobs/job-lease";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import { systemReason } from "@/lib/shared/system-error";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findSegmentOrRefuse } from "./inventory/refuse-segment";
import { ASSESSMENT_RUN, prepareAssessment } from "./prepare-assessment";
import { checkEventsImport } from "./prepare-events-import";
import { runJobInline } from "./run-job-inline";
import { dropOutgrown } from "./watch/drop-outgrown";
import { digestOfFile, importDroppedFile, type DroppedReading } from "./watch/import-dropped-file";

export interface WatchOptions {
  readonly folder: string;
  readonly segment: string; // name or id
  readonly signal: AbortSignal; // ends the watch
  readonly reading?: DroppedReading; // what the records of every file lack
  readonly pollMs?: number; // default 10 s
  readonly report?: (line: string) => void;
  readonly revive?: () => Promise<boolean>; // starts an embedded database again that was killed; a server of others is waited for
  /** How to wait until the next poll; for tests. Returns early when the signal is aborted. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const DAY_MS = 86_400_000;
const RENEW_MS = 15_000;
const TRY_AGAIN_MS = 3_600_000; // an assessment that failed

/**
 * Watches a folder until the signal: takes every finished file once (by content, also over restarts), and assesses the fleet
 * when the last assessment is older than a day. Moves and deletes nothing. One process watches a folder at a time. A database
 * or folder that goes away is waited for; what a file lacks is listed with the imports.
 *
 * @throws SightlineError NOT_FOUND for the segment or the folder, INVALID for how to read, CONFLICT when another process watches the folder, or took it over
 */
export async function watchFolder(ctx: OperationContext, options: WatchOptions): Promise<void> {
  authorize(ctx, "events.import", "none");
  const { signal, pollMs = 10_000, report = () => {}, wait = pause } = options;
  const segment = await findSegmentOrRefuse(ctx.db, options.segment, { live: true });
  authorize(ctx, "events.import", [segment.id]);
  await checkEventsImport(ctx, { segment: segment.id, options: options.reading });
  const folder = await resolveFolder(options.folder);
  const owner = leaseOwner();
  const row = await openWatchedFolder(ctx.db, segment.id, folder);
  if (!(await takeWatchLease(ctx.db, row.id, owner, ownerHasEnded(row.leaseOwner) ? row.leaseOwner : null))) {
    throw new SightlineError("CONFLICT", "Another process watches this folder.", { file: folder, remedy: "Stop it first; one that was killed elsewhere gives way after a minute." });
  }
  const lost = new AbortController();
  const renewing = setInterval(() => {
    takeWatchLease(ctx.db, row.id, owner).then((held) => void (held || lost.abort(new SightlineError("CONFLICT", "Another process took the folder over.", { file: folder }))), () => {}); // a database that is away: the next poll waits for it
  }, RENEW_MS);
  const work = { ctx, options, folder, folderId: row.id, segmentId: segment.id, report, signal: AbortSignal.any([signal, lost.signal]), done: new Set<string>() };
  let before: FolderFile[] = [];
  let down = false;
  let assessAfter = 0;
  try {
    while (!work.signal.aborted) {
      try {
        if (down) await options.revive?.();
        if (down && !(await takeWatchLease(ctx.db, row.id, owner))) throw new SightlineError("CONFLICT", "Another process took the folder over.", { file: folder });
        const lookedAt = ctx.clock();
        const now = await listFolder(folder);
        for (const file of settledFiles(before, now)) if (!work.signal.aborted) await takeOnce(work, file);
        before = now;
        if (work.signal.aborted) break;
        await noteWatch(ctx.db, row.id, { lookedAt });
        if (lookedAt.getTime() >= assessAfter && (await assessWhenDue(work))) assessAfter = lookedAt.getTime() + TRY_AGAIN_MS;
        if (down) report("watching again");
        down = false;
      } catch (error) {
        if (work.signal.aborted) break;
        if (error instanceof SightlineError && error.code === "CONFLICT") throw error;
        if (!down) report(`waiting: ${errorSentence(error)}`);
        down = true;
      }
      await wait(pollMs, work.signal);
    }
  } finally {
    clearInterval(renewing);
    await releaseWatchLease(ctx.db, row.id, owner).catch(() => {}); // else it runs out
  }
  if (lost.signal.aborted) throw lost.signal.reason;
}

interface Watch {
  readonly ctx: OperationContext;
  readonly options: WatchOptions;
  readonly folder: string;
  readonly folderId: string;
  readonly segmentId: string;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
  readonly done: Set<string>; // states of files that this process has dealt with
}

/** Imports a file unless its content, or the file as it stands, is in the ledger. */
async function takeOnce({ ctx, options, folder, folderId, segmentId, signal, report, done }: Watch, file: FolderFile): Promise<void> {
  const state = fileState(file);
  if (done.has(state)) return;
  const ledger = await listWatchedFiles(ctx.db, folderId);
  if (!ledger.some(({ fileName, size, mtimeMs }) => fileState({ name: fileName, size, mtimeMs }) === state)) {
    const path = join(folder, file.name);
    const digest = await digestOfFile(path);
    if (!ledger.some((known) => known.digest === digest)) {
      const taken = await importDroppedFile(ctx, { folder, file, segmentId, signal, reading: options.reading });
      if ((await digestOfFile(path)) !== digest) return; // it changed meanwhile: the next poll sees it anew
      // Before the ledger is written: a process that is killed in between does it again.
      const outgrown = taken.state === "imported" && taken.what === "events" && (await dropOutgrown(ctx, { path, name: file.name, size: file.size, segmentId }, ledger));
      const at = ctx.clock();
      await withTransaction(ctx.db, (tx) => writeWatchedFile(tx, folderId, { ...taken, digest, fileName: file.name, size: file.size, mtimeMs: file.mtimeMs, at }));
      report(`${file.name}: ${taken.state}${taken.what === "unknown" ? "" : ` as ${taken.what}`}${taken.reason === "" ? "" : `: ${taken.reason}`}${outgrown ? "; it has grown, and what was read of it before counts no more" : ""}`);
    }
  }
  done.add(state);
}

/** @returns true when it was due and could not be done: try later */
async function assessWhenDue({ ctx, report, signal }: Watch): Promise<boolean> {
  const newest = await findAssessmentRow(ctx.db, null);
  if (newest !== null && ctx.clock().getTime() - Date.parse(newest.ranAt) < DAY_MS) return false;
  if ((await listLiveJobs(ctx.db, [ASSESSMENT_RUN])).length > 0) return false;
  try {
    await runJobInline(ctx, await prepareAssessment(ctx, {}), { signal });
    report("the fleet is assessed");
    return false;
  } catch (error) {
    if (signal.aborted || !(error instanceof SightlineError) || error.code === "UNAVAILABLE") throw error;
    report(`not assessed: ${errorSentence(error)}`);
    return true;
  }
}

async function resolveFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    throw new SightlineError("NOT_FOUND", `The folder cannot be opened: ${systemReason(error)?.words ?? "unknown reason"}.`, { file: folder }, { cause: error });
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
