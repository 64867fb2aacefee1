import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimDelivery, listDeliveries } from "@/lib/alerts/store";
import { withTransaction } from "@/lib/db/with-transaction";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { addExclusion } from "./add-exclusion";
import { createSegment } from "./create-segment";
import { deliverAlerts } from "./deliver-alerts";
import { getAlert } from "./get-alert";
import { getAlertsView } from "./get-alerts-view";
import { listAlerts } from "./list-alerts";
import { loadStarterCatalog } from "./load-starter-catalog";
import { prepareAssessment } from "./prepare-assessment";
import { quietAlerts } from "./quiet-alerts";
import { removeAlertChannel } from "./remove-alert-channel";
import { resendDelivery } from "./resend-delivery";
import { runJobInline } from "./run-job-inline";
import { setAlertChannel } from "./set-alert-channel";
import { testAlertChannel } from "./test-alert-channel";

const HOUR = 3_600_000;
let now = new Date("2026-11-21T06:00:00Z");
let t: TestDatabase;
const posted: { body: string; signature: string }[] = [];
const mails: string[] = [];
let refuse = false;

const hooks = createServer((request, response) => {
  let body = "";
  request.on("data", (part: Buffer) => (body += part.toString()));
  request.on("end", () => {
    if (!refuse) posted.push({ body, signature: String(request.headers["x-sightline-signature"]) });
    response.writeHead(refuse ? 503 : 204).end();
  });
});
const post = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, _session, done) {
    let text = "";
    stream.on("data", (part: Buffer) => (text += part.toString()));
    stream.on("end", () => {
      mails.push(text);
      done();
    });
  },
});
const portOf = (address: AddressInfo | string | null): number => (typeof address === "object" && address !== null ? address.port : 0);

beforeAll(async () => {
  t = await startTestDatabase(() => now);
  await Promise.all([new Promise<void>((done) => hooks.listen(0, "127.0.0.1", done)), new Promise<void>((done) => post.listen(0, "127.0.0.1", done))]);
  await loadStarterCatalog(t.ctx);
  await createSegment(t.ctx, { name: "Payments", platforms: [{ name: "Windows", hosts: 10 }], assets: 10, criticality: 5, owner: "ana", tags: [], timeZone: null, target: { value: 800_000, date: "2026-11-20", owner: "ben" } });
});
afterAll(async () => {
  hooks.close();
  await new Promise<void>((done) => post.close(done));
  await t?.stop();
});

const assess = () => t.ctx && prepareAssessment(t.ctx, {}).then((job) => runJobInline(t.ctx, job));
const hook = { kind: "webhook", name: "chat", digestHour: 8, timeZone: "UTC" } as const;

test("channels keep their secret to themselves, and one that would leak it is refused", async () => {
  await expect(setAlertChannel(t.ctx, { id: null, channel: { ...hook, url: "http://chat.example/" } })).rejects.toMatchObject({ place: { field: "url" } });
  await setAlertChannel(t.ctx, { id: null, channel: { ...hook, url: `http://127.0.0.1:${portOf(hooks.address())}/` }, secret: "swordfish" });
  await setAlertChannel(t.ctx, { id: null, channel: { kind: "mail", name: "post", host: "127.0.0.1", port: portOf(post.server.address()), security: "none", from: "sightline@example.com", to: ["soc@example.com"], digestHour: 8 } });
  const view = await getAlertsView(t.ctx);
  expect(view.channels.map(({ channel, hasSecret }) => [channel.name, hasSecret]).sort()).toEqual([["chat", true], ["post", false]]);
  expect(JSON.stringify(view)).not.toContain("swordfish");
  await expect(setAlertChannel(t.ctx, { id: null, channel: { ...hook, url: "https://other.example/" } })).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a test of a channel arrives at once, as a signed request and as a mail", async () => {
  expect(await testAlertChannel(t.ctx, "chat")).toMatchObject({ kind: "test", state: "sent" });
  expect(await testAlertChannel(t.ctx, "post")).toMatchObject({ kind: "test", state: "sent" });
  expect(posted[0]?.signature).toMatch(/^sha256=[0-9a-f]{64}$/);
  expect(mails[0]).toContain("Sightline: a test of this channel");
});

test("an assessment opens alerts, and the next one that finds them again opens none", async () => {
  await assess();
  const [missed] = await listAlerts(t.ctx);
  expect(missed).toMatchObject({ alert: { kind: "target-missed", owner: "ben", segment: "Payments", noHost: "No host has been seen in Payments." } });
  expect(missed?.alert.analytics).toHaveLength(20); // the list names the first; by itself it names every one
  const whole = await getAlert(t.ctx, missed?.id ?? 0);
  expect(whole.alert.analytics).toHaveLength(whole.alert.cells);
  expect(whole.alert.cells).toBeGreaterThan(20);
  expect(await getAlertsView(t.ctx, { kinds: [], segment: null, unfold: missed?.id ?? 0 })).toMatchObject({ concerned: whole.alert.cells, loud: [{ id: missed?.id }], unfolded: { analytics: whole.alert.analytics } });
  expect(await getAlertsView(t.ctx, { kinds: ["source-silent"], segment: null, unfold: missed?.id ?? 0 })).toMatchObject({ concerned: 0, loud: [], everything: [{ id: missed?.id }], unfolded: null });
  await expect(getAlert(t.ctx, 99_999)).rejects.toMatchObject({ code: "NOT_FOUND" });
  now = new Date(now.getTime() + 60_000);
  await assess();
  expect(await listAlerts(t.ctx)).toHaveLength(1);
});

test("the digest waits for its hour, goes to every channel, and goes once a day whatever restarts", async () => {
  posted.length = 0;
  mails.length = 0;
  expect(await deliverAlerts(t.ctx)).toEqual({ sent: 0, failed: 0 });
  now = new Date("2026-11-21T08:30:00Z");
  expect(await deliverAlerts(t.ctx)).toEqual({ sent: 2, failed: 0 });
  expect(JSON.parse(posted[0]?.body ?? "")).toMatchObject({ schema: "sightline.alerts/1", kind: "digest", alerts: [{ kind: "target-missed" }] });
  expect(mails[0]).toContain("missed its target");
  now = new Date(now.getTime() + 2 * HOUR);
  expect(await deliverAlerts(t.ctx)).toEqual({ sent: 0, failed: 0 });
});

test("what is not taken is tried again later, and its reason is listed; what is mended closes itself", async () => {
  now = new Date("2026-11-22T09:00:00Z");
  await addExclusion(t.ctx, { analytic: "AN0748", segment: "Payments", reason: "moved", owner: "cy", expires: "2026-11-30" });
  await assess();
  refuse = true;
  expect(await deliverAlerts(t.ctx)).toEqual({ sent: 1, failed: 1 });
  expect((await listDeliveries(t.db, 5)).find(({ error }) => error !== null)).toMatchObject({ state: "queued", attempts: 1, error: "it answered 503" });
  refuse = false;
  expect(await deliverAlerts(t.ctx)).toEqual({ sent: 0, failed: 0 });
  now = new Date(now.getTime() + 90_000);
  expect(await deliverAlerts(t.ctx)).toEqual({ sent: 1, failed: 0 });
  now = new Date("2026-12-02T09:00:00Z");
  await assess();
  const closed = (await listAlerts(t.ctx, { closed: true })).find(({ alert }) => alert.kind === "exclusion-ending");
  expect(closed?.closedAt).not.toBeNull();
});

test("what a sender that died was sending is not sent again by itself, but on demand", async () => {
  await deliverAlerts(t.ctx);
  await withTransaction(t.db, (tx) => tx.alertDelivery.updateMany({ where: { kind: "test" }, data: { state: "queued", nextAt: now } }));
  const claimed = await withTransaction(t.db, (tx) => claimDelivery(tx, now));
  await withTransaction(t.db, (tx) => tx.alertDelivery.updateMany({ where: { state: "queued" }, data: { state: "sent" } }));
  now = new Date(now.getTime() + HOUR);
  expect(await deliverAlerts(t.ctx)).toEqual({ sent: 0, failed: 0 });
  expect((await listDeliveries(t.db, 50)).find(({ id }) => id === claimed?.id)).toMatchObject({ state: "unconfirmed" });
  await resendDelivery(t.ctx, claimed?.id ?? 0);
  expect(await deliverAlerts(t.ctx)).toEqual({ sent: 1, failed: 0 });
  await expect(resendDelivery(t.ctx, claimed?.id ?? 0)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("alerts are acknowledged and snoozed with a reason, and woken", async () => {
  const [first] = await listAlerts(t.ctx);
  const ids = [first?.id ?? 0];
  await expect(quietAlerts(t.ctx, { ids, how: "acknowledge" })).rejects.toMatchObject({ place: { field: "reason" } });
  await expect(quietAlerts(t.ctx, { ids, how: "snooze", reason: "later", until: "2029-01-01" })).rejects.toMatchObject({ place: { field: "until" } });
  await quietAlerts(t.ctx, { ids, how: "snooze", reason: "change freeze", until: "2026-12-20" });
  expect((await listAlerts(t.ctx))[0]).toMatchObject({ quietReason: "change freeze" });
  await quietAlerts(t.ctx, { ids, how: "wake" });
  expect((await listAlerts(t.ctx))[0]).toMatchObject({ quietReason: null, quietUntil: null });
  await expect(quietAlerts(t.ctx, { ids: [99_999], how: "wake" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await removeAlertChannel(t.ctx, "chat")).toBe("chat");
});
