/** Codes of Prisma and SQLSTATEs that say: the server ended the connection, is starting or stopping, or does not answer. */
const CODES = new Set(["P1001", "P1002", "P1017", "57P01", "57P02", "57P03", "08000", "08001", "08003", "08006"]);
const KINDS = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout"]);
/** What the driver throws with no code at all, and a socket that only PostgreSQL has. */
const WORDS = /^Connection terminated|Client has encountered a connection error and is not queryable|Connection ended unexpectedly|^timeout exceeded when trying to connect|\.s\.PGSQL\.\d+/;

/**
 * Whether a thrown value says that the database went away while it was in use: stopped, restarted, killed, out of reach. Drivers
 * and layers between say it in many forms, some with a code, some with words alone.
 */
function isLostDatabase(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = textOf(error, "code");
  if (CODES.has(code) || WORDS.test(error.message)) return true;
  if (error.name.startsWith("PrismaClient") && /^E[A-Z]+$/.test(code)) return true; // a system error of the connection, wrapped
  const cause = partOf(partOf(partOf(error, "meta"), "driverAdapterError"), "cause") ?? error.cause;
  return CODES.has(textOf(cause, "originalCode")) || KINDS.has(textOf(cause, "kind"));
}

/** The same in words (part of a sentence, without a full stop) and what to do; null for every other value. */
export function lostDatabase(error: unknown): { readonly words: string; readonly remedy: string } | null {
  if (!isLostDatabase(error)) return null;
  return { words: "the database went away in the middle of this", remedy: "What was finished is kept and nothing is half-written: make sure that the database runs, then do it again." };
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function textOf(value: unknown, key: string): string {
  const part = partOf(value, key);
  return typeof part === "string" ? part : "";
}
