import { describe, expect, test } from "vitest";
import { looksLikeJsonMeasurement, tableOfJson } from "./json-to-table";
import { parseMeasurementCsv } from "./parse-measurement-csv";
import { readInstant } from "./read-instant";
import { looksLikeMeasurement } from "./sort-zip";

const NOW = Date.UTC(2026, 10, 21, 12);
const FIRST = Date.UTC(2026, 10, 20, 9, 15, 30, 617);
const LAST = Date.UTC(2026, 10, 20, 21, 5, 1);

/** What one row of a product's export says, once read. */
function read(text: string) {
  const table = tableOfJson(text) ?? text;
  expect(looksLikeMeasurement(table)).toBe(true);
  const { measurements, refused, losses } = parseMeasurementCsv({ name: "m.csv", text: table }, { now: NOW });
  return { hosts: measurements.flatMap(({ segment, kind, hosts }) => hosts.map((host) => ({ segment, kind, ...host }))), refused, losses: losses.map(({ what }) => what) };
}
const ROW = { segment: "Office", kind: "windows-sysmon:1", host: "pc-1.example.test", key: "pc-1", count: 1234, first: FIRST, last: LAST, fills: { image: 1230 } };

describe("a measurement reads as each product exports it", () => {
  test.each<[product: string, text: string]>([
    ["Splunk: every cell quoted, times in seconds with a fraction", '"segment","family","event_key",host,count,first,last,"fill_image"\n"Office","windows-sysmon",1,"pc-1.example.test",1234,"1795166130.617","1795208701.000000",1230\n'],
    ["Sentinel's portal, pack's query: times as texts", '\ufeffsegment,family,event_key,host,count,first,last,"fill_image"\r\nOffice,windows-sysmon,1,pc-1.example.test,1234,2026-11-20T09:15:30.6170000Z,2026-11-20T21:05:01.0000000Z,1230\r\n'],
    ["Sentinel's portal, times left as times: renamed columns, the American way", 'segment,family,"event_key",host,count,"first [UTC]","last [UTC]","fill_image"\nOffice,windows-sysmon,1,pc-1.example.test,1234,"11/20/2026, 9:15:30.617 AM","11/20/2026, 9:05:01.000 PM",1230\n'],
    ["Kibana: times and numbers as a reader likes them", 'segment,family,"event_key",host,count,first,last,"fill_image"\nOffice,"windows-sysmon",1,"pc-1.example.test","1,234","Nov 20, 2026 @ 09:15:30.617","Nov 20, 2026 @ 21:05:01.000","1,230"\n'],
    ["Athena: every cell quoted", '"segment","family","event_key","host","count","first","last","fill_image"\n"Office","windows-sysmon","1","pc-1.example.test","1234","2026-11-20T09:15:30.617Z","2026-11-20T21:05:01.000Z","1230"\n'],
    ["Fleet: columns in the order of the alphabet, its own beside them", 'count,event_key,family,fill_image,first,host,host_display_name,last,segment\n1234,1,windows-sysmon,1230,1795166130.617,pc-1.example.test,pc-1,1795208701,Office\n'],
    ["a spreadsheet of another country: semicolons", "segment;family;event_key;host;count;first;last;fill_image\r\nOffice;windows-sysmon;1;pc-1.example.test;1234;2026-11-20 09:15:30,617;2026-11-20 21:05:01;1230\r\n"],
    ["osqueryi --json: a list of objects, every value a text", JSON.stringify([{ segment: "Office", family: "windows-sysmon", event_key: "1", host: "pc-1.example.test", count: "1234", first: "1795166130.617", last: "1795208701", fill_image: "1230" }])],
    ["fleetctl query: a line for each host, those without rows too", [{ host: "pc-1", rows: [{ segment: "Office", family: "windows-sysmon", event_key: "1", host: "pc-1.example.test", count: "1234", first: "1795166130.617", last: "1795208701", fill_image: "1230" }] }, { host: "pc-2", rows: [] }].map((one) => JSON.stringify(one)).join("\n")],
    ["ES|QL's answer: columns named once", JSON.stringify({ columns: ["segment", "family", "event_key", "host", "count", "first", "last", "fill_image"].map((name) => ({ name, type: "keyword" })), values: [["Office", "windows-sysmon", "1", "pc-1.example.test", 1234, "2026-11-20T09:15:30.617Z", "2026-11-20T21:05:01.000Z", 1230]] })],
    ["Log Analytics' answer: a table of rows", JSON.stringify({ tables: [{ name: "PrimaryResult", columns: ["segment", "family", "event_key", "host", "count", "first", "last", "fill_image"].map((name) => ({ name, type: "string" })), rows: [["Office", "windows-sysmon", "1", "pc-1.example.test", 1234, "2026-11-20T09:15:30.617Z", "2026-11-20T21:05:01Z", 1230]] }] })],
  ])("%s", (_, text) => {
    const { hosts, refused } = read(text);
    expect(refused).toEqual([]);
    expect(hosts).toEqual([ROW]);
    if (tableOfJson(text) !== null) expect(looksLikeJsonMeasurement(text.slice(0, 300))).toBe(true); // by its beginning, as large files are looked at
  });

  test("times in a zone that the file does not explain refuse it, with what to do", () => {
    expect(() => read('segment,family,event_key,host,count,"first [Local Time]","last [Local Time]"\nOffice,windows-sysmon,1,pc-1,1,"11/20/2026, 9:15:30.617 AM","11/20/2026, 9:15:30.617 AM"\n')).toThrow(/the zone "local time"/);
  });

  test("a column that names UTC needs no assumption; Kibana's times do", () => {
    const table = (name: string, time: string) => `segment,family,event_key,host,count,${name}\nOffice,windows-sysmon,1,pc-1,1,"${time}"\n`;
    expect(read(table('"last [UTC]"', "11/20/2026, 9:15:30.617 AM")).losses).not.toContain("zone");
    expect(read(table("last", "Nov 20, 2026 @ 09:15:30.617")).losses).toContain("zone");
  });

  test("a day that may be a month is no time, nor is an hour that no clock shows", () => {
    for (const text of ["11/20/2026, 09:15:30", "13/20/2026, 9:15:30 AM", "11/20/2026, 13:15:30 PM", "Foo 20, 2026 @ 09:15:30.617"]) expect(readInstant(text)).toBeUndefined();
    expect(readInstant("11/20/2026, 12:00:00 AM")?.ms).toBe(Date.UTC(2026, 10, 20));
    expect(readInstant("11/20/2026, 12:00:00 PM")?.ms).toBe(Date.UTC(2026, 10, 20, 12));
  });

  test("a count with a comma in a wrong place is refused", () => {
    expect(read('segment,family,event_key,host,count,first,last\nOffice,windows-sysmon,1,pc-1,"12,34",,2026-11-20T09:00:00Z\n').refused).toMatchObject([{ field: "count" }]);
  });

  test("other JSON is no measurement", () => {
    for (const text of ["[]", "{}", '[{"segment":"Office","source":"x"}]', "[1,2]", '{"columns":[{"name":"a"}],"values":[]}', "not json", '[{"family":{}}]']) expect(tableOfJson(text)).toBeNull();
  });
});
