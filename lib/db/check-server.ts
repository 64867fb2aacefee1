import type pg from "pg";
import { SightlineError } from "@/lib/shared/errors";

/** The oldest PostgreSQL that the tests run against; the embedded one is 18. */
export const OLDEST_MAJOR = 15;

/**
 * Refuses a server that the schema does not run on, before anything is written.
 *
 * @param client connected
 * @throws SightlineError UNAVAILABLE for a server older than OLDEST_MAJOR, or a database that does not keep text as UTF-8
 */
export async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string; encoding: string }>(
    "select current_setting('server_version_num') as number, current_setting('server_version') as version, current_setting('server_encoding') as encoding",
  );
  const [row] = rows;
  if (row === undefined) return;
  if (Number(row.number) < OLDEST_MAJOR * 10_000) {
    throw new SightlineError("UNAVAILABLE", `The server is PostgreSQL ${row.version}; Sightline needs PostgreSQL ${OLDEST_MAJOR} or newer.`, { remedy: "Use a newer server, or unset DATABASE_URL for the embedded one." });
  }
  if (row.encoding !== "UTF8") {
    throw new SightlineError("UNAVAILABLE", `The database keeps text as ${row.encoding}; Sightline needs UTF8.`, { remedy: "Create it with \"createdb --encoding=UTF8 --template=template0\"." });
  }
}
