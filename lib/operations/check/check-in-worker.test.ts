import { afterEach, describe, expect, it } from "vitest";
import type { SegmentSample } from "@/lib/detection/check/check-types";
import { openCheck, type OpenCheck } from "./check-in-worker";
import type { CheckLimits } from "./check-thread";
import { nameOfPlace } from "./read-rule-set";

const LIMITS: CheckLimits = { fileMs: 60_000, linkMs: 60_000, ruleMs: 60_000, memoryMb: 1024, lookMs: 10 };
const rule = (title: string, values: readonly string[]): string => `title: ${title}\nname: ${title.toLowerCase()}\nlogsource: {product: windows, category: process_creation}\ndetection:\n  s:\n    Image|contains: [${values.join(", ")}]\n  condition: s\n`;
const MANY = Array.from({ length: 50_000 }, (_, i) => `"a${i}*of?a*list*that*nobody?reads"`); // as many as one rule may hold: takes several times the limits below, and the others a fraction of them
const CHAIN = "title: Chain\ncorrelation:\n  type: temporal\n  rules: [good, large]\n  group-by: [Computer]\n  timespan: 1m\n";
const SAMPLE: SegmentSample = {
  series: [{ kind: "windows-sysmon:1", hosts: new Map([["h1", { records: 3, newest: 1 }], ["h2", { records: 1, newest: 2 }]]) }],
  examples: [{ series: 0, host: "h1", record: { kind: { family: "windows-sysmon", key: "1" }, fields: {}, native: { EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", Computer: "h1", Image: "C:\\a.exe" } } }],
};

const place = (file: string) => ({ sourceId: "s", file, document: 0 });
const opened: OpenCheck[] = [];
const open = (files: Readonly<Record<string, string>>, limits: Partial<CheckLimits> = {}, signal = new AbortController().signal): OpenCheck => {
  const check = openCheck({ sources: [{ sourceId: "s", files: Object.entries(files).map(([path, text]) => ({ path, text })) }], renames: [] }, { signal, onFile: () => {} }, { ...LIMITS, ...limits });
  opened.push(check);
  return check;
};
const stateOf = async (check: OpenCheck, file: string): Promise<string | undefined> => (await check.check(SAMPLE)).get(nameOfPlace(place(file)))?.state;

afterEach(async () => {
  await Promise.all(opened.splice(0).map((check) => check.close()));
});

describe("rules that are checked in a thread", () => {
  it("are decided segment after segment, with the number of their hosts", async () => {
    const check = open({ "good.yml": rule("Good", ["a"]) });
    expect((await check.check({ series: [], examples: [] })).get(nameOfPlace(place("good.yml")))).toMatchObject({ state: "no-source", hosts: 0 });
    expect((await check.check(SAMPLE)).get(nameOfPlace(place("good.yml")))).toMatchObject({ state: "can-fire", hosts: 2 });
    expect(check.exceeded(place("good.yml"))).toBeNull();
  });

  it("leave out a file that takes too long to read, and say what it took", async () => {
    const check = open({ "good.yml": rule("Good", ["a"]), "large.yml": rule("Large", MANY) }, { fileMs: 100 });
    expect(await stateOf(check, "good.yml")).toBe("can-fire");
    expect([check.exceeded(place("large.yml")), check.exceeded(place("good.yml"))]).toEqual(["more than 1 s", null]);
  });

  it("refuse a rule that takes too long to weigh, with the correlations that need it", async () => {
    const check = open({ "chain.yml": CHAIN, "good.yml": rule("Good", ["a"]), "large.yml": rule("Large", MANY) }, { ruleMs: 20 });
    expect([await stateOf(check, "good.yml"), await stateOf(check, "large.yml"), await stateOf(check, "chain.yml")]).toEqual(["can-fire", "refused", "refused"]);
    expect(check.exceeded(place("large.yml"))).toBe("more than 1 s");
  });

  it("are refused as a whole where all of them together need too much", async () => {
    await expect(open({ "large.yml": rule("Large", MANY) }, { memoryMb: 8 }).check(SAMPLE)).rejects.toMatchObject({ code: "TOO_LARGE" });
  });

  it("end at once when the check is cancelled", async () => {
    const stop = new AbortController();
    const check = open({ "large.yml": rule("Large", MANY) }, {}, stop.signal);
    const began = check.read();
    setTimeout(() => stop.abort(), 50);
    await expect(began).rejects.toThrow(/abort|cancel/i);
  });
});
