import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRule } from "../evaluate/compile-rule";
import { viewRecord } from "../evaluate/rule-view";
import { linkRules } from "../sigma/link-rules";
import { parseRuleFile } from "../sigma/parse-rule-file";
import { explainRule, NearestEvent, testedRule } from "./explain-rule";

const record = (native: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, string | number>> = {}, number = 1) => ({ number, kind: { family: "macos-esf", key: "exec" }, fields, native });
function ruleOf(detection: string, ...more: readonly string[]) {
  const text = [`title: t\nname: t\nlogsource: {product: macos}\ndetection:\n${detection.replace(/^/gm, "  ")}\n`, ...more].join("---\n");
  const set = linkRules([parseRuleFile("r.yml", text)]);
  const [rule] = set.rules;
  if (rule === undefined) throw new Error(set.refused.map(({ message }) => message).join());
  return rule;
}
const explain = (detection: string, native: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, string | number>> = {}) => explainRule(ruleOf(detection), record(native, fields));

describe("an item of an explanation", () => {
  it("says what was wanted, what was found, and under which name", () => {
    const { matched, needed, items } = explain("selection:\n  Image|endswith: /curl\n  CommandLine|contains: http\n  tty: [1, 2]\ncondition: selection", { tty: 3 }, { image: "/usr/bin/curl" });
    expect({ matched, needed }).toEqual({ matched: false, needed: 2 });
    expect(items).toEqual([
      { path: "detection.selection.Image|endswith", field: "Image", wanted: '"/curl"', found: "/usr/bin/curl", state: "filled", lookup: "canonical", result: true, decides: false },
      { path: "detection.selection.CommandLine|contains", field: "CommandLine", wanted: '"http"', found: null, state: "absent", lookup: null, result: false, decides: true },
      { path: "detection.selection.tty", field: "tty", wanted: "[1,2]", found: 3, state: "filled", lookup: "native", result: false, decides: true },
    ]);
  });
  it("tells a field that is there and says nothing from one that is not there", () => {
    const { items } = explain("selection:\n  a: x\n  b: x\n  c: x\n  d: x\ncondition: selection", { a: "-", b: null, c: "" });
    expect(items.map(({ found, state }) => ({ found, state }))).toEqual([{ found: "-", state: "empty" }, { found: null, state: "empty" }, { found: "", state: "empty" }, { found: null, state: "absent" }]);
  });
  it("shows all values of a list, and cuts what is long", () => {
    const { items } = explain("selection:\n  a: x\n  b: x\ncondition: selection", { a: ["y", 2], b: "z".repeat(1000) });
    expect(items[0]?.found).toEqual(["y", 2]);
    expect(String(items[1]?.found)).toHaveLength(300);
  });
  it("of keywords shows the text that holds one", () => {
    expect(explain("words:\n  - needle\n  - other\ncondition: words", { deep: { a: ["hay", "a Needle in it"] } }).items).toMatchObject([{ path: "detection.words", field: null, state: "anywhere", found: "a Needle in it", result: true }]);
    expect(explain("words: [needle]\ncondition: words", { a: "hay" }).items).toMatchObject([{ state: "anywhere", found: null, result: false, decides: true }]);
  });
  it("decides where a filter took the event away", () => {
    const { matched, items } = explain("selection: {a: x}\nfilter: {b: y}\ncondition: selection and not filter", { a: "x", b: "y" });
    expect(matched).toBe(false);
    expect(items.map(({ path, result, decides }) => [path, result, decides])).toEqual([["detection.selection.a", true, false], ["detection.filter.b", true, true]]);
  });
  it("is the nearest branch of an OR", () => {
    const { needed, items } = explain("one: {a: x, b: x, c: x}\ntwo: {d: x, e: x}\ncondition: 1 of them", { a: "x", d: "x" });
    expect(needed).toBe(1);
    expect(items.filter(({ decides }) => decides).map(({ field }) => field)).toEqual(["e"]);
  });
  it("of a filter document stands beside those of the rule", () => {
    const rule = ruleOf("selection: {a: x}\ncondition: selection", "title: no admins\nlogsource: {product: macos}\nfilter: {rules: [t], selection: {user: root}, condition: not selection}\n");
    expect(explainRule(rule, record({ a: "x", user: "root" }))).toMatchObject({ matched: false, items: [{ field: "a", decides: false }, { path: "filter.selection.user", result: true, decides: true }] });
  });
});

describe("of several events", () => {
  const nearest = (events: readonly Readonly<Record<string, unknown>>[]) => {
    const search = new NearestEvent(testedRule(ruleOf("selection: {a: x, b: x, c: x}\ncondition: selection")));
    events.forEach((native, i) => {
      const one = record(native, {}, i + 1);
      search.look(one, viewRecord(one));
    });
    return { ...search.explain(), seen: search.seen, hits: search.matched };
  };
  it("the first that matches is explained", () => {
    expect(nearest([{ a: "x" }, { a: "x", b: "x", c: "x" }, { a: "x", b: "x", c: "x" }])).toMatchObject({ event: 2, matched: true, needed: 0, seen: 3, hits: 2 });
  });
  it("the nearest is explained where none matches, the first of equals", () => {
    expect(nearest([{}, { a: "x", b: "x" }, { b: "x", c: "x" }])).toMatchObject({ event: 2, matched: false, needed: 1 });
  });
  it("nothing is said of no event", () => {
    expect(nearest([])).toEqual({ seen: 0, hits: 0 });
  });
});

describe("explanations of random rules", () => {
  const field = fc.constantFrom("a", "b", "c");
  const item = fc.tuple(field, fc.constantFrom("", "|contains", "|startswith", "|neq", "|exists"), fc.constantFrom("x", "xy", "z")).map(([name, modifier, value]) => `${name}${modifier}: ${modifier === "|exists" ? "true" : value}`);
  const selection = fc.uniqueArray(item, { minLength: 1, maxLength: 3, selector: (text) => text.split(":")[0] }).map((items) => `{${items.join(", ")}}`);
  const condition = fc.constantFrom("s1", "s1 and not s2", "not (s1 and s2) or s3", "1 of s*", "all of s*", "not 1 of s* or s2", "s1 or s2 and not s3");
  const event = fc.record({ a: fc.constantFrom("x", "xy", "z", null), b: fc.constantFrom("x", "zz"), c: fc.constantFrom("x", "", "-") }, { requiredKeys: [] });

  it("agree with the full scan: nothing is needed exactly where the rule matches", () => {
    fc.assert(
      fc.property(selection, selection, selection, condition, event, (s1, s2, s3, text, native) => {
        const rule = ruleOf(`s1: ${s1}\ns2: ${s2}\ns3: ${s3}\ncondition: ${text}`);
        const one = record(native);
        const { matched, needed, items } = explainRule(rule, one);
        expect(matched).toBe(compileRule(rule)(viewRecord(one)));
        expect(needed === 0).toBe(matched);
        expect(items.filter(({ decides }) => decides).length).toBe(needed);
      }),
      { numRuns: 500 },
    );
  });
});
