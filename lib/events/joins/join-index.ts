import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { SightlineError } from "@/lib/shared/errors";

/** By what two records can be told to belong together. parent: the second record's parent is the first record's process. */
export const JOIN_KEYS = ["process", "process-number", "parent", "user", "connection", "host"] as const;
export type JoinKey = (typeof JOIN_KEYS)[number];

/** Where keys of one kind are looked up; parents are processes, so "parent" looks into "process" and "process-number". */
export const JOIN_SPACES = ["process", "process-number", "user", "connection", "host"] as const;
export type JoinSpace = (typeof JOIN_SPACES)[number];

/** Keys kept per space and file, by smallest hash: every file keeps the same ones, so that chains over files are found. */
export const MOST_JOIN_KEYS = 2_000;
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

const number = z.number().int();
const shortOccurrence = z.tuple([number, number, number]).rest(z.array(number));
const shortKey = z.tuple([number]).rest(shortOccurrence);
const stored = z.tuple([z.literal(1), z.array(z.string()), z.array(z.tuple([number, z.array(shortKey)]))]);

/** Past this an index was not written by encodeJoinIndex. */
const MOST_BYTES = 256 * 1024 * 1024;

/** @throws SightlineError INVALID for bytes that are no index */
export function decodeJoinIndex(bytes: Uint8Array): JoinIndex {
  const read = stored.safeParse(parse(bytes));
  if (!read.success) throw new SightlineError("INVALID", "A join index cannot be read.", { remedy: "Run sightline events rederive." });
  const [version, kinds, short] = read.data;
  const spaceAt = (position: number) => {
    const [capped, keys] = short[position] ?? [0, []];
    return { capped: capped === 1, keys: keys.map(([hash, ...seen]) => ({ hash, seen: seen.map(([kind, role, more, ...minutes]): JoinOccurrence => ({ kind, role: role === 0 ? "self" : "child", more: more === 1, minutes: minutes.map(readMinute) })) })) };
  };
  return { version, kinds, spaces: { process: spaceAt(0), "process-number": spaceAt(1), user: spaceAt(2), connection: spaceAt(3), host: spaceAt(4) } };
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
