import { createDb, type Db } from "./client";
import { ensureDataFolder } from "./data-folder";
import { openEmbedded } from "./embedded/open-embedded";
import { migrate } from "./migrate";

/** A database that is migrated and ready. */
export interface OpenDatabase {
  readonly db: Db;
  readonly note: string | null; // one sentence for the person at the terminal, e.g. where the data went
  /** Starts the embedded server again when somebody killed it; does nothing with a server of others. @returns whether it did. */
  revive(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens DATABASE_URL, or the embedded database of the data folder when it is null, and applies what is missing of the schema.
 *
 * @throws SightlineError UNAVAILABLE or CONFLICT, each one sentence with its remedy.
 */
export async function openDatabase(dataDir: string, databaseUrl: string | null): Promise<OpenDatabase> {
  ensureDataFolder(dataDir); // with a server of others too: kept files stay there
  const server = databaseUrl === null ? await openEmbedded(dataDir) : null;
  const connection = server?.connection ?? { connectionString: databaseUrl ?? "" };
  try {
    await migrate(connection);
  } catch (error) {
    await server?.close();
    throw error;
  }
  const db = createDb(connection);
  return {
    db,
    note: server?.note ?? null,
    revive: () => server?.revive() ?? Promise.resolve(false),
    close: async () => {
      await db.$disconnect();
      await server?.close();
    },
  };
}
