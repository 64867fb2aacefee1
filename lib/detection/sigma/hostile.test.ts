import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, test } from "vitest";
import { compileRule } from "../evaluate/compile-rule";
import { viewRecord } from "../evaluate/rule-view";
import { buildRuleEngine } from "../index/rule-engine";
import { startDetection } from "../start-detection";
import { linkRules } from "./link-rules";
import { MODIFIERS } from "./parse-modifiers";
import { parseRuleFile } from "./parse-rule-file";

/* Whatever a rule file holds: it is read or refused with a reason, never thrown at whoever asked, and what is read can be asked. */
const word = fc.constantFrom("a", "selection", "1 of them", "all of sel*", "not", "(", ")", "|", "*", "\\", "%x%", "{900}", "(a|b)*", "[", "^$", "10.0.0.0/8", "::1", "__proto__", "constructor", "toString", "", " ", "5m", "s1", "\u0130", "\u212a", "\u{1f600}", "\ud800");
const scalar = fc.oneof(word, fc.array(word, { maxLength: 6 }).map((all) => all.join("")), fc.string(), fc.constantFrom(null, true, false, 0, -1, 1e308, Infinity, NaN, 4688, 1.5));
const value = fc.letrec<{ any: unknown }>((tie) => ({ any: fc.oneof({ depthSize: "small", maxDepth: 4 }, { weight: 4, arbitrary: scalar }, { weight: 1, arbitrary: fc.array(tie("any"), { maxLength: 4 }) }, { weight: 1, arbitrary: fc.dictionary(word, tie("any"), { maxKeys: 4 }) }) })).any;
const key = fc.tuple(fc.constantFrom("", "F", "G.h", "a"), fc.array(fc.constantFrom(...MODIFIERS, "odd"), { maxLength: 3 })).map(([field, modifiers]) => [field, ...modifiers].join("|"));
const plain = fc.dictionary(fc.constantFrom("F", "G.h", "F|contains", "a|endswith", "F|re", "F|contains|all", "F|cased"), fc.oneof(fc.constantFrom("a", "b*", "^$", "(a|b)*", "%x%"), fc.constantFrom("a", "b")), { minKeys: 1, maxKeys: 2 });
const selection = fc.oneof({ weight: 6, arbitrary: plain }, { weight: 3, arbitrary: fc.dictionary(key, fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), { minKeys: 1, maxKeys: 3 }) }, { weight: 1, arbitrary: value });
const condition = fc.oneof({ weight: 6, arbitrary: fc.constantFrom("s1", "s1 and not s2", "1 of s*", "not s1 or s2", "all of them") }, fc.array(fc.constantFrom("s1", "s2", "and", "or", "not", "(", ")", "1 of s*", "all of them", "of", "1", "|", "count()"), { maxLength: 8 }).map((words) => words.join(" ")), value);
const logsource = fc.oneof({ weight: 9, arbitrary: fc.constant({ product: "x" }) }, { weight: 1, arbitrary: value });
const rule = fc.record({ title: fc.oneof({ weight: 9, arbitrary: fc.constant("T") }, value), name: fc.constantFrom("r1", "r2"), logsource, detection: fc.oneof({ weight: 9, arbitrary: fc.record({ s1: selection, s2: selection, condition }) }, { weight: 1, arbitrary: value }) }, { requiredKeys: ["title", "logsource", "detection"] });
const correlation = fc.record({
  title: fc.constant("C"),
  name: fc.constantFrom("c1", "c2"),
  correlation: fc.oneof({ weight: 5, arbitrary: fc.record({ type: fc.constantFrom("event_count", "value_count", "temporal", "temporal_ordered", "value_sum", "value_percentile", "odd"), rules: fc.oneof({ weight: 6, arbitrary: fc.array(fc.constantFrom("r1", "r2", "c1", "c2", "none"), { minLength: 1, maxLength: 3 }) }, value), timespan: fc.constantFrom("5m", "0s", "999999999d", "x"), "group-by": fc.oneof({ weight: 6, arbitrary: fc.array(fc.constantFrom("F", "G.h", "sightline.lineage")) }, value), condition: fc.oneof({ weight: 6, arbitrary: fc.constantFrom({ gte: 1 }, { gte: 1, field: "F" }, { lt: 2, field: ["F", "a"], percentile: 50 }) }, value), aliases: fc.oneof({ weight: 6, arbitrary: fc.constant({ k: { r1: "F", r2: "a" } }) }, value) }, { requiredKeys: ["type", "rules", "timespan"] }) }, { weight: 1, arbitrary: value }),
});
const filter = fc.record({ title: fc.constant("F"), logsource, filter: fc.oneof({ weight: 5, arbitrary: fc.record({ rules: fc.constantFrom<unknown>("any", ["r1"], [], 5), s1: selection, condition: fc.constantFrom("s1", "not s1", "(") }) }, { weight: 1, arbitrary: value }) });
const file = fc.array(fc.oneof({ weight: 5, arbitrary: rule }, { weight: 2, arbitrary: correlation }, { weight: 1, arbitrary: filter }, { weight: 1, arbitrary: value }), { minLength: 1, maxLength: 5 }).map((documents) => documents.map((document) => dump(document, { skipInvalid: true })).join("---\n"));
const native = fc.dictionary(fc.constantFrom("F", "G", "a", "h", "G.h"), value, { maxKeys: 4 });

describe("whatever a rule file holds", () => {
  test("as text, it is read or refused with a reason", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(fc.constantFrom("title: T", "logsource:", "  product: x", "detection:", "  s: &a [*a]", "  s: *b", "  condition: s", "---", "action: global", "- a", "  ? x", "!!js/function x", "<<: *a", "\t", "\u0000", "'", '"', "|", "> ", "{", "]"), { maxLength: 12 }).map((lines) => lines.join("\n"))), (text) => {
        for (const { message, remedy } of parseRuleFile("r.yml", text).refused) expect(message.length * remedy.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test("as documents, what is read can be linked, compiled and asked, and the index agrees with the full scan", () => {
    let [read, refused] = [0, 0];
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 3 }), fc.array(native, { minLength: 1, maxLength: 4 }), (texts, natives) => {
        const set = linkRules(texts.map((text, i) => parseRuleFile(`${i}.yml`, text, new Map([["x", ["1", "b*"]]]))));
        read += set.rules.length + set.correlations.length;
        refused += set.refused.length;
        const engine = buildRuleEngine(set.rules);
        const group = engine.group(set.rules.map((_, i) => i));
        const detection = startDetection(set, { ignoreLogsource: true });
        for (const [i, event] of natives.entries()) {
          const record = { number: i + 1, offset: 0, length: 1, time: i === 0 ? null : { ms: i * 1000, text: "", precision: "s" as const, zone: "known" as const, field: "t" }, host: "h", kind: { family: "test", key: "k" }, fields: { pid: 7, ppid: i }, native: event };
          const view = viewRecord(record);
          expect(engine.match(group, view)).toEqual(set.rules.flatMap((one, index) => (compileRule(one)(view) ? [index] : [])));
          detection.record(record);
        }
        detection.finish();
      }),
      { numRuns: 400 },
    );
    expect(read).toBeGreaterThan(100); // files of which nothing is read would prove nothing
    expect(refused).toBeGreaterThan(100);
  });

  test("huge conditions are read or refused in time that grows with them", () => {
    const ask = (condition: string, names = 1): number => parseRuleFile("r.yml", `title: T\nlogsource: {product: x}\ndetection:\n${Array.from({ length: names }, (_, i) => `  s${i}: [a]\n`).join("")}  condition: ${JSON.stringify(condition)}\n`).documents.length;
    expect(ask(`s0${" or s0".repeat(50_000)}`)).toBe(1);
    expect(ask(`s0${" and not s0".repeat(30_000)}`)).toBe(1);
    expect(ask(`${"(".repeat(60)}s0${")".repeat(60)}`)).toBe(1);
    expect(ask(`${"1 of s* or ".repeat(2_000)}s0`, 1_500)).toBeLessThan(2);
    expect(ask(`1 of ${"*s".repeat(5_000)}`)).toBe(0);
  });
});
