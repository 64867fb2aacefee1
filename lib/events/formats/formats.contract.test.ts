import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { familyById } from "@/lib/telemetry/family-of";
import { readsSingleRecords } from "../claim-unit";
import { detectFormat, headOf } from "../detect-format";
import { DEFAULT_LIMITS } from "../read-events";
import { UnitClaims } from "../read-others";
import { buildEvtx } from "../testing/build-evtx";
import { readAll, recordsOf, refusedOf, spanOf, unaccountedBytes } from "../testing/read-all";
import { FORMATS } from "./index";

const FOLDER = join(import.meta.dirname, "__fixtures__");
const fixtureOf = (id: string): Buffer => {
  if (id === "evtx") return buildEvtx(EVTX_EVENTS);
  const name = readdirSync(FOLDER).find((file) => file.startsWith(`${id}.`));
  if (name === undefined) throw new Error(`no fixture of ${id}`);
  return readFileSync(join(FOLDER, name));
};
const EVTX_EVENTS: readonly Readonly<Record<string, string>>[] = [
  { Provider: "Microsoft-Windows-Sysmon", EventID: "1", Channel: "Microsoft-Windows-Sysmon/Operational", Computer: "ws-07", SystemTime: "2026-02-03T09:15:30.912Z", UtcTime: "2026-02-03 09:15:30.901", Image: "C:\\Windows\\System32\\cmd.exe", ProcessId: "5120", CommandLine: 'cmd /c "a < b"\nrem' },
  { Provider: "Service Control Manager", EventID: "7045", Channel: "System", Computer: "ws-07", SystemTime: "2026-02-03T09:15:32.250Z", ServiceName: "Spool Helper", ImagePath: "C:\\spool.exe" },
];
const cases = FORMATS.map((format) => ({ id: format.id, format, bytes: fixtureOf(format.id) }));

describe.each(cases)("the format $id", ({ format, bytes }) => {
  test("knows its own sample, and no other format claims it", () => {
    const head = headOf(bytes);
    if (readsSingleRecords(format)) {
      const claims = new UnitClaims(FORMATS.filter(readsSingleRecords), DEFAULT_LIMITS);
      for (const unit of head.units) {
        expect(claims.claim(unit).map(({ id }) => id)).toEqual([format.id]);
        claims.note(format, unit);
      }
    }
    expect(detectFormat(head)).toMatchObject({ kind: "format", format: format.id });
    expect(format.sniff(head).evidence.length).toBeGreaterThan(0);
  });

  test("reads its sample whole: nothing refused, every record timed in a known zone or said not to be", () => {
    const items = readAll(format, bytes);
    expect(refusedOf(items)).toEqual([]);
    expect(unaccountedBytes(bytes, items)).toBeNull();
    for (const record of recordsOf(items)) {
      expect(record.time?.ms).toBeGreaterThan(Date.UTC(2026, 1, 3));
      expect(record.time?.ms).toBeLessThan(Date.UTC(2026, 1, 4));
      expect(record.fields["ts"]).toBe(record.time?.text);
    }
  });

  test("fills canonical fields only, never with an empty value, and names known families", () => {
    for (const { fields, kind } of recordsOf(readAll(format, bytes))) {
      for (const [id, value] of Object.entries(fields)) {
        expect(CANONICAL_FIELDS.has(id), id).toBe(true);
        expect(["", "-", "?", "(null)", "<private>"]).not.toContain(value);
      }
      expect(familyById(kind.family), kind.family).not.toBeNull();
      expect(kind.key).not.toBe("");
    }
  });

  const headers = readAll(format, bytes).flatMap((item) => ("skipped" in item && item.skipped.reason === "header" ? [item.skipped] : []));
  /** Formats whose header says what the lines mean need it before any of them. */
  const headerBefore = (offset: number) => Buffer.concat(headers.filter((header) => header.offset < offset).flatMap((header) => [bytes.subarray(header.offset, header.offset + header.length), Buffer.from("\n")]));

  test("gives offsets at which the same record is read again", () => {
    for (const record of recordsOf(readAll(format, bytes))) {
      // A record of a binary log leans on its chunk: there the offset is that of its own mark.
      if (format.id === "evtx") {
        expect(bytes.readUInt32LE(record.offset)).toBe(0x2a2a);
        continue;
      }
      const again = recordsOf(readAll(format, Buffer.concat([headerBefore(record.offset), bytes.subarray(record.offset, record.offset + record.length)])));
      const same = again.find((other) => JSON.stringify([other.kind, other.time, other.fields]) === JSON.stringify([record.kind, record.time, record.fields]));
      expect(same, `record ${record.number}`).toBeDefined();
    }
  });

  test("numbers records from 1 without a gap and gives the same items whatever the chunks", () => {
    const whole = readAll(format, bytes);
    expect(recordsOf(whole).map(({ number }) => number)).toEqual(recordsOf(whole).map((_, i) => i + 1));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1 }), (sizes) => {
        expect(readAll(format, bytes, sizes)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  test("never throws on a damaged sample, keeps order and limits, and stays independent of chunks", () => {
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.constantFrom("flip", "cut", "insert", "double"), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(damage, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }), (edits, sizes) => {
        let content: Buffer = Buffer.from(bytes);
        for (const [place, kind, value] of edits) {
          const at = Math.min(place, content.length);
          if (kind === "flip" && at < content.length) content[at] = value;
          else if (kind === "cut") content = Buffer.concat([content.subarray(0, at), content.subarray(Math.min(content.length, at + value))]);
          else if (kind === "insert") content = Buffer.concat([content.subarray(0, at), Buffer.from([value]), content.subarray(at)]);
          else content = Buffer.concat([content, content.subarray(at)]);
        }
        const items = readAll(format, content);
        expect(readAll(format, content, sizes)).toEqual(items);
        expect(unaccountedBytes(content, items)).toBeNull();
        for (const { message, reason } of refusedOf(items)) {
          expect(message).toMatch(/\.$/);
          expect(reason, message).not.toBe("unreadable-record");
        }
      }),
      { numRuns: 150 },
    );
  });

  test("reads past a word of 100,000 letters at once: no pattern looks through it from each of them", () => {
    const first = bytes.subarray(0, bytes.indexOf("\n") < 0 ? bytes.length : bytes.indexOf("\n"));
    if (format.id !== "evtx") readAll(format, Buffer.concat([first, Buffer.from(` ${"a".repeat(100_000)}\n`)]));
  });

  test("honours the limit of bytes per record", () => {
    const limits = { ...DEFAULT_LIMITS, maxRecordBytes: 40 };
    for (const item of readAll(format, bytes, [50], limits)) {
      expect("record" in item).toBe(false);
      if ("skipped" in item && item.skipped.reason !== "unused") expect(spanOf(item).length).toBeLessThanOrEqual(4096);
    }
  });
});
