import { describe, expect, it } from "vitest";
import { hostChooser } from "./choose-host";
import type { ParsedRecord } from "./types";

const record = (family: string, host: string | null, native: unknown = {}): ParsedRecord => ({ number: 1, offset: 0, length: 0, time: null, host, kind: { family, key: "x" }, fields: {}, native });
const choose = (options: { host?: string; hostFrom?: string; filePath?: string }, of: ParsedRecord) =>
  hostChooser({ host: options.host ?? null, hostFrom: options.hostFrom ?? null, filePath: options.filePath ?? "" })(of);

describe("whose record it is", () => {
  it("takes the record's own host before anything that the import says", () => {
    expect(choose({ host: "given", hostFrom: "agent.name" }, record("windows-sysmon", "own", { agent: { name: "found" } }))).toBe("own");
  });
  it("takes a named field before the given host, and the given host where the field is absent", () => {
    expect(choose({ host: "given", hostFrom: "agent.name" }, record("macos-esf", null, { agent: { name: "found" } }))).toBe("found");
    expect(choose({ host: "given", hostFrom: "agent.name" }, record("macos-esf", null))).toBe("given");
  });
  it("takes a group over the path of the file", () => {
    expect(choose({ hostFrom: "/([^/]+)\\.ndjson$" , filePath: "in/mac-07.ndjson" }, record("macos-esf", null))).toBe("mac-07");
  });
  it("takes a local address or an account only when nothing names a host", () => {
    expect(choose({ hostFrom: "orig_host" }, record("nsm-zeek", "10.0.0.9", { orig_host: "web-001" }))).toBe("web-001");
    expect(choose({ host: "web-001" }, record("nsm-zeek", "10.0.0.9"))).toBe("web-001");
    expect(choose({}, record("nsm-zeek", "10.0.0.9"))).toBe("10.0.0.9");
    expect(choose({}, record("aws-cloudtrail", "111122223301"))).toBe("111122223301");
    expect(choose({}, record("aws-cloudtrail", null))).toBe("");
  });
});
