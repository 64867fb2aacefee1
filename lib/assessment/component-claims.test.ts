import { describe, expect, test } from "vitest";
import { assess } from "./assess";
import { makeClaim, makeInput } from "./testing/make-input";

/** What is claimed of a source that nobody knows ("office firewall") rests on its component alone. */
const statusOf = (component: string, logSource = "office firewall", family = "unknown") => assess(makeInput({ claims: [makeClaim({ logSource, family, component, kinds: ["macos-esf:exec"] })] })).cells[0]?.status;

describe("a claim of an unknown source", () => {
  test("declares what it names, by name or by id", () => {
    expect(statusOf("Process Creation")).toBe("declared");
    expect(statusOf("DC0032")).toBe("declared");
  });

  test("says nothing of other components, although records that carry the one may carry the other", () => {
    expect(statusOf("Command Execution")).toBe("blind");
  });

  test("is told from one of a known source, which claims its records with all that they carry", () => {
    expect(statusOf("Command Execution", "macos:endpointsecurity", "macos-esf")).toBe("declared");
  });
});
