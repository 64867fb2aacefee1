import { describe, expect, it } from "vitest";
import { fillCounts } from "./fill-counts";
import { narrowInput } from "./narrow-input";
import { makeInput, makeRecords, makeSegment } from "./testing/make-input";

const ask = { analytic: "AN0001", segment: "mac", kinds: ["macos-esf:exec"] };
const fields = { fieldSets: [{ required: ["cmd"], anyOf: [["user", "host"]] }] };

describe("how full the records are that a verdict counted", () => {
  it("counts fresh records per field, weighted by their number and not by their shapes", () => {
    const input = makeInput({ ...fields, aggregates: [makeRecords("h1", 900), makeRecords("h2", 100, { shape: 1 })] });
    expect(fillCounts(input, ask)).toEqual([{ records: 1000, fields: [{ fields: ["cmd"], filled: 900, redacted: 0 }, { fields: ["user", "host"], filled: 1000, redacted: 0 }] }]);
  });
  it("leaves out hosts that the roster does not list, records without a host and stale ones", () => {
    const input = makeInput({
      segments: [makeSegment("mac", { roster: [{ host: "h1", platform: "macOS" }] })],
      aggregates: [makeRecords("h1", 5), makeRecords("stranger", 50), makeRecords("", 7), makeRecords("h1", 0, { shape: 1, stale: 9, freshFirst: null, freshLast: null })],
    });
    expect(fillCounts(input, ask)).toEqual([{ records: 5, fields: [{ fields: ["cmd"], filled: 5, redacted: 0 }] }]);
  });
  it("tells values that the source hid from empty ones, and leaves out records about other objects", () => {
    const classed = { shapes: [["cmd", "host", "ts"], ["host", "ts", "~cmd"], ["@unix-socket", "host", "ts"], ["host", "ts"]], fieldSets: [{ required: ["cmd"], anyOf: [], objects: ["inet-socket"] }] };
    const input = makeInput({ ...classed, aggregates: [makeRecords("h1", 10), makeRecords("h2", 7, { shape: 1 }), makeRecords("h1", 500, { shape: 2 }), makeRecords("h1", 2, { shape: 3 })] });
    expect(fillCounts(input, ask)).toEqual([{ records: 19, fields: [{ fields: ["cmd"], filled: 10, redacted: 7 }] }]);
  });
  it("says nothing of a kind that the reference does not accept, and nothing where no kind came near", () => {
    expect(fillCounts(makeInput(), { ...ask, kinds: ["macos-esf:open"] })).toEqual([null]);
    expect(fillCounts(makeInput(), { ...ask, kinds: [null] })).toEqual([null]);
  });
  it("counts the same from the part of a kept input that holds one segment", () => {
    const aggregates = [makeRecords("h1", 3), makeRecords("h1", 4, { segment: "other" }), makeRecords("h1", 2, { kind: "macos-esf:open" })];
    const input = makeInput({ segments: [makeSegment("mac"), makeSegment("other")], aggregates });
    const kept: unknown = JSON.parse(JSON.stringify(input));
    const narrow = narrowInput(kept, ask);
    expect(narrow?.aggregates).toHaveLength(1);
    expect(narrow && fillCounts(narrow, ask)).toEqual(fillCounts(input, ask));
  });
  it("reads nothing from a kept input of another version", () => {
    expect(narrowInput({ ...makeInput(), schema: "sightline.scoring-input/0" }, ask)).toBeNull();
    expect(narrowInput("no document", ask)).toBeNull();
  });
});
