import { expect, test } from "vitest";
import { shortMoney } from "@/lib/shared/format-money";
import { kneeOf } from "@/lib/shared/knee-of";
import { costOfChoice, naiveAt, nameAction } from "./plan-words";

test("an action is called by what is switched on", () => {
  const titles = { "windows-sysmon": "Sysmon for Windows" };
  expect(nameAction({ family: "windows-sysmon", collection: "windows-sysmon:7", title: null }, titles)).toBe("7 · Sysmon for Windows");
  expect(nameAction({ family: "windows-sysmon", collection: "windows-sysmon:*", title: null }, titles)).toBe("Restore Sysmon for Windows");
  expect(nameAction({ family: "windows-security", collection: "windows-security:4656,4663", title: "Object Access: File System" }, {})).toBe("Object Access: File System · windows-security");
});

test("what several actions need is counted once", () => {
  const action = { segment: 0, collection: "a:1", family: "a", title: null, kind: "buy" as const, cost: 10, licence: 0, volumeGbPerDay: 0, effortDays: 0, stated: true, kinds: [], why: "" };
  const doc = { actions: [{ ...action, needs: [0] }, { ...action, needs: [0] }], needs: [{ name: "a", segment: 0, cost: 100 }] };
  expect(costOfChoice(doc, new Set([0, 1]))).toBe(120);
});

test("money is short, the knee is where the curve bends, and the naive order never loses what it has", () => {
  expect([shortMoney(39_400, "EUR"), shortMoney(900, "EUR"), shortMoney(2_340_000, "EUR")]).toEqual(["EUR 39 k", "EUR 900", "EUR 2.34 m"]);
  const point = (cost: number, value: number) => ({ cost, value });
  expect(kneeOf([point(0, 0), point(10, 80), point(100, 100)])).toBe(1);
  expect([kneeOf([]), kneeOf([point(0, 0)])]).toEqual([0, 0]);
  expect(naiveAt({ naive: [{ cost: 5, value: 3 }, { cost: 9, value: 7 }] }, 8)).toBe(3);
});
