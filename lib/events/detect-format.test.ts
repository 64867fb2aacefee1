import { describe, expect, test } from "vitest";
import { detectFormat, headOf } from "./detect-format";

const detect = (content: string | Uint8Array) => detectFormat(headOf(typeof content === "string" ? Buffer.from(content) : content));
const zeek = '{"_path":"conn","ts":1,"uid":"C","id.orig_h":"10.0.0.1"}';
const trail = '{"eventVersion":"1","eventName":"X","eventSource":"s3.amazonaws.com","userIdentity":{}}';

describe("which format a file is", () => {
  test("80 % of the head decide; a minority alone still decides when nothing else fits", () => {
    expect(detect(`${`${zeek}\n`.repeat(9)}${trail}`)).toMatchObject({ kind: "format", format: "zeek-json" });
    expect(detect(`${zeek}\n{"other":1}\n{"other":2}`)).toMatchObject({ kind: "format", format: "zeek-json", evidence: expect.arrayContaining(["1 of 3 records"]) });
  });

  test("records of several formats make a mixed file, with the share of each", () => {
    expect(detect(`${zeek}\n${trail}\n{"other":1}`)).toEqual({ kind: "format", format: "mixed", evidence: ["1 of 3 records zeek-json", "1 of 3 records cloudtrail"] });
  });

  test("records that two formats know are for the user to decide", () => {
    const both = `{"_path":"conn","ts":1,"uid":"C",${trail.slice(1)}`;
    expect(detect(`${both}\n${both}\n`)).toMatchObject({ kind: "ambiguous", candidates: [{ format: "zeek-json" }, { format: "cloudtrail" }] });
  });

  test.each<[string, string, string]>([
    ["a Splunk export", `{"preview":false,"offset":0,"result":{"_raw":${JSON.stringify(trail)},"host":"h"}}`, "Splunk result, Splunk event (_raw)"],
    ["Elastic hits", `{"took":1,"hits":{"hits":[{"_index":"i","_source":${trail}},{"_source":${trail}}]}}`, "Elastic hit (_source)"],
    ["a collector's message", `{"message":${JSON.stringify(trail)},"host":"relay"}`, "collector (message)"],
    ["a line of syslog", `<14>Feb  3 10:00:00 relay aws[7]: ${trail}`, "syslog header"],
    ["CloudWatch Logs", `{"messageType":"DATA_MESSAGE","logGroup":"g","logEvents":[{"id":"1","timestamp":1,"message":${JSON.stringify(trail)}}]}`, "collector (message)"],
    ["lookup-events", `{"Events":[{"EventId":"1","CloudTrailEvent":${JSON.stringify(trail)}}]}`, "lookup-events (CloudTrailEvent)"],
    ["EventBridge", `{"detail-type":"AWS API Call via CloudTrail","detail":${trail}}`, "EventBridge (detail)"],
  ])("%s is looked through and named", (_, content, wrapper) => {
    expect(detect(content)).toMatchObject({ kind: "format", format: "cloudtrail", evidence: expect.arrayContaining([`inside ${wrapper}`]) });
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ["empty", "", /empty/],
    ["JSON that does not parse", '{"a": [1,],\n "b": 2}', /looks like JSON.*byte 0 is not valid JSON/],
    ["binary", Buffer.from([1, 2, 3, 0, 0]), /binary/],
    ["a packet capture", Buffer.from([0xd4, 0xc3, 0xb2, 0xa1]), /packet capture/],
    ["prose", "hello", /no known event format/],
    ["JSON of something else", '{"hello":1}', /no known event format/],
  ])("%s is unknown, and the sentence says what to do", (_, content, sentence) => {
    const found = detect(content);
    expect(found.kind).toBe("unknown");
    if (found.kind === "unknown") {
      expect(found.message).toMatch(sentence);
      expect(found.remedy).not.toBe("");
    }
  });

  test("UTF-16 with a byte order mark is text like any other", () => {
    const wide = Buffer.from(`\uFEFF${zeek}\r\n${zeek}\r\n`, "utf16le");
    expect(detect(wide)).toMatchObject({ kind: "format", format: "zeek-json" });
    expect(detect(Buffer.from(wide).swap16())).toMatchObject({ kind: "format", format: "zeek-json" });
  });

  test("text of another encoding is told from a format that nobody knows; single lines of it are refused in their file", () => {
    const line = Buffer.from("Feb  3 10:00:00 web-1 sshd[1]: Failed password for jos\u00e9 from 192.0.2.4 port 5 ssh2\n", "latin1");
    expect(detect(Buffer.concat([line, line]))).toMatchObject({ kind: "unknown", message: "No line of it is UTF-8 text.", remedy: expect.stringContaining("iconv") });
    expect(detect(Buffer.concat([line, Buffer.from("Feb  3 10:00:01 web-1 sshd[1]: session opened for user ana\n")]))).toMatchObject({ kind: "format", format: "syslog-3164" });
  });

  test("a hole of zeros, as a crash leaves it in a log, makes no text binary", () => {
    const line = "Feb  3 10:00:00 web-1 sshd[1]: session opened for user ana\n";
    expect(detect(`${line}${"\0".repeat(512)}${line.repeat(9)}`)).toMatchObject({ kind: "format", format: "syslog-3164" });
    for (const text of [`${line}a\0b\n`, "\0".repeat(4096), `\x01${"\0".repeat(40)}${line}`, line.split("").join("\0")]) expect(detect(text)).toMatchObject({ kind: "unknown", message: expect.stringContaining("binary") });
  });

  test("a byte order mark and CRLF do not hide a format", () => {
    expect(detect(`\uFEFF${zeek}\r\n${zeek}\r\n`)).toMatchObject({ kind: "format", format: "zeek-json" });
    expect(detect("\uFEFF#separator \\x09\r\n#path\tconn\r\n#fields\tts\r\n")).toMatchObject({ format: "zeek-tsv" });
  });
});
