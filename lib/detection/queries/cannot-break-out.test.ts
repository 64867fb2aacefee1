import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Matcher } from "../sigma/rule-types";
import type { Token } from "../sigma/text-pattern";
import { TARGET_IDS, type TargetId } from "./query-types";
import { renderRule, type RenderableRule } from "./render-rule";

/** Literals by each language's own lexical rules, written down here a second time. */
const LITERALS: Readonly<Record<TargetId, RegExp>> = {
  sumo: /"(?:[^"\\\n]|\\[^])*"|\/(?:[^/\\\n]|\\[^])*\//g,
  splunk: /"(?:[^"\\]|\\[^])*"/g,
  defender: /@"(?:[^"\n]|"")*"|"(?:[^"\\\n]|\\[^])*"/g,
  sentinel: /@"(?:[^"\n]|"")*"|"(?:[^"\\\n]|\\[^])*"/g,
  lucene: /"(?:[^"\\]|\\[^])*"|\/(?:[^/\\]|\\[^])*\//g,
  esql: /"(?:[^"\\\n\r]|\\[tnr"\\])*"/g,
  postgresql: /'(?:[^']|'')*'/g,
  athena: /'(?:[^']|'')*'/g,
};

function ruleFor(matchers: readonly Matcher[], field = "CommandLine"): RenderableRule {
  return {
    logsource: { product: "windows", category: "process_creation", service: null },
    detections: new Map([["selection", { kind: "item", item: { path: "", field, quantifier: "any", negated: false, matchers, wanted: "" } }]]),
    condition: { kind: "not", part: { kind: "name", name: "selection" } },
    fields: [field],
  };
}

/** What is left of a query when its literals are taken out; null where the rule is refused. */
function skeleton(target: TargetId, rule: RenderableRule): string | null {
  const result = renderRule(rule, target, { passThrough: true });
  return "query" in result ? result.query.replace(LITERALS[target], "'") : null;
}

const ANY: Token = { kind: "any" };
const FORMS: readonly ((text: string) => readonly Token[])[] = [
  (text) => [{ kind: "text", text }],
  (text) => [ANY, { kind: "text", text }, ANY],
  (text) => [{ kind: "text", text }, ANY],
  (text) => [ANY, { kind: "text", text }],
  (text) => [{ kind: "text", text }, ANY, { kind: "text", text }],
  (text) => [{ kind: "text", text }, { kind: "one" }],
];
// What languages treat apart: case or none, ASCII or not, a number, an address, a star, a control character.
const HARMLESS = ["a", "ä", "7", "10.0.0.0/8", "*", "`", "!", "a b", "a\tb"];
const hostile = fc.oneof(
  fc.string({ unit: fc.constantFrom("\"", "'", "\\", "/", "`", "*", "?", "%", "_", "!", "(", ")", "[", "]", "|", "\n", "\r", "\t", "\0", "\u2028", " ", "a", "B", "ß", "😀", "\ud800", "-", "{", "}", "$", "@", "#", ";"), minLength: 1, maxLength: 12 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
  fc.constantFrom('" or 1==1 //', "' OR '1'='1' --", '\\" OR *', '"""', "/ OR *:* OR /", '@"', "\\", "\\\\", '"| delete index=*', "$$", "E'\\''", "*/ DROP TABLE x; /*", "`macro`", "[search index=*]"),
);

describe("no value of a rule gets out of its quotes", () => {
  test.each(TARGET_IDS)("in %s", (target) => {
    const texts = new Set<string | null>([null]);
    for (const form of FORMS) for (const cased of [true, false]) for (const text of HARMLESS) texts.add(skeleton(target, ruleFor([{ kind: "text", pattern: form(text), cased }])));
    fc.assert(
      fc.property(hostile, fc.nat(FORMS.length - 1), fc.boolean(), (text, form, cased) => {
        const pattern = FORMS[form]?.(text) ?? [];
        expect([...texts]).toContain(skeleton(target, ruleFor([{ kind: "text", pattern, cased }])));
      }),
      { numRuns: 250 },
    );
    // Lists, keywords and expressions go the same way.
    const lists = new Set([null, ...["a", "ä", "7", "*"].flatMap((text) => ["b", "ö", "8", "*"].map((other) => skeleton(target, ruleFor([text, other].map((one) => ({ kind: "text", pattern: [{ kind: "text", text: one }], cased: false }))))))]);
    const expressions = new Set([null, skeleton(target, ruleFor([{ kind: "regex", source: "a", flags: { i: false, m: false, s: false } }]))]);
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        expect([...lists]).toContain(skeleton(target, ruleFor([one, other].map((text) => ({ kind: "text", pattern: [{ kind: "text", text }], cased: false })))));
        const source = Array.from(one, (char) => (/[\w\s]|[^\x00-\x7f]/.test(char) ? char : `\\${char}`)).join("");
        expect([...expressions]).toContain(skeleton(target, ruleFor([{ kind: "regex", source, flags: { i: false, m: false, s: false } }])));
      }),
      { numRuns: 100 },
    );
  });

  test.each(TARGET_IDS)("and no name of a field, in %s", (target) => {
    const NAMES: Readonly<Record<TargetId, RegExp>> = { sumo: /"(?:[^"\\\n]|\\[^])*"|\b\w+\b/g, splunk: /'[^']*'|\b\w+\b/g, defender: /\['(?:[^'\\]|\\[^])*'\]/g, sentinel: /\["?@?"(?:[^"\\]|\\[^]|"")*"\]|\['(?:[^'\\]|\\[^])*'\]/g, lucene: /(?:[\w.@]|\\[^])+:/g, esql: /(?:`(?:[^`]|``)*`|[\w@]+)(?:\.(?:`(?:[^`]|``)*`|[\w@]+))*/g, postgresql: /"(?:[^"]|"")*"/g, athena: /"(?:[^"]|"")*"/g };
    const own = new RegExp(`^(?:${NAMES[target].source})$`, "u");
    const both = new RegExp(`${NAMES[target].source}|${LITERALS[target].source}`, "gu");
    const named = (field: string): string | null => {
      const result = renderRule(ruleFor([{ kind: "text", pattern: [{ kind: "text", text: "a" }], cased: true }], field), target, { from: "t", passThrough: true, fields: { [field]: field } });
      return "query" in result ? result.query.replace(both, (token) => (own.test(token) ? "N" : "'")) : null;
    };
    const known = new Set([null, ...["a-b", "a b", "a.b", "é", "1x"].map(named)]);
    fc.assert(fc.property(hostile, (field) => {
        expect([...known]).toContain(named(`-${field}`));
      }), { numRuns: 150 });
  });
});
