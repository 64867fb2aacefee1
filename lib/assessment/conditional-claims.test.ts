import { describe, expect, test } from "vitest";
import { assess } from "./assess";
import type { ScoringInput } from "./scoring-input";
import { AT, fromHosts, makeClaim, makeInput, makeRecords } from "./testing/make-input";

/** A claim that an include list, a path or a filter restricts declares, says so, and counts for the upper bound like any other. */
function only(input: ScoringInput) {
  const result = assess(input);
  const [cell] = result.cells;
  const line = cell && result.requirements[result.details[cell.detail]?.requirements[0] ?? -1];
  return { cell, best: line?.alternatives[line.best] };
}

describe("a conditional claim", () => {
  const conditional = makeClaim({ basis: "configuration", condition: "only where Image is \"powershell.exe\"" });

  test("declares with its condition in the flag and in the reason; nothing else changes", () => {
    const { cell, best } = only(makeInput({ claims: [conditional] }));
    expect(cell).toMatchObject({ status: "declared", flags: ["conditional"], upper: 1_000_000 });
    expect(best?.why).toMatchObject({ code: "claimed-only", text: expect.stringMatching(/\(configuration, .*\)\. Conditional: only where Image is "powershell\.exe"\. No sample event proves it\./) });
    expect(only(makeInput({ claims: [{ ...conditional, condition: undefined }] })).cell).toMatchObject({ status: "declared", flags: [], upper: 1_000_000, score: cell?.score });
  });

  test("gives way to an unconditional claim of the same basis, and is shown before a weaker basis", () => {
    const free = makeClaim({ basis: "configuration", source: "free" });
    expect(only(makeInput({ claims: [conditional, free] })).cell?.flags).toEqual([]);
    expect(only(makeInput({ claims: [conditional, makeClaim({ basis: "statement", source: "says so" })] })).cell?.flags).toEqual(["conditional"]);
  });

  test("is dropped from the upper bound when a thousand records contradict it", () => {
    expect(only(makeInput({ claims: [conditional], aggregates: [makeRecords("a", 1_000, { kind: "macos-esf:open" })] })).cell).toMatchObject({ status: "declared", flags: ["contradicted", "conditional"], upper: 0 });
  });

  test("of zero hosts, which is how a configuration says off, counts nowhere and never stands against proof", () => {
    expect(only(makeInput({ claims: [{ ...conditional, hosts: 0 }] })).cell).toMatchObject({ status: "blind", flags: [] });
    expect(only(makeInput({ claims: [{ ...conditional, hosts: 0, asOf: AT }], aggregates: fromHosts(5) })).cell?.status).toBe("observed");
  });
});
