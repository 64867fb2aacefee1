import { expect, test } from "vitest";
import { assess } from "@/lib/assessment/assess";
import { makeAlternative, makeAnalytic, makeClaim, makeInput, makeRequirement } from "@/lib/assessment/testing/make-input";
import { acceptReadings } from "./accept-readings";

const TABLE = "macos-osquery:kernel_extensions";
const READING = `${TABLE}#snapshot`;
const asks = (id: string, component: { id: string; name: string }) => makeAnalytic(id, { requirements: [makeRequirement({ component, alternatives: [makeAlternative({ family: "macos-osquery" })] })] });
const input = makeInput({
  acceptSets: [[{ kind: TABLE, met: "as-cited", fields: 0 }]],
  analytics: [asks("AN0001", { id: "DC0074", name: "Driver Metadata" }), asks("AN0002", { id: "DC0031", name: "Kernel Module Load" })],
  claims: [makeClaim({ logSource: "what-if osquery", family: "macos-osquery", kinds: [READING] })],
});

test("a snapshot that is thought of would declare the state that its list shows, and no act", () => {
  expect(assess(input).cells.map(({ status }) => status)).toEqual(["blind", "blind"]);
  expect(assess(acceptReadings(input, [READING])).cells.map(({ status }) => status)).toEqual(["declared", "blind"]);
});

test("whatever is no reading, or is accepted already, changes nothing", () => {
  expect(acceptReadings(input, [TABLE, "windows-sysmon:1"])).toBe(input);
  const wide = acceptReadings(input, [READING]);
  expect(acceptReadings(wide, [READING])).toEqual(wide);
});
