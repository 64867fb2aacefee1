import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isEmptyValue } from "./canonical-fields";
import { isRedactionMark } from "./redaction-marks";

describe("redaction marks", () => {
  test.each(["<private>", "<<private>>", "****", "***", "[REDACTED]", "<redacted>", "REDACTED", "HIDDEN_DUE_TO_SECURITY_REASONS", "***OMITTED***", "(masked)", "{Filtered}", "<mask.hash: 'p2jhzPTFpHDPNnnyBy1tZA=='>", "< private >"])("%s is one, and says nothing", (text) => {
    expect(isRedactionMark(text)).toBe(true);
    expect(isEmptyValue(text)).toBe(true);
  });

  test.each(["", "-", "?", "(null)", "**", "private", "hidden", "masked", "/private/tmp/x", "<private> opened /etc/hosts", "[REDACTED", "redacted.txt", "*.example.test", "()", "<>", "[]", "(empty)", "a****"])("%s is none", (text) => {
    expect(isRedactionMark(text)).toBe(false);
  });

  test("every mark is an empty value, whatever the text", () => {
    const parts = fc.constantFrom("<", ">", "[", "]", "*", "private", "REDACTED", " ", "a", "mask.hash: x", "hidden_due_to_security_reasons");
    fc.assert(fc.property(fc.array(parts, { maxLength: 8 }).map((texts) => texts.join("")), (text) => !isRedactionMark(text) || isEmptyValue(text)));
  });
});
