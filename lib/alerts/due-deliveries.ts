import type { Alert } from "./alert";
import type { Channel } from "./channel";

/** An open or closed alert with its history, as far as deliveries need it. Times in ms. */
export interface AlertState {
  readonly id: number;
  readonly alert: Alert;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly quietUntil: number | null; // snoozed or acknowledged: not sent before; Infinity for ever
}

/** What goes to a channel now. key: made once, whatever happens, so that nothing is sent twice. */
export interface DueDelivery {
  readonly key: string;
  readonly kind: "immediate" | "digest";
  readonly alerts: readonly number[]; // ids
}

/** A channel and what was sent by it. told: keys of deliveries that were made; lastDigestAt: of the newest digest, ms. */
export interface ChannelState {
  readonly id: string;
  readonly channel: Channel;
  readonly createdAt: number;
  readonly lastDigestAt: number | null;
  readonly told: ReadonlySet<string>;
}

/**
 * What is due on a channel: each alert of a critical segment once and at once; everything that opened or was mended since the last
 * digest, at most once a day, from the stated hour in the channel's zone on. No news, no digest. What stood before the channel
 * was made is in its first digest, and is never sent at once. Pure.
 */
export function dueDeliveries(state: ChannelState, alerts: readonly AlertState[], now: number): DueDelivery[] {
  const { id, channel, createdAt, told } = state;
  if (!channel.enabled) return [];
  const quiet = ({ quietUntil }: AlertState): boolean => quietUntil !== null && quietUntil > now;
  const immediate = channel.immediate ? alerts.filter((one) => one.alert.immediate && one.closedAt === null && one.openedAt >= createdAt && !quiet(one)) : [];
  const due = immediate.map((one): DueDelivery => ({ key: `${id} immediate ${one.id}`, kind: "immediate", alerts: [one.id] })).filter(({ key }) => !told.has(key));
  const digest = digestOf(state, alerts.filter((one) => !quiet(one)), now);
  return digest === null ? due : [...due, digest];
}

function digestOf({ id, channel: { digestHour, timeZone }, lastDigestAt, told }: ChannelState, alerts: readonly AlertState[], now: number): DueDelivery | null {
  if (digestHour === null) return null;
  const { day, hour } = localTime(now, timeZone);
  const key = `${id} digest ${day}`;
  if (hour < digestHour || told.has(key)) return null;
  const since = lastDigestAt ?? -Infinity;
  const news = alerts.filter(({ openedAt, closedAt }) => (closedAt === null ? openedAt > since : closedAt > since && openedAt <= since));
  return news.length === 0 ? null : { key, kind: "digest", alerts: news.map((one) => one.id) };
}

/** The day and hour of an instant in a zone. */
function localTime(ms: number, timeZone: string): { readonly day: string; readonly hour: number } {
  const parts = new Map(new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", hourCycle: "h23" }).formatToParts(ms).map(({ type, value }) => [type, value]));
  return { day: `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`, hour: Number(parts.get("hour")) };
}
