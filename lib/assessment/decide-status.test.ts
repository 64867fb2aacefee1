import { expect, test } from "vitest";
import { criticalOf, decideStatus, type StatusFacts } from "./decide-status";

const need = (state: "proven" | "claimed" | "nothing", critical = true) => ({ critical, proven: state === "proven", claimed: state === "claimed" });
const [P, C, N] = [need("proven"), need("claimed"), need("nothing")];
const facts = (requirements: readonly ReturnType<typeof need>[], changes: Partial<StatusFacts> = {}): StatusFacts => ({ requirements: criticalOf(requirements), joins: [], unassessable: null, tested: false, ...changes });

test.each([
  ["nothing known", facts([N, N]), "blind", 0],
  ["one of two claimed", facts([C, N]), "blind", 0],
  ["all claimed", facts([C, C]), "declared", 0],
  ["one proven, one claimed", facts([P, C]), "partial", 1],
  ["one proven, one unknown", facts([P, N]), "partial", 1],
  ["all proven", facts([P, P]), "observed", 2],
  ["all proven and tested", facts([P, P], { tested: true }), "validated", 2],
  ["a test without proof", facts([P, C], { tested: true }), "partial", 1],
  ["all proven, joined", facts([P, P], { joins: [{ edge: "e", state: "joined" }], tested: true }), "validated", 2],
  ["all proven, one edge does not join", facts([P, P], { joins: [{ edge: "e", state: "joined" }, { edge: "f", state: "not-joined" }], tested: true }), "partial", 2],
  ["all proven, joins not computed", facts([P, P], { joins: [{ edge: "e", state: "not-computed" }] }), "partial", 2],
  ["a claimed chain whose joins are not computed", facts([C, C], { joins: [{ edge: "e", state: "not-computed" }] }), "declared", 0],
  ["what is not critical does not count", facts([P, need("nothing", false)]), "observed", 1],
  ["proof of what is not critical does not count", facts([C, need("proven", false)]), "declared", 0],
  ["none critical: all are", facts([need("proven", false), need("nothing", false)]), "partial", 1],
  ["no requirement", facts([]), "unassessable", 0],
  ["no carrier, whatever is proven", facts([P], { unassessable: "no carrier" }), "unassessable", 1],
] as const)("%s", (_, given, status, proven) => {
  expect(decideStatus(given)).toMatchObject({ status, proven });
});
