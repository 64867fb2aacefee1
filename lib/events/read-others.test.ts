import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RecordScan } from "./browse/scan-records";
import { detectFormat, headOf } from "./detect-format";
import { FORMATS, formatById } from "./formats/index";
import { describeWarnings } from "./describe-warnings";
import { attach, DEFAULT_LIMITS, startReading } from "./read-events";
import { readAll, recordsOf, refusedOf, unaccountedBytes } from "./testing/read-all";
import type { EventFormat, Item } from "./types";
import { summaryVisitor } from "./visitors/summary";

const FOLDER = join(import.meta.dirname, "formats/__fixtures__");
const fixtureOf = (id: string): Buffer => readFileSync(join(FOLDER, readdirSync(FOLDER).find((file) => file.startsWith(`${id}.`)) ?? ""));
const known = (id: string): EventFormat => {
  const format = formatById(id);
  if (format === undefined) throw new Error(id);
  return format;
};
const trail = (name: string) => JSON.stringify({ eventVersion: "1.11", eventTime: "2026-02-03T10:00:00Z", eventName: name, eventSource: "ec2.amazonaws.com", userIdentity: {}, recipientAccountId: "111122223333" });
const flow = "2 111122223333 eni-1 10.0.0.4 203.0.113.9 40000 443 6 10 900 1770112800 1770112860 ACCEPT OK";
const kinds = (items: readonly Item[]) => recordsOf(items).map(({ kind, format }) => `${kind.family}:${kind.key}${format === undefined ? "" : ` by ${format}`}`);

describe("records that the file's own format does not know", () => {
  const text = [...Array.from({ length: 12 }, (_, i) => trail(`Call${i}`)), flow, "type=SYSCALL msg=audit(1770112800.123:7): arch=c000003e syscall=59 pid=7", trail("Last"), "type=EXECVE msg=audit(1770112800.123:7): argc=1 a0=\"ls\"", '{"nobody":1}', "words alone"].join("\n");
  const bytes = Buffer.from(text);

  test("are read by the one format that alone knows them, lines of one event joined across the others", () => {
    expect(detectFormat(headOf(Buffer.from(`${`${trail("A")}\n`.repeat(12)}${flow}`)))).toMatchObject({ kind: "format", format: "cloudtrail" });
    const items = readAll(known("cloudtrail"), bytes);
    expect(kinds(items).slice(12)).toEqual(["aws-other:vpcflow by aws-vpc-flow", "aws-cloudtrail:Last", "linux-auditd:execve by auditd"]);
    expect(refusedOf(items).map(({ reason }) => reason)).toEqual(["unknown-record", "not-json"]);
    expect(unaccountedBytes(bytes, items)).toBeNull();
  });

  test("are counted for each format, and the outcome says so", () => {
    const summary = attach(summaryVisitor());
    const reading = startReading({ format: known("cloudtrail"), limits: DEFAULT_LIMITS, host: null, hostFrom: null, filePath: "f" }, [summary]);
    reading.push(bytes);
    const report = reading.end();
    expect(report.formats).toEqual([{ format: "cloudtrail", records: 13 }, { format: "aws-vpc-flow", records: 1 }, { format: "auditd", records: 1 }]);
    expect(describeWarnings(summary.finish(), "UTC", report).map(({ code, message }) => [code, message])).toContainEqual(["mixed-formats", "The file was read record by record: 13 records of cloudtrail, 1 record of aws-vpc-flow, 1 record of auditd."]);
  });

  test("stay refused where two formats know them, with both names", () => {
    const both = `{"_path":"conn","ts":1,"uid":"C","id.orig_h":"10.0.0.1","machTimestamp":1,"processImagePath":"/bin/a","eventMessage":"x","timestamp":"2026-02-03 10:00:00.000000+0000"}`;
    const [refused] = refusedOf(readAll(known("cloudtrail"), Buffer.from(`${trail("A")}\n${both}`)));
    expect(refused).toMatchObject({ reason: "ambiguous-record", message: expect.stringMatching(/could be macos-unified-log or zeek-json\.$/) });
  });

  test("are refused as its own when it knows but cannot read them", () => {
    const damaged = '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><b></System></Event>';
    expect(refusedOf(readAll(known("windows-xml"), Buffer.from(damaged))).map(({ reason }) => reason)).toEqual(["bad-xml"]);
  });

  test("whose lines make one record together end the places at which a later scan may begin", () => {
    const scanned = new RecordScan({ wanted: null, first: 1, limit: 100, last: 100, base: { number: 1, offset: 0 }, hostOf: () => "h", accepts: () => true, every: 1 });
    scanned.take(readAll(known("cloudtrail"), bytes));
    expect(scanned.points.at(-1)?.offset).toBe(text.indexOf(flow));
  });
});

describe("Zeek's own logs among records of other formats", () => {
  const zeek = fixtureOf("zeek-tsv").toString();
  const own = kinds(readAll(known("zeek-tsv"), Buffer.from(zeek))).map((kind) => `${kind} by zeek-tsv`);

  test.each([["cloudtrail", 20], ["mixed", 2]])("their rows are read by the header above them (%s)", (format, calls) => {
    const content = Buffer.from(`${`${trail("A")}\n`.repeat(calls)}${zeek}\n${trail("B")}\n${zeek.split("\n").slice(7, 9).join("\n")}\n1\t2\t3\n`);
    const items = readAll(known(format), content);
    expect(own.length).toBeGreaterThan(1);
    expect(kinds(items).filter((kind) => kind.includes("zeek"))).toEqual([...own, ...own]);
    expect(refusedOf(items).map(({ example }) => example)).toEqual(["1\t2\t3"]);
    expect(unaccountedBytes(content, items)).toBeNull();
  });

  test("detection counts the rows below a header as Zeek's", () => {
    const rows = zeek.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const log = `${zeek.split("\n").slice(0, 7).join("\n")}\n${rows.join("\n").concat("\n").repeat(20)}`;
    expect(detectFormat(headOf(Buffer.from(`${trail("A")}\n${log}`)))).toMatchObject({ format: "zeek-tsv" });
    expect(detectFormat(headOf(Buffer.from(`${`${trail("A")}\n`.repeat(30)}${log}`)))).toMatchObject({ format: "mixed" });
    expect(kinds(readAll(known("zeek-tsv"), Buffer.from(`${log}${JSON.stringify(JSON.parse(trail("A")), null, 2)}\n`))).at(-1)).toBe("aws-cloudtrail:A by cloudtrail");
  });

  test("a row without any header is refused, never guessed", () => {
    const row = zeek.split("\n").find((line) => line.startsWith("177")) ?? "";
    expect(row).not.toBe("");
    expect(refusedOf(readAll(known("mixed"), Buffer.from(`${trail("A")}\n${row}`)))).toHaveLength(1);
  });
});

test("a line of syslog whose message another format knows better makes a file that is read record by record", () => {
  const line = (text: string) => `<38>1 2026-02-03T10:00:00.000Z relay app 7 - - ${text}`;
  const content = Buffer.from(`${`${line("a plain word")}\n`.repeat(19)}${line("CEF:0|V|P|1.0|100|Name|5|src=10.0.0.1 dst=203.0.113.9 rt=1770112800123")}`);
  const found = detectFormat(headOf(content));
  expect(found).toMatchObject({ format: "mixed", evidence: ["19 of 20 records syslog-5424", "1 of 20 records cef"] });
});

const cases = FORMATS.filter(({ id }) => id !== "evtx").map((format) => ({ format, bytes: fixtureOf(format.id) }));
// A line of syslog is a line of syslog, whatever its message: which of two formats takes it is for detection to say.
const envelopes = new Set(["syslog-3164", "syslog-5424", "journald"]);
const told = (items: readonly Item[]) => recordsOf(items).map(({ kind, fields, time }) => JSON.stringify([kind, fields, time])).sort();

test("property: in whatever file it stands, a record is read as in a file of its own", () => {
  const one = fc.constantFrom(...cases);
  fc.assert(
    fc.property(one, one, ({ format, bytes }, other) => {
      fc.pre(format !== other.format && !envelopes.has(format.id) && !(format.id === "esxi-syslog" && envelopes.has(other.format.id)));
      const content = Buffer.concat([bytes, Buffer.from("\n"), other.bytes]);
      const items = readAll(format, content);
      expect(told(items)).toEqual([...told(readAll(format, bytes)), ...told(readAll(other.format, other.bytes))].sort());
      expect(unaccountedBytes(content, items)).toBeNull();
      expect(readAll(format, content, [997])).toEqual(items);
    }),
    { numRuns: 150 },
  );
});
