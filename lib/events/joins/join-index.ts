import { deflateRawSync, inflateRawSync } from "node:zlib";
import { SightlineError } from "@/lib/shared/errors";

/** By what two records can be told to belong together. parent: the second record's parent is the first record's process; session: the logon or audit session of a host. */
export const JOIN_KEYS = ["process", "process-number", "parent", "session", "user", "connection", "host"] as const;
export type JoinKey = (typeof JOIN_KEYS)[number];

/** Where keys of one kind are looked up; parents are processes, so "parent" looks into "process" and "process-number". */
export const JOIN_SPACES = ["process", "process-number", "user", "connection", "host", "session"] as const;
export type JoinSpace = (typeof JOIN_SPACES)[number];

/** Keys kept per space and file, by smallest hash: every file keeps the same ones, so that chains over files are found. */
export const MOST_JOIN_KEYS = 10_000;
/** Minutes kept per key and record kind. */
export const MOST_MINUTES = 16;

/** The records of one kind under one key within one minute: the first and the last, and how many. */
export interface JoinMinute {
  first: number; // ms
  firstRecord: number;
  last: number;
  lastRecord: number;
  count: number;
}

/** role "self": the record is about the process; "child": it names the process as its parent. more: further minutes were left out. */
export interface JoinOccurrence {
  readonly kind: number; // position in kinds
  readonly role: "self" | "child";
  more: boolean;
  readonly minutes: JoinMinute[];
}

/** capped: there were more keys than are kept. */
export interface JoinKeys {
  readonly capped: boolean;
  readonly keys: readonly { readonly hash: number; readonly seen: readonly JoinOccurrence[] }[];
}

/** Who did what, in a bounded form that answers whether records of two kinds join. kinds: record kind ids, by position. */
export interface JoinIndex {
  readonly version: 1;
  readonly kinds: readonly string[];
  readonly spaces: Readonly<Record<JoinSpace, JoinKeys>>;
}

/** As it is stored: about 20 bytes per key. */
export function encodeJoinIndex({ kinds, spaces }: JoinIndex): Uint8Array {
  const short = JOIN_SPACES.map((name) => {
    const { capped, keys } = spaces[name];
    return [capped ? 1 : 0, keys.map(({ hash, seen }) => [hash, ...seen.map(({ kind, role, more, minutes }) => [kind, role === "self" ? 0 : 1, more ? 1 : 0, ...minutes.map(({ first, firstRecord, last, lastRecord, count }) => (count === 1 ? [first, firstRecord] : [first, firstRecord, last - first, lastRecord, count]))])])];
  });
  return deflateRawSync(Buffer.from(JSON.stringify([1, kinds, short])), { level: 6 });
}

/** Past this an index was not written by encodeJoinIndex. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Checked by hand: a file may hold a hundred thousand keys, and an assessment reads the indexes of a whole segment.
 *
 * @throws SightlineError INVALID for bytes that are no index
 */
export function decodeJoinIndex(bytes: Uint8Array): JoinIndex {
  const read = parse(bytes);
  const [version, kinds, spaces] = Array.isArray(read) ? read : [];
  const [process, processNumber, user, connection, host, session] = Array.isArray(spaces) ? spaces.map(readSpace) : [];
  const names = Array.isArray(kinds) ? kinds.filter((kind) => typeof kind === "string") : [];
  if (version !== 1 || !process || !processNumber || !user || !connection || !host || session === null) {
    throw new SightlineError("INVALID", "A join index cannot be read.", { remedy: "Run sightline events rederive." });
  }
  return { version, kinds: names, spaces: { process, "process-number": processNumber, user, connection, host, session: session ?? NO_KEYS } }; // older ones have no sessions
}

const NO_KEYS: JoinKeys = { capped: false, keys: [] };

function readSpace(space: unknown): JoinKeys | null {
  const [capped, keys]: unknown[] = Array.isArray(space) ? space : [];
  if (typeof capped !== "number" || !Array.isArray(keys)) return null;
  const found: { hash: number; seen: JoinOccurrence[] }[] = [];
  for (const key of keys) {
    const [hash, ...seen]: unknown[] = Array.isArray(key) ? key : [];
    const occurrences = seen.map(readOccurrence);
    if (typeof hash !== "number" || occurrences.includes(null)) return null;
    found.push({ hash, seen: occurrences.filter((one) => one !== null) });
  }
  return { capped: capped === 1, keys: found };
}

function readOccurrence(occurrence: unknown): JoinOccurrence | null {
  const [kind, role, more, ...minutes]: unknown[] = Array.isArray(occurrence) ? occurrence : [];
  if (typeof kind !== "number" || !minutes.every(isNumbers)) return null;
  return { kind, role: role === 0 ? "self" : "child", more: more === 1, minutes: minutes.map(readMinute) };
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((one) => typeof one === "number");
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(inflateRawSync(bytes, { maxOutputLength: MOST_BYTES }).toString("utf8"));
  } catch {
    return null; // cut or changed: the schema refuses it
  }
}

function readMinute([first = 0, firstRecord = 0, length = 0, lastRecord = firstRecord, count = 1]: readonly number[]): JoinMinute {
  return { first, firstRecord, last: first + length, lastRecord, count };
}
