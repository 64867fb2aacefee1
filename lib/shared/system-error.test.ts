import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorSentence, SightlineError } from "./errors";
import { systemReason } from "./system-error";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-system-"));
  writeFileSync(join(folder, "file"), "");
});
afterAll(() => rmSync(folder, { recursive: true }));

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe("a refusal of the operating system", () => {
  test.each([
    ["absent", "there is no such file or folder"],
    ["file/below", "a part of this path is a file, not a folder"],
    [".", "this is a folder, not a file"],
    ["x".repeat(300), "the name is too long"],
  ])("%s is said in words, without the system's code", (name, words) => {
    const error = thrownBy(() => readFileSync(join(folder, name)));
    expect(systemReason(error)).toMatchObject({ words, remedy: expect.stringMatching(/^[A-Z].*\.$/) });
    expect(errorSentence(error)).toBe(words);
  });

  test("names the file where the system does, and keeps a code that has no words yet", () => {
    expect(systemReason(thrownBy(() => readFileSync(join(folder, "absent"))))?.path).toBe(join(folder, "absent"));
    expect(systemReason(Object.assign(new Error("EODD: odd"), { code: "EODD", syscall: "read" }))?.words).toBe("the system refused it (EODD)");
  });

  test("is nothing else: our own errors and defects keep their texts", () => {
    expect(systemReason(new SightlineError("INVALID", "No."))).toBe(null);
    expect(errorSentence(new Error("a defect"))).toBe("a defect");
    expect(systemReason("ENOENT")).toBe(null);
  });
});
