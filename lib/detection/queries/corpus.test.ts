import { describe, expect, test } from "vitest";
import { TARGET_IDS, type TargetId } from "./query-types";
import { renderRule } from "./render-rule";
import { corpusRules } from "./testing/corpus-rules";

const rules = corpusRules();
/** Of the public rules, the least part in hundred that a target must take; the rest is refused for the reasons that are printed. */
const LEAST: Readonly<Record<TargetId, number>> = { sumo: 78, splunk: 86, defender: 50, sentinel: 84, lucene: 78, esql: 85, postgresql: 96, athena: 96 };
const REASONS = [/^No table of /, /^The fields? .+ ha(?:s|ve) no known column/, /^Keywords are looked for/, /^A keyword holds a character/, /^Regular expressions of /, /^Elasticsearch takes expressions/, /takes queries of \d+ characters/, /compares ranges of IPv4 only/, /cannot compare two fields/, /as wholes? only/, /in fields of type ip only/, /as words, of which/, /has no expressions for the/, /no single small form/, /holds a control character/, /one field inside another/, /would have one name/];

describe.skipIf(rules === null)("the public rules", () => {
  test.each(TARGET_IDS)("become queries of %s, or are refused for a stated reason", (target) => {
    const refused = new Map<string, number>();
    let rendered = 0;
    for (const rule of rules ?? []) {
      const result = renderRule(rule, target);
      if ("query" in result) {
        rendered += 1;
        expect(result.query).not.toMatch(/undefined|\[object|NaN/);
        continue;
      }
      const reason = REASONS.find((known) => known.test(result.refused));
      expect({ title: rule.meta.title, refused: result.refused, known: reason !== undefined }).toMatchObject({ known: true });
      refused.set(String(reason), (refused.get(String(reason)) ?? 0) + 1);
    }
    const share = (100 * rendered) / (rules?.length ?? 1);
    console.log(`${target}: ${rendered} of ${rules?.length} rules (${share.toFixed(1)} %); refused ${[...refused].sort((a, b) => b[1] - a[1]).map(([why, n]) => `${n} ${why}`).join(", ")}`);
    expect(share).toBeGreaterThan(LEAST[target]);
  });
});
