import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatById } from "./formats/index";
import { readAll, recordsOf, refusedOf, unaccountedBytes } from "./testing/read-all";

const mixed = formatById("mixed");
if (mixed === undefined) throw new Error("mixed");
const zeek = '{"_path":"conn","ts":1770112800.1,"uid":"C","id.orig_h":"10.0.0.1"}';
const trail = '{"eventVersion":"1","eventTime":"2026-02-03T10:00:00Z","eventName":"RunInstances","eventSource":"ec2.amazonaws.com","userIdentity":{}}';
const audit = (serial: number, type: string) => `type=${type} msg=audit(1770112800.123:${serial}): arch=c000003e syscall=59 pid=7`;

describe("a file of several formats", () => {
  const content = Buffer.from([audit(1, "SYSCALL"), zeek, audit(2, "SYSCALL"), `{"message":${JSON.stringify(trail)},"host":"relay"}`, audit(1, "EXECVE"), `{"nobody":1}`, `{"_path":"conn","ts":1,"uid":"C",${trail.slice(1)}`, "plain words"].join("\n"));
  const items = readAll(mixed, content);

  test("each record is read by the format that alone knows it, lines of one event joined across the others", () => {
    expect(recordsOf(items).map(({ format, kind }) => [format, kind.key])).toEqual([["zeek-json", "conn"], ["cloudtrail", "RunInstances"], ["auditd", "execve"], ["auditd", "execve"]]);
  });

  test("what nobody knows and what two know is refused with its reason, never guessed", () => {
    expect(refusedOf(items).map(({ reason }) => reason)).toEqual(["unknown-record", "ambiguous-record", "unknown-record"]);
    expect(refusedOf(items)[1]?.message).toMatch(/could be zeek-json or cloudtrail\.$/);
  });

  test("every byte is accounted for, and chunks never show", () => {
    expect(unaccountedBytes(content, items)).toBeNull();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), (sizes) => {
        expect(readAll(mixed, content, sizes)).toEqual(items);
      }),
    );
  });
});

test("UTF-16 is read with the offsets of the file itself", () => {
  const text = `\uFEFF${zeek}\r\n{"message":"Grüße 🙂 ${"ж".repeat(40)}"}\r\n${trail}\r\n`;
  for (const wide of [Buffer.from(text, "utf16le"), Buffer.from(text, "utf16le").swap16()]) {
    const found = readAll(mixed, wide);
    expect(unaccountedBytes(wide, found)).toBeNull();
    const [first, second] = recordsOf(found);
    const raw = (at: { offset: number; length: number } | undefined) => {
      const bytes = Buffer.from(wide.subarray(at?.offset, (at?.offset ?? 0) + (at?.length ?? 0)));
      return (wide[0] === 0xff ? bytes : bytes.swap16()).toString("utf16le");
    };
    expect([raw(first), raw(second)]).toEqual([zeek, trail]);
    expect(readAll(mixed, wide, [7])).toEqual(found);
  }
});
