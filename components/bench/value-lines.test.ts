import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readValues, writeValues } from "./value-lines";

describe("values of placeholders as lines", () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,12}$/);
  const value = fc.stringMatching(/^[!-~]{0,20}$/);
  test("what is written is read again, whatever the values hold", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.record({ name, values: fc.array(value, { minLength: 1, maxLength: 4 }) }), { selector: (one) => one.name, maxLength: 5 }), (values) => {
        expect(readValues(writeValues(values))).toEqual({ values: Object.fromEntries(values.map((one) => [one.name, one.values])), wrong: null });
      }),
      { numRuns: 100 },
    );
  });
  test("percent signs around a name are left off, and a line without a name is said back", () => {
    expect(readValues("%Words%=a=b\n\nWords= c ")).toEqual({ values: { Words: ["a=b", "c"] }, wrong: null });
    expect(readValues("=x").wrong).toBe('"=x" is no line NAME=VALUE.');
    expect(readValues("nothing").wrong).toBe('"nothing" is no line NAME=VALUE.');
  });
});
