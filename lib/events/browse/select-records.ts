import { decodeIndexPart, type IndexEntry } from "../index-codec";

/** What the record index alone can decide of a record. Times in ms, both ends included; null asks nothing. */
export interface IndexFilter {
  readonly kind: string | null; // "family:key", or "family" for all of it
  readonly host: string | null; // part of the name, any case
  readonly from: number | null;
  readonly to: number | null;
}

/** Whether a filter asks anything at all. */
export function isOpen({ kind, host, from, to }: IndexFilter): boolean {
  return kind === null && host === null && from === null && to === null;
}

/** Whether a record of the index fits. A record without a usable time is in no range of times. */
export function fitsFilter(entry: Pick<IndexEntry, "kind" | "host" | "ms">, { kind, host, from, to }: IndexFilter): boolean {
  if (kind !== null && entry.kind !== kind && !entry.kind.startsWith(`${kind}:`)) return false;
  if (host !== null && !entry.host.toLowerCase().includes(host.toLowerCase())) return false;
  if (from === null && to === null) return true;
  return entry.ms !== null && (from === null || entry.ms >= from) && (to === null || entry.ms <= to);
}

/** The hours whose index parts can hold a record of the range; null: all of them. */
export function hoursOf({ from, to }: IndexFilter): { readonly first: number; readonly last: number } | null {
  if (from === null && to === null) return null;
  const hour = (ms: number): number => Math.floor(ms / 3_600_000);
  return { first: from === null ? 0 : hour(from), last: to === null ? Number.MAX_SAFE_INTEGER : hour(to) };
}

/** Numbers of the records of one index part that fit, in the order of the part. */
export function selectInPart(bytes: Uint8Array, filter: IndexFilter): number[] {
  const found: number[] = [];
  for (const entry of decodeIndexPart(bytes)) if (fitsFilter(entry, filter)) found.push(entry.number);
  return found;
}

/** Numbers from 1 to `total` that are not among the indexed ones: the records that were refused. */
export function refusedNumbers(indexed: readonly number[], total: number): number[] {
  const accepted = new Uint8Array(total + 1);
  for (const number of indexed) accepted[number] = 1;
  const refused: number[] = [];
  for (let number = 1; number <= total; number += 1) if (accepted[number] === 0) refused.push(number);
  return refused;
}
