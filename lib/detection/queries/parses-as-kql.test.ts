import { beforeAll, describe, expect, test } from "vitest";
import { renderRule } from "./render-rule";
import { someRules } from "./testing/corpus-rules";
import { openKusto } from "./testing/kusto";

let faults: (query: string) => string[];
beforeAll(() => {
  faults = openKusto();
});

describe("rules as KQL", () => {
  test.each([["defender", 60, 50], ["sentinel", 60, 70]] as const)("of %s are read by Microsoft's KQL service without a fault", (target, every, least) => {
    let read = 0;
    for (const { name, rule } of someRules(every)) {
      const result = renderRule(rule, target);
      if (!("query" in result)) continue;
      expect({ name, faults: faults(result.query) }).toEqual({ name, faults: [] });
      read += 1;
    }
    expect(read).toBeGreaterThanOrEqual(least);
  });

  test("by way of Event and the Device tables too", () => {
    for (const source of ["event", "device-process", "security-process"]) {
      const read = someRules(2_000).flatMap(({ name, rule }) => {
        const result = renderRule(rule, "sentinel", { source });
        return "query" in result ? [{ name, faults: faults(result.query) }] : [];
      });
      expect(read.length).toBeGreaterThan(5);
      expect(read.filter((one) => one.faults.length > 0)).toEqual([]);
    }
  });

  test("would not pass with a fault in them", () => {
    const query = 'SecurityEvent\n| where EventID == 4688\n| where NewProcessName =~ @"C:\\x"';
    expect(faults(query)).toEqual([]);
    for (const broken of [query.replace("SecurityEvent", "SecurityEvents"), query.replace("NewProcessName", "NewProcesName"), query.replace("=~", "=~~"), query.replace('@"', '"'), query.replace("EventID", "not(EventID)")]) expect(faults(broken), broken).not.toEqual([]);
  });
});
