import { describe, expect, test } from "vitest";
import { checkSegment } from "./check-segment";
import { parseRosterCsv } from "./parse-roster-csv";
import { parseSegmentsCsv } from "./parse-segments-csv";
import { segmentKey } from "./segment-key";
import type { Segment } from "./types";

const none = (): undefined => undefined;
const HEADER = "name,platforms,assets,criticality,owner,tags,time_zone";
const parse = (row: string, header = HEADER) => parseSegmentsCsv("s.csv", `${header}\n${row}\n`, none);
const stored: Segment = {
  id: "1",
  name: "Servers",
  platforms: [{ name: "Windows", hosts: null }],
  assets: 10,
  criticality: 5,
  owner: "Ann",
  tags: ["eu"],
  timeZone: "Europe/Berlin",
  target: { value: 500_000, date: "2027-01-01", owner: "Bo" },
  demo: false,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  retiredAt: null,
};

describe("a segments CSV", () => {
  test("folds platforms to ATT&CK's spelling and reads counts per platform", () => {
    const { understood, refused } = parse('"Office, Berlin","windows = 300; LINUX=100 ;MACOS",500,4,Ann,b;a;b,Europe/Berlin');
    expect(refused).toEqual([]);
    expect(understood[0]?.draft).toEqual({
      name: "Office, Berlin",
      platforms: [{ name: "Linux", hosts: 100 }, { name: "Windows", hosts: 300 }, { name: "macOS", hosts: null }],
      assets: 500,
      criticality: 4,
      owner: "Ann",
      tags: ["a", "b"],
      timeZone: "Europe/Berlin",
      target: null,
    });
  });

  test("may leave out trailing columns; assets are the sum where every platform has its count", () => {
    expect(parse("A,Windows=3;Linux=4", "name,platforms").understood[0]?.draft).toMatchObject({ assets: 7, criticality: 3, owner: "", tags: [], timeZone: null });
    expect(parse("A,Windows;Linux=4", "name,platforms").refused[0]).toMatchObject({ field: "assets", line: 2 });
  });

  test.each([
    ["A,Amiga,5,3", "platforms", /no platform "Amiga"/],
    ["A,AWS,5,3", "platforms", /AWS/],
    ["A,,5,3", "platforms", /at least one/],
    ["A,Windows;windows,5,3", "platforms", /twice/],
    ["A,Windows=9,5,3", "platforms", /more than the 5 assets/],
    ["A,Windows=-1,5,3", "platforms", /negative/],
    ["A,Windows,-5,3", "assets", /negative/],
    ["A,Windows,99999999999,3", "assets", /absurdly/],
    ["A,Windows,many,3", "assets", /whole number/],
    ["A,Windows,5,9", "criticality", /not a criticality/],
    ["A,Windows,5,0", "criticality", /not a criticality/],
    [",Windows,5,3", "name", /needs a name/],
    ["A,Windows,5,3,o,t,Mars/Base", "time_zone", /not a time zone/],
    ["A,Windows,5,3,o,t,+02:00", "time_zone", /not a time zone/],
    ["A,Windows,5,3,o,t,UTC,more", "", /more cells/],
  ])("refuses the row %s with its field", (row, field, message) => {
    const { understood, refused } = parse(row);
    expect(understood).toEqual([]);
    expect(refused[0]).toMatchObject({ line: 2, row: 1, field, message: expect.stringMatching(message) });
    expect(refused[0]?.remedy).not.toBe("");
  });

  test("names ATT&CK's own word for a platform that people call otherwise", () => {
    expect(parse("A,AWS,5,3").refused[0]?.remedy).toBe("ATT&CK calls it IaaS.");
  });

  test("refuses a second row of the same name, whatever its case, and keeps the first", () => {
    const { understood, refused } = parse("Servers,Windows,5,3\n SERVERS ,Linux,5,3");
    expect(understood).toHaveLength(1);
    expect(refused[0]).toMatchObject({ line: 3, field: "name", message: expect.stringContaining("line 2") });
  });

  test("keeps what it has no column for, and refuses a retired segment", () => {
    const one = parseSegmentsCsv("s.csv", "name,platforms\nSERVERS,Windows", (key) => (key === segmentKey("Servers") ? stored : undefined));
    expect(one.understood[0]?.draft).toMatchObject({ name: "SERVERS", assets: 10, criticality: 5, owner: "Ann", tags: ["eu"], timeZone: "Europe/Berlin", target: stored.target });
    const retired = parseSegmentsCsv("s.csv", "name,platforms\nservers,Windows", () => ({ ...stored, retiredAt: "2026-02-01T00:00:00.000Z" }));
    expect(retired.refused[0]?.message).toContain("retired");
  });

  test("without its columns is refused as a whole", () => {
    expect(() => parse("a,b", "x,y")).toThrow(/name, platforms is missing/);
  });
});

test("a target is a share with a real date", () => {
  const form = { name: "A", platforms: [{ name: "linux" }], assets: 1, criticality: 1 };
  expect(checkSegment({ ...form, target: { value: 900_000, date: "2027-02-28", owner: "Ann" } }).draft?.target).toEqual({ value: 900_000, date: "2027-02-28", owner: "Ann" });
  expect(checkSegment({ ...form, target: { value: 900_000, date: "2027-02-30" } }).problems[0]?.field).toBe("target");
  expect(checkSegment({ ...form, target: { value: 2_000_000 } }).problems[0]?.field).toBe("target");
});

describe("a roster CSV", () => {
  const segment = { name: "Office", platforms: [{ name: "Windows", hosts: null }, { name: "macOS", hosts: null }] };
  const roster = (rows: string, own = segment) => parseRosterCsv("r.csv", `host,platform\n${rows}`, own);

  test("folds names by case and first label and refuses the second row of a host", () => {
    const { hosts, refused } = roster("LAP-1.corp.example,windows\nlap-1,Windows\n10.0.0.7,macos");
    expect(hosts).toEqual([
      { host: "LAP-1.corp.example", key: "lap-1", platform: "Windows" },
      { host: "10.0.0.7", key: "10.0.0.7", platform: "macOS" },
    ]);
    expect(refused[0]).toMatchObject({ line: 3, field: "host", message: expect.stringContaining("line 2") });
  });

  test("refuses platforms that ATT&CK or the segment does not have, and hosts without a name", () => {
    expect(roster("a,Amiga\nb,Linux\n,Windows\nc,").refused.map(({ line, field }) => [line, field])).toEqual([[2, "platform"], [3, "platform"], [4, "host"], [5, "platform"]]);
  });

  test("needs no platform where the segment has only one", () => {
    const own = { name: "Mac", platforms: [{ name: "macOS", hosts: null }] };
    expect(parseRosterCsv("r.csv", "host\nm1\n", own).hosts).toEqual([{ host: "m1", key: "m1", platform: "macOS" }]);
  });
});
