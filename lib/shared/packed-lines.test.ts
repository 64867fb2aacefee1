import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openLines, packLines } from "./packed-lines";

interface Line {
  readonly id: string;
  readonly level: string;
  readonly tags: readonly string[];
}

const pack = (lines: readonly Line[]) => packLines(lines, { id: ({ id }) => id, level: ({ level }) => level, tags: ({ tags }) => tags.join(" ") });
function unpack(packed: ReturnType<typeof pack>): Line[] {
  const column = openLines(packed);
  const [id, level, tags] = [column("id", String), column("level", String), column("tags", (text) => (text === "" ? [] : text.split(" ")))];
  return Array.from({ length: packed.size }, (_, at) => ({ id: id(at), level: level(at), tags: tags(at) }));
}

describe("packed lines", () => {
  it("come out as they went in, whatever stands in them", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom("", "\n", "\\", "\\n", "a\\\nb", "\u2028"));
    const line = fc.record({ id: text, level: fc.constantFrom("", "low", "high"), tags: fc.array(fc.stringMatching(/^[a-z.0-9]+$/), { maxLength: 3 }) });
    fc.assert(fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
      expect(unpack(pack(lines))).toEqual(lines.map((one) => ({ ...one })));
    }), { numRuns: 200 });
  });

  it("number more texts than one character can", () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => ({ id: `id ${i}`, level: `level ${i % 65}`, tags: [`t${i % 4_097}`] }));
    const packed = pack(lines);
    expect([packed.columns.id.width, packed.columns.level.width, packed.columns.tags.width]).toEqual([0, 2, 3]);
    expect(unpack(packed)).toEqual(lines);
  });

  it("say every text once, and share what is equal", () => {
    const packed = pack(["a", "b", "c"].map((id) => ({ id, level: "high", tags: ["t1", "t2"] })));
    expect(packed.columns.level).toEqual({ texts: "high", width: 1, at: "AAA" });
    const [first, , third] = unpack(packed);
    expect(first?.tags).toBe(third?.tags);
  });
});
