import { expect, test } from "vitest";
import { describeRefusal } from "./describe-refusal";
import { FORMATS } from "./formats";
import { startReading, DEFAULT_LIMITS } from "./read-events";

test("every refusal that the readers make has a sentence of its own", () => {
  const bad = ["{", `${"[".repeat(100)}${"]".repeat(100)}`, "\"text\"", "{\"a\":1}", `{"a":"${"x".repeat(3000)}"}`].join("\n");
  const reasons = new Set<string>();
  for (const format of FORMATS) {
    const reading = startReading({ format, limits: { ...DEFAULT_LIMITS, maxRecordBytes: 1000 }, host: null, hostFrom: null, filePath: "bad.json" }, []);
    reading.push(Buffer.concat([Buffer.from(`${bad}\n`), Buffer.from([0x7b, 0xff, 0xfe, 0x0a])]));
    for (const { reason } of reading.end().reasons) reasons.add(reason);
  }
  expect(reasons.size).toBeGreaterThan(3);
  for (const reason of reasons) expect(describeRefusal(reason)).not.toContain(reason);
});

test("a code that is not known yet is named as it is", () => {
  expect(describeRefusal("new-code")).toBe('These were refused for the reason "new-code".');
});
