import { expect, test } from "vitest";
import { parseMeasurementCsv } from "./parse-measurement-csv";
import { planMeasurements } from "./plan-measurements";

const NOW = Date.UTC(2026, 10, 21, 12);
const OFFICE = { id: "s1", name: "Office", platforms: [{ name: "Windows", hosts: null }], assets: 3, criticality: 3, owner: "", tags: [], timeZone: null, target: null, demo: false, createdAt: "", updatedAt: "", retiredAt: null };
const line = (event: string, host: string, count: string) => `Office,windows-sysmon,${event},${host},${count},,2026-11-21T10:00:00Z`;
const plan = (rows: readonly string[], known: readonly string[]) => {
  const read = (lines: readonly string[]) => parseMeasurementCsv({ name: "m.csv", text: ["segment,family,event_key,host,count,first,last", ...lines].join("\n") }, { now: NOW, stated: { query: "q" } }).measurements;
  const heads = planMeasurements(read(known), [OFFICE], []).planned.map(({ segmentId, scope, version, contentDigest }) => ({ segmentId, scope, version, contentDigest, rawDatasets: [] }));
  return planMeasurements(read(rows), [OFFICE], heads);
};
const whole = [line("1", "pc-1", "5"), line("1", "pc-2", "5"), line("3", "pc-1", "2")];

test("a kind with a refused row takes the place of no earlier version, and is listed; the others are the next version", () => {
  const { planned, refused } = plan([line("1", "pc-1", "6"), line("1", "pc-2", "many"), line("3", "pc-1", "4")], whole);
  expect(planned.map(({ draft, change, version }) => [draft.kind, change, version])).toEqual([["windows-sysmon:3", "version", 2]]);
  expect(refused).toEqual([{ line: 2, row: 1, field: "event_key", message: "1 row was refused of windows-sysmon:1 in Office, so what the file counts of it is not the whole: version 1 stays in force.", remedy: "Correct these rows, and import the file again." }]);
});

test("a kind that nobody measured before counts as far as it was understood, and is never complete", () => {
  const { planned, refused } = plan([line("1", "pc-1", "6"), line("1", "pc-2", "many")], []);
  expect(planned.map(({ draft, change }) => [draft.kind, change, draft.refusedRows, draft.hosts.length])).toEqual([["windows-sysmon:1", "new", 1, 1]]);
  expect(refused).toEqual([]);
});

test("a row that says of no kind what it counts holds none of them back", () => {
  expect(plan([...whole.map((one) => one.replace(",5,", ",6,")), "Office,no-such-family,1,pc-1,1,,2026-11-21T10:00:00Z"], whole).planned.map(({ change }) => change)).toEqual(["version", "unchanged"]);
});
