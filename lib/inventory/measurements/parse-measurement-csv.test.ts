import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SightlineError } from "@/lib/shared/errors";
import { parseMeasurementCsv } from "./parse-measurement-csv";
import { readInstant } from "./read-instant";

const NOW = Date.UTC(2026, 10, 21, 12);
const HEADER = "segment,family,event_key,host,count,first,last,fill_image,fill_user";
const parse = (text: string, options: Partial<Parameters<typeof parseMeasurementCsv>[1]> = {}) => parseMeasurementCsv({ name: "m.csv", text }, { now: NOW, ...options });
const row = (changes: Partial<Record<string, string>> = {}) => {
  const cells: Record<string, string> = { segment: "Office", family: "windows-sysmon", event_key: "1", host: "PC-1.example.test", count: "100", first: "2026-11-20T00:00:00Z", last: "1795215600", fill_image: "100", fill_user: "98", ...changes } as Record<string, string>;
  return HEADER.split(",").map((name) => cells[name] ?? "").join(",");
};

describe("a measurement CSV", () => {
  test("gives one measurement for each record kind and segment, with hosts folded and times as instants", () => {
    const { measurements, refused, rows, understood } = parse([HEADER, row(), row({ host: "PC-2", segment: "office" }), row({ event_key: "3", fill_user: "" })].join("\n"));
    expect({ rows, understood, refused }).toEqual({ rows: 3, understood: 3, refused: [] });
    expect(measurements.map(({ segment, kind, hosts }) => [segment, kind, hosts.map(({ key }) => key)])).toEqual([["Office", "windows-sysmon:1", ["pc-1", "pc-2"]], ["Office", "windows-sysmon:3", ["pc-1"]]]);
    expect(measurements[0]?.hosts[0]).toEqual({ host: "PC-1.example.test", key: "pc-1", count: 100, first: Date.UTC(2026, 10, 20), last: 1795215600000, fills: { image: 100, user: 98 } });
    expect(measurements[1]?.hosts[0]?.fills).toEqual({ image: 100 }); // an empty cell was not counted: not known, never 0
    expect(measurements[0]).toMatchObject({ complete: false, asOf: NOW, query: "" });
  });

  test.each([
    ["family", { family: "windows-nothing" }, /no log-source family/],
    ["event_key", { event_key: " " }, /names no event/],
    ["host", { host: "-" }, /names no host/],
    ["count", { count: "-4" }, /negative/],
    ["count", { count: "" }, /no count/],
    ["last", { last: "yesterday" }, /no time/],
    ["last", { last: "" }, /not when the newest/],
    ["last", { last: "2026-11-21T12:06:00Z" }, /lies in the future/],
    ["first", { first: "2026-11-21T11:59:00Z", last: "2026-11-21T11:00:00Z" }, /newer than its last/],
    ["fill_user", { fill_user: "101" }, /101 of 100/],
    ["segment", { segment: "" }, /names no segment/],
  ])("refuses a row whose %s is wrong, with its line and what to do: %o", (field, changes, message) => {
    const { refused, measurements } = parse([HEADER, row({ host: "ok" }), row(changes)].join("\n"));
    expect(refused).toEqual([expect.objectContaining({ line: 3, row: 2, field, message: expect.stringMatching(message) })]);
    expect(refused[0]?.remedy).not.toBe("");
    expect(measurements[0]?.hosts.map(({ key }) => key)).toEqual(["ok"]);
  });

  test("a row of another segment than the chosen one is refused, one that names none takes it", () => {
    const { refused, measurements } = parse([HEADER, row(), row({ segment: "" })].join("\n"), { segment: "Web farm" });
    expect(refused).toEqual([expect.objectContaining({ field: "segment", message: 'The row is of "Office", not of "Web farm".' })]);
    expect(measurements.map(({ segment }) => segment)).toEqual(["Web farm"]);
  });

  test("comments above the header say what nobody could see in the rows; lines keep their numbers", () => {
    const { measurements, refused } = parse(["# complete: true", "# as_of: 2026-11-21T11:30:00Z", "# system: splunk prod", "# query: | tstats count", "# query:   by host", HEADER, row(), row({ count: "x" })].join("\r\n"));
    expect(measurements[0]).toMatchObject({ asOf: Date.UTC(2026, 10, 21, 11, 30), system: "splunk prod", query: "| tstats count\n  by host" });
    expect(refused[0]?.line).toBe(8);
    expect(() => parse(`# complete: perhaps\n${HEADER}\n`)).toThrow(/neither true nor false/);
    expect(() => parse(`# as_of: 2027-01-01\n${HEADER}\n`)).toThrow(/as_of lies in the future/);
  });

  test("where rows are refused, what is missing shows nothing: their family is not complete, others are", () => {
    const other = { family: "linux-auditd", event_key: "execve" };
    const { measurements, losses } = parse([HEADER, row(), row({ event_key: "3" }), row({ event_key: "3", host: "" }), row(other)].join("\n"), { stated: { complete: true } });
    expect(measurements.map(({ kind, complete }) => [kind, complete])).toEqual([["windows-sysmon:1", false], ["windows-sysmon:3", false], ["linux-auditd:execve", true]]);
    expect(losses.map(({ what }) => what)).toContain("complete");
    expect(parse([HEADER, row(), row({ family: "nonsense" })].join("\n"), { stated: { complete: true } }).measurements[0]?.complete).toBe(false);
  });

  test("names of one host are added up; a field that one row did not count is not known", () => {
    const { measurements, losses } = parse([HEADER, row(), row({ host: "pc-1", fill_user: "", first: "", last: "2026-11-20T10:00:00+02:00" })].join("\n"));
    expect(measurements[0]?.hosts).toEqual([expect.objectContaining({ key: "pc-1", count: 200, first: Date.UTC(2026, 10, 20), last: 1795215600000, fills: { image: 200 } })]);
    expect(losses.map(({ what }) => what)).toContain("host");
  });

  test("columns of fields that Sightline does not know are said to be unread; a missing or doubled column refuses the file", () => {
    expect(parse([`${HEADER},fill_colour`, `${row()},3`].join("\n")).losses.map(({ what }) => what)).toContain("fill_colour");
    expect(() => parse("segment,family,host,count,last\n")).toThrow(/event_key is missing/);
    expect(() => parse(`${HEADER},host\n`)).toThrow(/host stands twice/);
  });

  test("property: whatever the cells hold, it is taken or refused with a line, and never more than was counted is filled", () => {
    const cell = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom("1", "100", "", "-", "windows-sysmon", "2026-11-20", "1795215600", "Office", "*", "=1+1"));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 9, maxLength: 9 }), { maxLength: 12 }), (table) => {
        const text = [HEADER, ...table.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(","))].join("\n");
        let read;
        try {
          read = parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SightlineError);
          return;
        }
        expect(read.understood + read.refused.length).toBe(read.rows);
        for (const { hosts } of read.measurements) for (const { count, last, fills } of hosts) {
          expect(last === null || last <= NOW + 300_000).toBe(true);
          for (const filled of Object.values(fills)) expect(filled).toBeLessThanOrEqual(count);
        }
      }),
    );
  });
});

test("times are read as query tools write them, and what is no time is none", () => {
  const ms = Date.UTC(2026, 10, 21, 9, 15, 30, 123);
  for (const text of ["2026-11-21T09:15:30.123Z", "2026-11-21 09:15:30.123", "1795252530.123", "1795252530123", "2026-11-21T10:15:30.123456+01:00", "2026-11-21 09:15:30.123 UTC"]) expect(readInstant(text)?.ms).toBe(ms);
  expect(readInstant("2026-11-21 09:15")?.zoneless).toBe(true);
  expect(readInstant("")).toBeNull();
  for (const text of ["2026-02-30", "12", "0x10", "2026-11-21T25:00Z", "9999999999999999"]) expect(readInstant(text)).toBeUndefined();
});
