import { expect, test } from "vitest";
import { readCostsCsv } from "./read-costs-csv";

const fold = (name: string): string => name.trim().toLowerCase();
const read = (text: string) => readCostsCsv("costs.csv", text, new Set(["servers"]), fold);

test("rows state what they hold and nothing else, in any order of columns", () => {
  const { understood, refused } = read("collection,segment,effort_days,licence,shared_licence\nwindows-sysmon,Servers,2.5,,Agents\nlicence:Agents,*,,40000,\nwindows-sysmon:7,,,,\n");
  expect(refused).toEqual([]);
  expect(understood).toEqual([
    { segment: "Servers", collection: "windows-sysmon", licence: null, volumeGbPerDay: null, effortDays: 2.5, sharedLicence: "Agents", note: "" },
    { segment: "*", collection: "licence:Agents", licence: 40_000, volumeGbPerDay: null, effortDays: null, sharedLicence: null, note: "" },
    { segment: "*", collection: "windows-sysmon:7", licence: null, volumeGbPerDay: null, effortDays: null, sharedLicence: null, note: "" },
  ]);
});

test("a row that cannot be meant is refused by line and field, and the others are read", () => {
  const { understood, refused } = read("segment,collection,licence\nMoon,windows-sysmon,1\nservers,Windows Sysmon,1\nservers,windows-sysmon,-4\nservers,windows-sysmon,\"1,5\"\nservers,licence:X,1\nservers,nsm-zeek,1\nSERVERS,nsm-zeek,2\nservers,nsm-zeke,1\n");
  expect(refused.map(({ line, field }) => [line, field])).toEqual([[2, "segment"], [3, "collection"], [4, "licence"], [5, "licence"], [6, "segment"], [8, "collection"], [9, "collection"]]);
  expect(understood).toHaveLength(1);
});
