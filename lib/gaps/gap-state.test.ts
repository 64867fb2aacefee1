import { expect, test } from "vitest";
import { decideChange, isLapsed, NEW_GAP, stateOn, type GapChange, type GapDecision } from "./gap-state";

const TODAY = "2026-11-21";
const change = (wish: GapChange, current: GapDecision = NEW_GAP) => decideChange(current, wish, TODAY);

test.each<[string, GapChange, string]>([
  ["without a reason", { state: "accepted", owner: "Ada", expires: "2027-01-01" }, "reason"],
  ["without an owner", { state: "accepted", reason: "lab", expires: "2027-01-01" }, "owner"],
  ["without a last day", { state: "accepted", reason: "lab", owner: "Ada" }, "last day"],
  ["for more than twelve months", { state: "accepted", reason: "lab", owner: "Ada", expires: "2027-11-22" }, "12 months"],
  ["until yesterday", { state: "accepted", reason: "lab", owner: "Ada", expires: "2026-11-20" }, "past"],
])("a risk is not accepted %s", (_, wish, says) => expect(() => change(wish)).toThrow(says));

test("a risk is accepted with reason, owner and last day, and is open again when that is over", () => {
  const { next, notes } = change({ state: "accepted", reason: "lab", owner: "Ada", expires: "2027-11-21" });
  expect(next).toEqual({ state: "accepted", closing: null, owner: "Ada", due: null, reason: "lab", expires: "2027-11-21" });
  expect(notes).toEqual([{ kind: "state", text: "open → accepted risk until 2027-11-21: lab" }, { kind: "owner", text: "Owner nobody → Ada" }]);
  expect([isLapsed(next, "2027-11-21"), isLapsed(next, "2027-11-22")]).toEqual([false, true]);
  expect(stateOn(next, "2027-11-22")).toBe("open");
  expect(decideChange(next, { owner: "Ben" }, "2027-11-22").next).toMatchObject({ state: "open", expires: null, owner: "Ben" });
});

test("only an accepted risk has a last day, and leaving it forgets reason and day", () => {
  expect(() => change({ state: "planned", expires: "2027-01-01" })).toThrow("Only an accepted risk");
  const accepted = change({ state: "accepted", reason: "lab", owner: "Ada", expires: "2027-01-01" }).next;
  expect(decideChange(accepted, { state: "planned", due: "2026-12-24" }, TODAY).next).toEqual({ state: "planned", closing: null, owner: "Ada", due: "2026-12-24", reason: "", expires: null });
});

test("done is somebody's word; what is wished twice changes nothing the second time", () => {
  const done = change({ state: "done", reason: "agent is out" });
  expect(done.next).toMatchObject({ state: "done", closing: "word" });
  expect(change({ state: "done" }, done.next)).toEqual({ next: done.next, notes: [] });
  expect(change({ state: "done" }, { ...done.next, closing: "proven" }).next.closing).toBe("proven");
});

test("a due date is a date or none", () => {
  expect(() => change({ due: "2026-02-30" })).toThrow("not a date");
  expect(change({ due: null }, { ...NEW_GAP, due: "2026-12-24" })).toMatchObject({ next: { due: null }, notes: [{ text: "Due 2026-12-24 → no date" }] });
});
