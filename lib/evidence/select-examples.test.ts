import { describe, expect, test } from "vitest";
import { DAY_MS } from "@/lib/assessment/instants";
import { AT, makeInput, makeSegment } from "@/lib/assessment/testing/make-input";
import { EXAMPLES_PER_GROUP, selectExamples, type ExampleRecord } from "./select-examples";

const group = { key: "k", segment: 0, kind: "macos-esf:exec", fieldSet: 0, platforms: ["macOS"] };
const example = (record: number, changes: Partial<ExampleRecord> = {}): ExampleRecord => ({
  ref: `d/${record}`, dataset: "d", fileName: "f", fileDigest: "d", record, offset: 0, length: 1, kind: "macos-esf:exec", host: "h1", time: new Date(AT - DAY_MS).toISOString(), fields: { cmd: "ls" }, objectClass: null, raw: "", ...changes,
});
const pick = (candidates: ExampleRecord[], input = makeInput()) => selectExamples(input, group, candidates).map(({ record }) => record);

describe("examples of a proof", () => {
  test("are only records that it counted: of the kind, in the window, filled, of a host that has a name", () => {
    const candidates = [
      example(1),
      example(2, { kind: "macos-esf:fork" }),
      example(3, { time: new Date(AT - 31 * DAY_MS).toISOString() }),
      example(4, { time: new Date(AT + 6 * 60_000).toISOString() }),
      example(5, { time: null }),
      example(6, { fields: { image: "ls" } }),
      example(7, { host: "" }),
      example(8, { time: new Date(AT + 5 * 60_000).toISOString() }),
    ];
    expect(pick(candidates)).toEqual([1, 8]);
  });

  test("are of hosts of the roster with a platform of the analytic, where there is a roster", () => {
    const roster = [{ host: "h1", platform: "macOS" }, { host: "h2", platform: "Windows" }];
    const input = makeInput({ segments: [makeSegment("mac", { roster })] });
    expect(pick([example(1), example(2, { host: "h2" }), example(3, { host: "h3" })], input)).toEqual([1]);
  });

  test("need one field of every anyOf group", () => {
    const input = makeInput({ fieldSets: [{ required: ["cmd"], anyOf: [["pid", "image"], ["user"]] }] });
    expect(pick([example(1), example(2, { fields: { cmd: "a", image: "b", user: "c" } }), example(3, { fields: { cmd: "a", pid: 1 } })], input)).toEqual([2]);
  });

  test("are not about another class of object than the component", () => {
    const input = makeInput({ fieldSets: [{ required: ["cmd"], anyOf: [], objects: ["file"] }] });
    expect(pick([example(1, { objectClass: "registry-key" }), example(2, { objectClass: "file" }), example(3)], input)).toEqual([2, 3]);
  });

  test("show every host before a second record of one, and at most twenty", () => {
    const many = Array.from({ length: 30 }, (_, index) => example(index + 1, { host: index < 28 ? "loud" : `quiet-${index}` }));
    const picked = pick(many);
    expect(picked.slice(0, 4)).toEqual([1, 29, 30, 2]);
    expect(picked).toHaveLength(EXAMPLES_PER_GROUP);
  });
});
