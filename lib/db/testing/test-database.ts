import { join } from "node:path";
import { createDb, type Db } from "@/lib/db/client";
import { createFileStore, type FileStore } from "@/lib/files/file-store";
import type { OperationContext } from "@/lib/operations/context";
import { copyCluster, migratedTemplate } from "./migrated-template";
import { startTemporaryCluster, type TemporaryCluster } from "./temporary-cluster";

/** What a database test works with. ctx: an administrator who may see every segment, on the system's clock. */
export interface TestDatabase {
  readonly db: Db;
  readonly files: FileStore;
  readonly ctx: OperationContext;
  readonly dataDir: string;
  readonly connection: TemporaryCluster["connection"];
  stop(): Promise<void>;
}

/** A migrated, empty database on a cluster of its own in a temporary folder. Call stop() in afterAll. */
export async function startTestDatabase(clock: () => Date = () => new Date()): Promise<TestDatabase> {
  const template = await migratedTemplate();
  const cluster = await startTemporaryCluster((dataDir) => copyCluster(template, dataDir));
  const db = createDb(cluster.connection);
  const files = createFileStore(join(cluster.dataDir, "files"));
  const ctx: OperationContext = { actor: { name: "local:test", authenticated: false }, role: "admin", segments: "all", clock, db, files };
  return {
    db,
    files,
    ctx,
    dataDir: cluster.dataDir,
    connection: cluster.connection,
    stop: async () => {
      await db.$disconnect();
      await cluster.stop();
    },
  };
}
