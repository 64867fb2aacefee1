import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { ensureDataFolder } from "@/lib/db/data-folder";
import { openDatabase } from "@/lib/db/open-database";
import { projectRoot } from "@/lib/db/project-root";
import { createFileStore } from "@/lib/files/file-store";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "./context";

/** The context of a process, and what keeps it alive. */
export interface OpenContext {
  readonly ctx: OperationContext;
  readonly note: string | null;
  revive(): Promise<boolean>;
  close(): Promise<void>;
}

/** $SIGHTLINE_DATA, else `data` in the project. */
export function dataFolder(): string {
  return process.env.SIGHTLINE_DATA ? resolve(process.env.SIGHTLINE_DATA) : join(projectRoot(), "data");
}

/** Makes sure of the data folder, before anything that takes long. @throws SightlineError UNAVAILABLE in one sentence */
export function checkDataFolder(): void {
  ensureDataFolder(dataFolder());
}

/** Opens database and files as the environment says. Until accounts exist the actor is the machine's user, with every right. */
export async function openContext(): Promise<OpenContext> {
  const dataDir = dataFolder();
  const database = await openDatabase(dataDir, process.env.DATABASE_URL || null);
  const ctx: OperationContext = {
    actor: { name: `local:${localUser()}`, authenticated: false },
    role: "admin",
    segments: "all",
    clock: chooseClock(),
    db: database.db,
    files: createFileStore(join(dataDir, "files")),
  };
  return { ctx, note: database.note, revive: database.revive, close: database.close };
}

declare global {
  var sightlineContext: Promise<OpenContext> | undefined;
}

/** The one context of this process: the web server loads modules more than once, so it hangs on the global object. A failed opening is tried again. */
export function processContext(): Promise<OpenContext> {
  globalThis.sightlineContext ??= openContext().catch((error: unknown) => {
    globalThis.sightlineContext = undefined;
    throw error;
  });
  return globalThis.sightlineContext;
}

function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown"); // a user number without an entry, as containers have
  }
}

// Tests set the clock; nobody else can, so that no verdict is dated by an environment variable.
function chooseClock(): () => Date {
  const fixed = process.env.NODE_ENV === "test" ? process.env.SIGHTLINE_NOW : undefined;
  if (!fixed) return () => new Date();
  const at = new Date(fixed);
  if (Number.isNaN(at.getTime())) throw new SightlineError("INVALID", `SIGHTLINE_NOW is "${fixed}", which is no time.`);
  return () => new Date(at);
}
