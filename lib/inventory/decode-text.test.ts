import { describe, expect, test } from "vitest";
import { decodeText, MAX_INVENTORY_BYTES } from "./decode-text";

const refusal = (bytes: Uint8Array): unknown => {
  try {
    decodeText("f", bytes);
  } catch (error) {
    return error;
  }
  return null;
};

describe("bytes of an inventory file", () => {
  test("are UTF-8, or UTF-16 with its mark", () => {
    expect(decodeText("f", Buffer.from("\ufeffhöst,platform"))).toBe("höst,platform");
    expect(decodeText("f", Buffer.from("\ufeffhöst", "utf16le"))).toBe("höst");
    expect(decodeText("f", Buffer.from("\ufeffhöst", "utf16le").swap16())).toBe("höst");
  });

  test("that are no UTF-8 are refused with the line", () => {
    const bytes = Buffer.concat([Buffer.from("host\nok\nb"), Buffer.from([0xe4, 0x72]), Buffer.from("\n")]);
    expect(refusal(bytes)).toMatchObject({ code: "INVALID", place: { line: 3 } });
  });

  test("that are a picture named .csv, empty, or too many are refused", () => {
    expect(refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]))).toMatchObject({ code: "INVALID" });
    expect(refusal(Buffer.from("a,b\0"))).toMatchObject({ code: "INVALID", message: expect.stringContaining("zero bytes") });
    expect(refusal(Buffer.from(" \n"))).toMatchObject({ code: "INVALID", message: "The file is empty." });
    expect(refusal(Buffer.alloc(0))).toMatchObject({ code: "INVALID", message: "The file is empty." });
    expect(refusal(new Uint8Array(MAX_INVENTORY_BYTES + 1))).toMatchObject({ code: "TOO_LARGE" });
  });
});
