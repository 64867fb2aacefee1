import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { familyById } from "@/lib/telemetry/family-of";
import { detectFormat, headOf } from "../detect-format";
import { DEFAULT_LIMITS } from "../read-events";
import type { EventFormat, Item, ParsedRecord, ReadLimits } from "../types";
import { FORMATS } from "./index";

const FOLDER = join(import.meta.dirname, "__fixtures__");
const fixtureOf = (id: string): Buffer => {
  const name = readdirSync(FOLDER).find((file) => file.startsWith(`${id}.`));
  if (name === undefined) throw new Error(`no fixture of ${id}`);
  return readFileSync(join(FOLDER, name));
};
const read = (format: EventFormat, bytes: Uint8Array, sizes: readonly number[] = [1 << 20], limits: ReadLimits = DEFAULT_LIMITS): Item[] => {
  const reader = format.open(limits);
  const items: Item[] = [];
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1;
    items.push(...reader.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return [...items, ...reader.end()];
};
const records = (items: readonly Item[]): ParsedRecord[] => items.flatMap((item) => ("record" in item ? [item.record] : []));
const cases = FORMATS.map((format) => ({ id: format.id, format, bytes: fixtureOf(format.id) }));

describe.each(cases)("the format $id", ({ format, bytes }) => {
  test("knows its own sample, and no other format claims it", () => {
    const head = headOf(bytes);
    expect(FORMATS.filter((other) => other.sniff(head).verdict === "yes").map(({ id }) => id)).toEqual([format.id]);
    expect(detectFormat(head)).toMatchObject({ kind: "format", format: format.id });
    expect(format.sniff(head).evidence.length).toBeGreaterThan(0);
  });

  test("reads its sample whole: nothing refused, every record timed in a known zone or said not to be", () => {
    const items = read(format, bytes);
    expect(items.filter((item) => "refused" in item)).toEqual([]);
    for (const record of records(items)) {
      expect(record.time?.ms).toBeGreaterThan(Date.UTC(2026, 1, 3));
      expect(record.time?.ms).toBeLessThan(Date.UTC(2026, 1, 4));
      expect(record.fields["ts"]).toBe(record.time?.text);
    }
  });

  test("fills canonical fields only, never with an empty value, and names known families", () => {
    for (const { fields, kind } of records(read(format, bytes))) {
      for (const [id, value] of Object.entries(fields)) {
        expect(CANONICAL_FIELDS.has(id), id).toBe(true);
        expect(["", "-", "?", "(null)", "<private>"]).not.toContain(value);
      }
      expect(familyById(kind.family), kind.family).not.toBeNull();
      expect(kind.key).not.toBe("");
    }
  });

  test("gives offsets at which the same record is read again", () => {
    for (const record of records(read(format, bytes))) {
      const header = format.id === "zeek-tsv" ? bytes.subarray(0, bytes.indexOf("\n17") + 1) : Buffer.alloc(0);
      const again = records(read(format, Buffer.concat([header, bytes.subarray(record.offset, record.offset + record.length)])));
      const same = again.find((other) => JSON.stringify([other.kind, other.time, other.fields]) === JSON.stringify([record.kind, record.time, record.fields]));
      expect(same, `record ${record.number}`).toBeDefined();
    }
  });

  test("numbers records from 1 without a gap and gives the same items whatever the chunks", () => {
    const whole = read(format, bytes);
    expect(whole.map((item) => ("record" in item ? item.record.number : item.refused.number))).toEqual(whole.map((_, i) => i + 1));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1 }), (sizes) => {
        expect(read(format, bytes, sizes)).toEqual(whole);
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
        const items = read(format, content);
        expect(read(format, content, sizes)).toEqual(items);
        for (const item of items) {
          const { offset, length } = "record" in item ? item.record : item.refused;
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset + length).toBeLessThanOrEqual(content.length);
          if ("refused" in item) expect(item.refused.message).toMatch(/\.$/);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("honours the limit of bytes per record", () => {
    for (const item of read(format, bytes, [50], { ...DEFAULT_LIMITS, maxRecordBytes: 40 })) {
      expect("refused" in item).toBe(true);
    }
  });
});
