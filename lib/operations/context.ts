import type { Db } from "@/lib/db/client";
import type { FileStore } from "@/lib/files/file-store";

export const ROLES = ["viewer", "engineer", "auditor", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface Actor {
  readonly name: string; // local:<user> until accounts exist
  readonly authenticated: boolean;
}

/** Who asks, with what rights, when, and on what data. The first argument of every operation. */
export interface OperationContext {
  readonly actor: Actor;
  readonly role: Role;
  readonly segments: "all" | readonly string[]; // ids the actor may see
  readonly clock: () => Date;
  readonly db: Db;
  readonly files: FileStore;
}
