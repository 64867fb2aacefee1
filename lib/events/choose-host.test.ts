import { describe, expect, test } from "vitest";
import { checkHostFrom, hostChooser, type HostOptions } from "./choose-host";
import type { ParsedRecord } from "./types";

const record = (host: string | null, native: unknown = null): ParsedRecord => ({ number: 1, offset: 0, length: 1, time: null, host, kind: { family: "f", key: "k" }, fields: {}, native });
const choose = (options: Partial<HostOptions>, of: ParsedRecord) => hostChooser({ host: null, hostFrom: null, filePath: "fleet/mac-014/es.json", ...options })(of);

describe("whose record it is", () => {
  test("its own host comes first, then --host-from, then --host, then nobody", () => {
    expect(choose({ host: "h", hostFrom: "agent.name" }, record("own"))).toBe("own");
    expect(choose({ host: "h", hostFrom: "agent.name" }, record(null, { agent: { name: "a" } }))).toBe("a");
    expect(choose({ host: "h", hostFrom: "agent.name" }, record(null, { agent: {} }))).toBe("h");
    expect(choose({}, record(null))).toBe("");
  });

  test("a regular expression takes its group from the path", () => {
    expect(choose({ hostFrom: "fleet/([^/]+)/" }, record(null))).toBe("mac-014");
  });

  test.each([
    ["(", /neither a field name nor a regular expression/],
    ["(?=a)(b)", /without look-around/],
    ["fleet/.*", /exactly one group/],
    ["(a)(b)", /exactly one group/],
    ["site/([^/]+)/", /finds no host in this path/],
  ])("%s is refused with the reason", (hostFrom, sentence) => {
    expect(() => hostChooser({ host: null, hostFrom, filePath: "fleet/x" })).toThrow(sentence);
  });

  test("what no path could satisfy is known before there is a path", () => {
    for (const wrong of ["(", "(?=a)(b)", "fleet/.*", "(a)(b)", `(${"a".repeat(200)})`]) expect(() => checkHostFrom(wrong), wrong).toThrow();
    for (const right of [null, "", "agent.name", "fleet/([^/]+)/"]) expect(() => checkHostFrom(right)).not.toThrow();
  });

  test("a field name never reaches a prototype", () => {
    expect(choose({ hostFrom: "constructor.name" }, record(null, {}))).toBe("");
  });
});
