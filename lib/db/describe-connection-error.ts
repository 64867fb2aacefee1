import type { ClientConfig } from "pg";
import pg from "pg";
import { errorSentence, SightlineError } from "@/lib/shared/errors";

const REMEDY = "Check DATABASE_URL.";

/**
 * Why a PostgreSQL server could not be reached, in one sentence with its remedy; codes are SQLSTATE and Node's own. The
 * password never appears.
 *
 * @param connection where the attempt went
 * @param error what the attempt threw
 */
export function describeConnectionError(connection: ClientConfig, error: unknown): SightlineError {
  const { at, user, database } = placeOf(connection);
  const code = codeOf(error);
  const say = (message: string, remedy = REMEDY): SightlineError => new SightlineError("UNAVAILABLE", message, { remedy }, { cause: error });
  switch (code) {
    case "28P01":
      return say(`The PostgreSQL server at ${at} refuses the password of the user "${user}".`);
    case "28000":
      return say(`The PostgreSQL server at ${at} does not let the user "${user}" in: ${errorSentence(error)}.`);
    case "3D000":
      return say(`The PostgreSQL server at ${at} has no database "${database}".`, `Create it ("createdb ${database}"), or correct DATABASE_URL.`);
    case "53300":
      return say(`The PostgreSQL server at ${at} has no connection left.`, "End other programs that use it, or raise its max_connections.");
    case "57P03":
      return say(`The PostgreSQL server at ${at} is starting or stopping.`, "Try again in a moment.");
    case "ECONNREFUSED":
    case "ENOENT":
      return say(`No PostgreSQL server answers at ${at}.`, "Start it, or correct DATABASE_URL.");
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return say(`The host of the PostgreSQL server, ${at}, cannot be found.`);
    case "ERR_INVALID_URL":
      return say("DATABASE_URL is not a PostgreSQL address.", "Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE, special characters of the password percent-encoded.");
    default:
      return say(`The PostgreSQL server at ${at} cannot be used: ${errorSentence(error) || code || "it gave no reason"}.`);
  }
}

// pg reads the address, so that what is said is what was tried: defaults and PGHOST included. A malformed one has no place.
function placeOf(connection: ClientConfig): { at: string; user: string; database: string } {
  try {
    const { host, port, user, database } = new pg.Client(connection);
    return { at: host.startsWith("/") ? host : `${host}:${port}`, user: user ?? "", database: database ?? "" };
  } catch {
    return { at: "the given address", user: "", database: "" };
  }
}

// A name with several addresses fails with an AggregateError: its first part says why.
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
