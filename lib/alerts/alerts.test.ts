import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Alert } from "./alert";
import { channelSchema, faultOf, type ChannelDraft } from "./channel";
import { dueDeliveries, type AlertState, type ChannelState } from "./due-deliveries";
import { settleAlerts } from "./settle-alerts";
import { writeMessage } from "./write-message";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-21T12:00:00Z");
const alert = (key: string, more: Partial<Alert> = {}): Alert => ({ key, kind: "source-silent", segmentId: "s", segment: "Servers", criticality: 5, owner: "ana", title: `${key} went silent`, why: "nothing since Monday", cells: 3, analytics: ["AN0001"], lastHost: { host: "ws-1", at: NOW - HOUR }, noHost: "", before: null, immediate: true, ...more });
const state = (id: number, more: Partial<AlertState> = {}): AlertState => ({ id, alert: alert(`a${id}`), openedAt: NOW - HOUR, closedAt: null, quietUntil: null, ...more });
const hook = (more: Partial<ChannelDraft> = {}): ChannelDraft => ({ kind: "webhook", name: "chat", url: "https://chat.example/hook", digestHour: 8, timeZone: "Europe/Berlin", ...more }) as ChannelDraft;
const channel = (more: Partial<ChannelState> = {}, draft: Partial<ChannelDraft> = {}): ChannelState => ({ id: "c", channel: channelSchema.parse(hook(draft)), createdAt: NOW - 5 * HOUR, lastDigestAt: null, told: new Set(), ...more });

describe("alerts that stand", () => {
  const keys = fc.uniqueArray(fc.constantFrom<string>("a", "b", "c", "d", "e"));
  test("after settling are exactly those found, whatever stood before", () => {
    fc.assert(
      fc.property(keys, keys, (before, found) => {
        const { opened, closed } = settleAlerts(before.map((key) => alert(key)), found.map((key) => alert(key)));
        const after = [...before.filter((key) => !closed.includes(key)), ...opened.map(({ key }) => key)];
        expect(new Set(after)).toEqual(new Set(found));
        expect(opened.every(({ key }) => !before.includes(key))).toBe(true);
      }),
    );
  });

  test("and are found again change nothing; with other numbers they change and do not open anew", () => {
    expect(settleAlerts([alert("a")], [alert("a")])).toEqual({ opened: [], changed: [], closed: [] });
    expect(settleAlerts([alert("a")], [alert("a", { cells: 4 })])).toMatchObject({ opened: [], changed: [{ key: "a", cells: 4 }], closed: [] });
  });
});

describe("what is due on a channel", () => {
  const kinds = (made: ReturnType<typeof dueDeliveries>) => made.map(({ kind, alerts }) => [kind, ...alerts]);

  test("an alert of a critical segment at once, and once; all news in one digest", () => {
    const first = dueDeliveries(channel(), [state(1), state(2, { alert: alert("b", { immediate: false }) })], NOW);
    expect(kinds(first)).toEqual([["immediate", 1], ["digest", 1, 2]]);
    expect(dueDeliveries(channel({ told: new Set(first.map(({ key }) => key)), lastDigestAt: NOW }), [state(1), state(2)], NOW + HOUR)).toHaveLength(1); // the second is news at once, and not in today's digest
  });

  test("no digest before its hour in the channel's zone, none without news, none twice a day", () => {
    const early = Date.parse("2026-11-21T06:30:00Z"); // 07:30 in Berlin
    expect(kinds(dueDeliveries(channel({ createdAt: early - HOUR }), [state(1, { openedAt: early - 60_000 })], early))).toEqual([["immediate", 1]]);
    expect(kinds(dueDeliveries(channel({ createdAt: early - HOUR }), [state(1, { openedAt: early - 60_000 })], early + HOUR))).toEqual([["immediate", 1], ["digest", 1]]);
    expect(dueDeliveries(channel({ lastDigestAt: NOW - 60_000 }, { immediate: false }), [state(1)], NOW)).toEqual([]);
    expect(dueDeliveries(channel({}, { immediate: false }), [], NOW)).toEqual([]);
  });

  test("what was mended is told in the digest to whom it was told when it opened", () => {
    const mended = state(1, { openedAt: NOW - 30 * HOUR, closedAt: NOW - HOUR });
    expect(kinds(dueDeliveries(channel({ createdAt: 0, lastDigestAt: NOW - 24 * HOUR }), [mended], NOW))).toEqual([["digest", 1]]);
    expect(dueDeliveries(channel({ createdAt: 0, lastDigestAt: NOW - 40 * HOUR }), [mended], NOW)).toEqual([]);
  });

  test("nothing of what is snoozed, acknowledged, or older than the channel at once; nothing at all when it is off", () => {
    expect(dueDeliveries(channel(), [state(1, { quietUntil: NOW + 1 }), state(2, { quietUntil: Infinity })], NOW)).toEqual([]);
    expect(kinds(dueDeliveries(channel(), [state(1, { openedAt: NOW - 6 * HOUR })], NOW))).toEqual([["digest", 1]]);
    expect(dueDeliveries(channel({}, { enabled: false }), [state(1)], NOW)).toEqual([]);
  });

  test("over any days, at most one digest a day and no alert at once twice", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ opened: fc.integer({ min: 0, max: 96 }), closed: fc.option(fc.integer({ min: 1, max: 48 })) }), { maxLength: 6 }), fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns"), (events, timeZone) => {
        const told = new Set<string>();
        let lastDigestAt: number | null = null;
        const sent: string[] = [];
        for (let hour = 0; hour < 100; hour += 1) {
          const now = NOW + hour * HOUR;
          const alerts = events.flatMap(({ opened, closed }, id) => (opened > hour ? [] : [state(id, { openedAt: NOW + opened * HOUR, closedAt: closed === null || opened + closed > hour ? null : NOW + (opened + closed) * HOUR })]));
          for (const { key, kind } of dueDeliveries(channel({ createdAt: NOW, lastDigestAt, told }, { timeZone }), alerts, now)) {
            told.add(key);
            sent.push(key);
            if (kind === "digest") lastDigestAt = now;
          }
        }
        expect(new Set(sent).size).toBe(sent.length);
        expect(sent.filter((key) => key.includes("digest")).length).toBeLessThanOrEqual(6);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a message", () => {
  test("names the cells, the owner and the host seen last, to people and to programs", () => {
    const { subject, text, json } = writeMessage("immediate", [{ id: 7, alert: alert("sysmon"), closedAt: null }], "https://sightline.example/", NOW);
    expect(subject).toBe("Sightline: sysmon went silent");
    for (const part of ["3 cells: AN0001", "Owner: ana", "ws-1", "https://sightline.example/alerts"]) expect(text).toContain(part);
    expect(json).toMatchObject({ schema: "sightline.alerts/1", alerts: [{ id: 7, key: "sysmon", lastHost: { host: "ws-1" } }] });
  });

  test("says why it names no host, where nobody was seen", () => {
    const { text } = writeMessage("immediate", [{ id: 7, alert: alert("sysmon", { lastHost: null, noHost: "No host has been seen in Servers." }), closedAt: null }], null, NOW);
    expect(text).toContain("No host has been seen in Servers.");
  });

  test("of a name with markup or line breaks carries neither", () => {
    const { subject, html } = writeMessage("immediate", [{ id: 1, alert: alert("x", { title: "a\r\nBcc: all@example.com\u2028<img src=x>" }), closedAt: null }], null, NOW);
    expect(subject).not.toMatch(/[\r\n\u2028]/);
    expect(html).not.toContain("<img");
    expect(html).not.toContain("href");
  });
});

describe("a channel", () => {
  test.each([
    [{ url: "http://chat.example/hook" }, "url"],
    [{ url: "https://ana:secret@chat.example/hook" }, "url"],
    [{ kind: "mail", host: "mail.example", from: "a@example.com", to: ["b@example.com"], security: "none", user: "ana" }, "security"],
  ])("%j is refused", (more, field) => {
    expect(faultOf(channelSchema.parse({ ...hook(), ...more }))?.field).toBe(field);
  });

  test("on this machine needs no encryption", () => {
    expect(faultOf(channelSchema.parse(hook({ url: "http://127.0.0.1:9/hook" } as Partial<ChannelDraft>)))).toBeNull();
  });
});
