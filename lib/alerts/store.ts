import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { alertSchema, FIRST_ANALYTICS, type Alert } from "./alert";
import { DELIVERY_STATES, type AlertRow, type ChannelRow, type DeliveryRow } from "./alert-rows";
import { channelSchema, type Channel } from "./channel";
import type { AlertState, ChannelState } from "./due-deliveries";
import type { Settlement } from "./settle-alerts";
import type { Message } from "./write-message";

/** Writes and reads Alert, AlertChannel and AlertDelivery. Nothing else writes them. */

const LOCK = 72707375; // until the transaction ends: two assessments, or two senders, never cross

/** Whoever changes alerts or makes deliveries takes this first. */
export async function lockAlerts(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
}

/** Alerts that are open, with all their analytics. */
export async function listOpenAlerts(db: Db | Tx): Promise<Alert[]> {
  const rows = await db.alert.findMany({ where: { closedAt: null }, select: { doc: true, analytics: true } });
  return rows.map(({ doc, analytics }) => ({ ...alertSchema.parse(doc), analytics }));
}

/** Every analytic that an alert names; null: there is no such alert. */
export async function readAlertAnalytics(db: Db | Tx, id: number): Promise<string[] | null> {
  return (await db.alert.findUnique({ where: { id }, select: { analytics: true } }))?.analytics ?? null;
}

/** How many cells some alerts concern; one that several name counts once. */
export async function countConcernedCells(db: Db | Tx, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await db.$queryRaw`select count(distinct (a."segmentId", named.analytic))::int as cells from "Alert" a, unnest(a.analytics) as named(analytic) where a.id = any(${[...ids]})`;
  return z.array(z.object({ cells: z.int() })).parse(rows)[0]?.cells ?? 0;
}

/** A list carries the first analytics of each alert, or a large fleet's would be megabytes. */
function columnsOf(alert: Alert) {
  return { doc: { ...alert, analytics: alert.analytics.slice(0, FIRST_ANALYTICS) }, analytics: [...alert.analytics] };
}

/** Writes what an assessment changed. */
export async function writeSettlement(tx: Tx, { opened, changed, closed }: Settlement, by: { readonly at: Date; readonly assessment: number }): Promise<void> {
  if (opened.length > 0) await tx.alert.createMany({ data: opened.map((alert) => ({ key: alert.key, kind: alert.kind, segmentId: alert.segmentId, ...columnsOf(alert), openedAt: by.at, openedIn: by.assessment })) });
  for (const alert of changed) await tx.alert.updateMany({ where: { key: alert.key, closedAt: null }, data: columnsOf(alert) });
  if (closed.length > 0) await tx.alert.updateMany({ where: { key: { in: [...closed] }, closedAt: null }, data: { closedAt: by.at, closedIn: by.assessment } });
}

/** Alerts with the first of their analytics. @param filter segmentIds absent: every segment. closedSince: closed ones that recent too; null: open ones only */
export async function listAlertRows(db: Db | Tx, filter: { readonly segmentIds?: readonly string[] | undefined; readonly ids?: readonly number[]; readonly closedSince?: Date | null }): Promise<AlertRow[]> {
  const { segmentIds, ids, closedSince = null } = filter;
  const rows = await db.alert.findMany({
    where: {
      ...(segmentIds === undefined ? {} : { segmentId: { in: [...segmentIds] } }),
      ...(ids === undefined ? { OR: [{ closedAt: null }, ...(closedSince === null ? [] : [{ closedAt: { gte: closedSince } }])] } : { id: { in: [...ids] } }),
    },
    orderBy: [{ openedAt: "desc" }, { id: "asc" }],
    omit: { analytics: true },
  });
  return rows.map(({ id, doc, openedAt, openedIn, closedAt, closedIn, acknowledged, quietUntil, quietBy, quietReason }) => ({ id, alert: alertSchema.parse(doc), openedAt: openedAt.toISOString(), openedIn, closedAt: closedAt?.toISOString() ?? null, closedIn, acknowledged: acknowledged?.toISOString() ?? null, quietUntil: quietUntil?.toISOString() ?? null, quietBy, quietReason }));
}

/** How many alerts are open and neither acknowledged nor snoozed. */
export async function countLoudAlerts(db: Db | Tx, segmentIds: readonly string[] | undefined, now: Date): Promise<number> {
  return db.alert.count({ where: { closedAt: null, acknowledged: null, ...(segmentIds === undefined ? {} : { segmentId: { in: [...segmentIds] } }), OR: [{ quietUntil: null }, { quietUntil: { lte: now } }] } });
}

/** Acknowledges or snoozes alerts, or takes that back. */
export async function writeQuiet(tx: Tx, ids: readonly number[], quiet: { readonly acknowledged: Date | null; readonly until: Date | null; readonly by: string | null; readonly reason: string | null }): Promise<void> {
  await tx.alert.updateMany({ where: { id: { in: [...ids] } }, data: { acknowledged: quiet.acknowledged, quietUntil: quiet.until, quietBy: quiet.by, quietReason: quiet.reason } });
}

/** Every channel, oldest first. */
export async function listChannels(db: Db | Tx): Promise<ChannelRow[]> {
  const rows = await db.alertChannel.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return rows.map(({ id, doc, secret, createdAt, createdBy }) => ({ id, channel: channelSchema.parse(doc), hasSecret: secret !== "", createdAt: createdAt.toISOString(), createdBy }));
}

/** What the sender of a channel needs; null when it is gone. */
export async function readChannelSecret(db: Db | Tx, id: string): Promise<{ readonly channel: Channel; readonly secret: string } | null> {
  const row = await db.alertChannel.findUnique({ where: { id } });
  return row === null ? null : { channel: channelSchema.parse(row.doc), secret: row.secret };
}

/** Writes a channel. @param secret undefined: as it was. @returns its id */
export async function writeChannel(tx: Tx, id: string | null, channel: Channel, secret: string | undefined, by: { readonly at: Date; readonly actor: string }): Promise<string> {
  const doc = { ...channel };
  if (id !== null) {
    await tx.alertChannel.update({ where: { id }, data: { doc, updatedAt: by.at, ...(secret === undefined ? {} : { secret }) } });
    return id;
  }
  const row = await tx.alertChannel.create({ data: { doc, secret: secret ?? "", createdAt: by.at, createdBy: by.actor, updatedAt: by.at }, select: { id: true } });
  return row.id;
}

/** Deletes a channel and what it sent. */
export async function deleteChannel(tx: Tx, id: string): Promise<void> {
  await tx.alertChannel.delete({ where: { id } });
}

/** What decides which deliveries are due. */
export async function readDeliveryGround(db: Db | Tx, since: Date): Promise<{ readonly channels: readonly ChannelState[]; readonly alerts: readonly AlertState[] }> {
  const [channels, alerts, made] = await Promise.all([
    db.alertChannel.findMany(),
    listAlertRows(db, { closedSince: since }),
    db.alertDelivery.findMany({ where: { kind: { not: "test" } }, select: { key: true, channelId: true, kind: true, createdAt: true } }),
  ]);
  return {
    channels: channels.map(({ id, doc, createdAt }): ChannelState => {
      const own = made.filter(({ channelId }) => channelId === id);
      const digests = own.filter(({ kind }) => kind === "digest").map((one) => one.createdAt.getTime());
      return { id, channel: channelSchema.parse(doc), createdAt: createdAt.getTime(), lastDigestAt: digests.length === 0 ? null : Math.max(...digests), told: new Set(own.map(({ key }) => key)) };
    }),
    alerts: alerts.map(({ id, alert, openedAt, closedAt, acknowledged, quietUntil }) => ({ id, alert, openedAt: Date.parse(openedAt), closedAt: closedAt === null ? null : Date.parse(closedAt), quietUntil: acknowledged !== null ? Infinity : quietUntil === null ? null : Date.parse(quietUntil) })),
  };
}

const messageSchema = z.object({ subject: z.string(), text: z.string(), html: z.string(), body: z.string() });
export type StoredMessage = z.infer<typeof messageSchema>;

/** Puts a delivery into the outbox; one with its key that is there already stays alone. @returns its id, null when it was there */
export async function insertDelivery(tx: Tx, delivery: { readonly key: string; readonly channelId: string; readonly kind: DeliveryRow["kind"]; readonly alerts: readonly number[]; readonly message: Message; readonly at: Date }): Promise<number | null> {
  const { key, channelId, kind, alerts, message, at } = delivery;
  const rows = await tx.alertDelivery.createManyAndReturn({ data: [{ key, channelId, kind, alerts: [...alerts], message: { subject: message.subject, text: message.text, html: message.html, body: JSON.stringify(message.json) }, state: "queued", nextAt: at, createdAt: at }], skipDuplicates: true, select: { id: true } });
  return rows[0]?.id ?? null;
}

/** Takes the next delivery that is due, for this sender alone: from now on it is "sending". */
export async function claimDelivery(tx: Tx, now: Date): Promise<{ readonly id: number; readonly channelId: string; readonly attempts: number; readonly message: StoredMessage } | null> {
  await lockAlerts(tx);
  const row = await tx.alertDelivery.findFirst({ where: { state: "queued", nextAt: { lte: now } }, orderBy: [{ nextAt: "asc" }, { id: "asc" }] });
  if (row === null) return null;
  await tx.alertDelivery.update({ where: { id: row.id }, data: { state: "sending", attempts: row.attempts + 1, nextAt: now } });
  return { id: row.id, channelId: row.channelId, attempts: row.attempts + 1, message: messageSchema.parse(row.message) };
}

/** Writes how an attempt ended. nextAt: when it is tried again; state queued alone. */
export async function endDelivery(tx: Tx, id: number, end: { readonly state: "sent" | "failed" | "queued"; readonly error: string | null; readonly at: Date; readonly nextAt?: Date }): Promise<void> {
  await tx.alertDelivery.updateMany({ where: { id, state: "sending" }, data: { state: end.state, error: end.error, nextAt: end.nextAt ?? end.at, endedAt: end.state === "queued" ? null : end.at } });
}

/** What a sender that died was sending may have arrived: it is not sent again by itself. @returns how many */
export async function markUnconfirmed(tx: Tx, before: Date, now: Date): Promise<number> {
  const { count } = await tx.alertDelivery.updateMany({ where: { state: "sending", nextAt: { lt: before } }, data: { state: "unconfirmed", error: "The server stopped while it was sending: it may have arrived.", endedAt: now } });
  return count;
}

/** Whether something waits to be sent. */
export async function hasDueDelivery(db: Db | Tx, now: Date): Promise<boolean> {
  return (await db.alertDelivery.count({ where: { state: "queued", nextAt: { lte: now } } })) > 0;
}

/** The newest deliveries. */
export async function listDeliveries(db: Db | Tx, limit: number): Promise<DeliveryRow[]> {
  const rows = await db.alertDelivery.findMany({ orderBy: { id: "desc" }, take: limit, omit: { message: true } });
  const schema = z.object({ kind: z.enum(["immediate", "digest", "test"]), state: z.enum(DELIVERY_STATES) });
  return rows.map(({ id, channelId, alerts, attempts, error, createdAt, endedAt, ...row }) => ({ id, channelId, alerts, attempts, error, createdAt: createdAt.toISOString(), endedAt: endedAt?.toISOString() ?? null, ...schema.parse(row) }));
}

/** Puts a delivery that failed, or whose end is not known, into the queue again. @returns false when it is neither */
export async function requeueDelivery(tx: Tx, id: number, now: Date): Promise<boolean> {
  const { count } = await tx.alertDelivery.updateMany({ where: { id, state: { in: ["failed", "unconfirmed"] } }, data: { state: "queued", attempts: 0, nextAt: now, error: null, endedAt: null } });
  return count > 0;
}
