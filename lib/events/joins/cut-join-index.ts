import type { JoinIndex, JoinMinute, JoinSpace } from "./join-index";

/**
 * A join index without what lies outside [from, to] in ms. Of a minute that the edge divides, the end inside is kept; what was
 * between its first and last record is then unknown, so that "more" is set.
 */
export function cutJoinIndex(index: JoinIndex, { from, to }: { readonly from: number; readonly to: number }): JoinIndex {
  const cut = (space: JoinSpace): JoinIndex["spaces"][JoinSpace] => {
    const { capped, keys } = index.spaces[space];
    const kept = keys.map(({ hash, seen }) => ({
      hash,
      seen: seen.flatMap((occurrence) => {
        const whole = occurrence.minutes.filter(({ first, last }) => first >= from && last <= to);
        if (whole.length === occurrence.minutes.length) return [occurrence];
        const divided = occurrence.minutes.filter(({ first, last }) => (first < from && last >= from) || (first <= to && last > to));
        const minutes = [...whole, ...divided.flatMap((minute) => inside(minute, from, to))];
        return minutes.length === 0 ? [] : [{ ...occurrence, minutes, more: occurrence.more || divided.some(({ count }) => count > 2) }];
      }),
    }));
    return { capped, keys: kept.filter(({ seen }) => seen.length > 0) };
  };
  const spaces = { process: cut("process"), "process-number": cut("process-number"), user: cut("user"), connection: cut("connection"), host: cut("host"), session: cut("session") };
  return { ...index, spaces };
}

function inside({ first, firstRecord, last, lastRecord }: JoinMinute, from: number, to: number): JoinMinute[] {
  const single = (ms: number, record: number): JoinMinute => ({ first: ms, firstRecord: record, last: ms, lastRecord: record, count: 1 });
  return [...(first >= from && first <= to ? [single(first, firstRecord)] : []), ...(last >= from && last <= to ? [single(last, lastRecord)] : [])];
}
