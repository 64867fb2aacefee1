import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readInlineXml } from "./inline-xml";

const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const utf16 = (text: string) => [...Buffer.from(text, "utf16le")];
const BASE = 540;

/** Bytes of a record as a forwarder writes it, at BASE of a chunk: a name stands where it is first used. */
function chunkOf(write: (name: (text: string) => number[], push: (...bytes: number[]) => void) => void): { chunk: Buffer; to: number } {
  const bytes: number[] = [0x0f, 1, 1, 0];
  const known = new Map<string, number>();
  const name = (text: string): number[] => {
    const at = known.get(text);
    if (at !== undefined) return u32(at);
    const here = BASE + bytes.length + 4;
    known.set(text, here);
    return [...u32(here), ...u32(0), ...u16(0), ...u16(text.length), ...utf16(text), 0, 0];
  };
  write(name, (...more) => void bytes.push(...more));
  const chunk = Buffer.alloc(65_536);
  Buffer.from(bytes).copy(chunk, BASE);
  return { chunk, to: BASE + bytes.length };
}

const value = (text: string) => [0x05, 0x01, ...u16(text.length), ...utf16(text)];
const record = () =>
  chunkOf((name, push) => {
    push(0x41, ...u32(0));
    push(...name("Event"));
    push(...u32(0), 0x06);
    push(...name("Name"));
    push(...value('a"b'), 0x02);
    for (const text of ["x < y", "z"]) {
      push(0x01, ...u32(0));
      push(...name("Data"));
      push(0x02, ...value(text), 0x04);
    }
    push(0x01, ...u32(0));
    push(...name("Empty"));
    push(0x03, 0x04, 0x00);
  });

describe("a record whose elements are written out", () => {
  test("is read with its attributes and texts, names that stand further up included", () => {
    const { chunk, to } = record();
    expect(readInlineXml(chunk, BASE, to)).toBe('<Event Name="a&#34;b"><Data>x &#60; y</Data><Data>z</Data><Empty/></Event>');
  });

  test("is refused with what is wrong: cut, never closed, or holding what no literal is", () => {
    const { chunk, to } = record();
    expect(() => readInlineXml(chunk, BASE, to - 8)).toThrow(/not closed|ends inside/);
    expect(() => readInlineXml(Buffer.alloc(65_536, 0), BASE, to)).toThrow("not closed");
    chunk[BASE + 4] = 0x0c;
    expect(() => readInlineXml(chunk, BASE, to)).toThrow("token 0xc is not known");
  });

  test("property: whatever its bytes, reading ends, with XML or a reason", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 6 }), (changes) => {
        const { chunk, to } = record();
        for (const [at, byte] of changes) chunk[BASE + at] = byte;
        try {
          expect(readInlineXml(chunk, BASE, to)).toMatch(/^<[^]*>$/);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 300 },
    );
  });
});
