import { describe, expect, it } from "vitest";
import { parseTemplateScript } from "./parse-template-script";
import { playTemplateScript, type ScenePlan } from "./play-template-script";

const SCRIPT = `
[unit]
colour = {{stable colours}}

[record line]
shade ?= plain
{{time epoch-ms}} {{unit}} {{next serial}} {{colour}} {{shade}} {{run}}

# two records, ten seconds apart
[scene pair]
run = {{hex 6}}
@0 line
@10 line
  shade = dark
`;

const play = (plan: readonly ScenePlan[], seed = "s") => [
  ...playTemplateScript({
    seed,
    script: parseTemplateScript(SCRIPT),
    lists: { colours: ["red", "green"] },
    unitNames: ["a", "b", "c"],
    constants: {},
    plan,
    fromMs: 1_000_000,
    toMs: 2_000_000,
  }),
];

describe("playing a template script", () => {
  it("writes records in the order of their time, inside the span, with serials that grow on each unit", () => {
    const records = play([{ scene: "pair", units: 3, times: 20 }]);
    expect(records).toHaveLength(120);
    const serials = new Map<string, number>();
    let before = 0;
    for (const { atMs, unit, text } of records) {
      const [time, name, serial] = text.split(" ");
      expect(Number(time)).toBe(atMs);
      expect(atMs).toBeGreaterThanOrEqual(Math.max(before, 1_000_000));
      expect(atMs).toBeLessThanOrEqual(2_000_000);
      expect(name).toBe(unit);
      expect(Number(serial)).toBeGreaterThan(serials.get(unit) ?? 0);
      serials.set(unit, Number(serial));
      before = atMs;
    }
  });

  it("gives the records of one scene the same values, ten seconds apart, and uses a default only where nothing is said", () => {
    const [first, second] = play([{ scene: "pair", units: 1, times: 1 }]);
    expect(second && first && second.atMs - first.atMs).toBe(10_000);
    expect(first?.text.split(" ").slice(4)).toEqual(["plain", expect.stringMatching(/^[0-9a-f]{6}$/)]);
    expect(second?.text.split(" ").slice(4)).toEqual(["dark", first?.text.split(" ")[5]]);
  });

  it("is the same for the same seed and another for another", () => {
    const plan = [{ scene: "pair", units: 2, times: 2 }];
    expect(play(plan)).toEqual(play(plan));
    expect(play(plan, "other")).not.toEqual(play(plan));
  });

  it("refuses unknown scenes, more units than there are, and unknown records", () => {
    expect(() => play([{ scene: "trio", units: 1, times: 1 }])).toThrow('unknown scene "trio"');
    expect(() => play([{ scene: "pair", units: 4, times: 1 }])).toThrow("wants 4 of 3 units");
    expect(() => parseTemplateScript("[scene x]\n@0 ghost")).toThrow('unknown record "ghost"');
    expect(() => parseTemplateScript("lost\n[unit]")).toThrow("line 1: text before the first section");
    expect(() => parseTemplateScript("[unit]\nno assignment")).toThrow('line 2: expected "name = value"');
  });
});
