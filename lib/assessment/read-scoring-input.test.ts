import { describe, expect, test } from "vitest";
import { SightlineError } from "@/lib/shared/errors";
import { ENGINE } from "./assess";
import { readScoringInput } from "./read-scoring-input";
import { makeInput } from "./testing/make-input";

const kept = (changes: object): unknown => JSON.parse(JSON.stringify({ ...makeInput(), ...changes }));

function refusal(value: unknown): string {
  try {
    readScoringInput(value, "assessment 12");
  } catch (error) {
    if (error instanceof SightlineError && error.code === "UNSUPPORTED") return error.sentence();
  }
  throw new Error("not refused");
}

describe("a kept scoring input", () => {
  test("is read as it was written", () => {
    expect(readScoringInput(kept({}), "assessment 12")).toEqual(makeInput());
  });

  test("of an older engine is read all the same: who scores it looks at the engine", () => {
    expect(readScoringInput(kept({ engine: "sightline-assessment/1" }), "assessment 12").engine).toBe("sightline-assessment/1");
  });

  test("that lacks what was added since is read with its default", () => {
    expect(readScoringInput(kept({ kindPlatforms: undefined, zoneDependent: undefined }), "assessment 12")).toMatchObject({ kindPlatforms: {}, zoneDependent: [] });
  });

  test("of another schema is refused by the name of the assessment, its schema and engine, with the remedy", () => {
    expect(refusal(kept({ schema: "sightline.scoring-input/0", engine: "sightline-assessment/0" }))).toBe(
      `The scoring input of assessment 12 cannot be read: it is of schema sightline.scoring-input/0, scored by sightline-assessment/0; this version reads sightline.scoring-input/1 and scores as ${ENGINE}. Use the version of Sightline that made it, or run the assessment again.`,
    );
  });

  test("that is damaged is refused with the place", () => {
    expect(refusal(kept({ segments: [{ id: "mac" }] }))).toMatch(/At segments\.0\.name: /);
    expect(refusal("no document")).toMatch(/of schema unknown, scored by an unknown engine/);
    expect(refusal(null)).toMatch(/assessment 12/);
  });
});
