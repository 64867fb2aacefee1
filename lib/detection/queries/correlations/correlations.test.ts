import { TrinoSQL } from "dt-sql-parser";
import { describe, expect, test } from "vitest";
import { linkRules } from "../../sigma/link-rules";
import { parseRuleFile } from "../../sigma/parse-rule-file";
import { TARGET_IDS, type TargetId } from "../query-types";
import { renderCorrelation } from "../render-correlation";
import { openKusto } from "../testing/kusto";

const RULES = `title: Shell
name: shell
logsource: {product: windows, category: process_creation}
detection: {selection: {Image|endswith: '\\cmd.exe'}, condition: selection}
---
title: Archiver
name: archiver
logsource: {product: windows, category: process_creation}
detection: {selection: {CommandLine|re: '\\s-[0-9]{2,}\\s'}, filter: {User: SYSTEM}, condition: selection and not filter}
---
title: Egress
name: egress
logsource: {product: windows, category: network_connection}
detection: {selection: {DestinationPort: 443}, condition: selection}
---
`;
const CASES: readonly (readonly [name: string, body: string])[] = [
  ["many of one", "type: event_count\nrules: [shell]\ntimespan: 10m\ngroup-by: [Computer, ParentImage]\ncondition: {gte: 10}"],
  ["many of two, in all", "type: event_count\nrules: [shell, archiver]\ntimespan: 1h\ncondition: {gt: 10, gte: 5}"],
  ["distinct values", "type: value_count\nrules: [egress]\ntimespan: 5m\ngroup-by: [Image]\ncondition: {field: DestinationIp, gte: 20}"],
  ["distinct pairs", "type: value_count\nrules: [egress]\ntimespan: 5m\ngroup-by: [Image]\ncondition: {field: [DestinationIp, DestinationPort], gte: 20}"],
  ["rules together", "type: temporal\nrules: [shell, archiver]\ntimespan: 5m\ngroup-by: [sightline.host]"],
  ["rules of two tables together", "type: temporal\nrules: [shell, egress]\ntimespan: 5m\ngroup-by: [sightline.host, image]\naliases:\n  image: {shell: ParentImage, egress: Image}"],
  ["some of the rules", "type: temporal\nrules: [shell, archiver, egress]\ntimespan: 5m\ngroup-by: [sightline.host]\ncondition: {gte: 2}"],
  ["an order", "type: temporal_ordered\nrules: [shell, egress]\ntimespan: 5m\ngroup-by: [sightline.host]"],
  ["process lineage", "type: temporal\nrules: [shell, egress]\ntimespan: 5m\ngroup-by: [sightline.lineage]"],
  ["a sum", "type: value_sum\nrules: [egress]\ntimespan: 5m\ncondition: {field: DestinationPort, gte: 1000}"],
  ["at most", "type: event_count\nrules: [shell]\ntimespan: 5m\ncondition: {lt: 3}"],
];

function rendered(body: string, target: TargetId): string {
  const set = linkRules([parseRuleFile("c.yml", `${RULES}title: C\ncorrelation:\n${body.replace(/^/gm, "  ")}\n`)]);
  const [correlation] = set.correlations;
  if (correlation === undefined) throw new Error(set.refused[0]?.message);
  const result = renderCorrelation(correlation, set, target);
  return "query" in result ? result.query : `REFUSED: ${result.refused}`;
}

describe("correlations", () => {
  test.each(TARGET_IDS)("as %s, or refused by name", async (target) => {
    const written = CASES.map(([name, body]) => `== ${name}\n${rendered(body, target)}`);
    await expect(`${written.join("\n\n")}\n`).toMatchFileSnapshot(`../__goldens__/${target}.correlations.txt`);
  });

  test("are read without a fault by Microsoft's KQL service and Trino's grammar", () => {
    const kusto = openKusto();
    const trino = new TrinoSQL();
    let read = 0;
    for (const [name, body] of CASES) {
      for (const target of ["defender", "sentinel", "athena"] as const) {
        const query = rendered(body, target);
        if (query.startsWith("REFUSED")) continue;
        const faults = target === "athena" ? trino.validate(query).map(({ message }) => message) : kusto(query);
        expect({ name, target, query, faults }).toEqual({ name, target, query, faults: [] });
        read += 1;
      }
    }
    expect(read).toBeGreaterThanOrEqual(18);
  });

  test("a chain of correlations is refused", () => {
    const set = linkRules([parseRuleFile("c.yml", `${RULES}title: I\nname: inner\ncorrelation:\n  type: event_count\n  rules: [shell]\n  timespan: 5m\n  condition: {gte: 2}\n---\ntitle: O\ncorrelation:\n  type: temporal\n  rules: [inner, egress]\n  timespan: 5m\n`)]);
    const outer = set.correlations.find(({ meta }) => meta.title === "O");
    if (outer === undefined) throw new Error("not linked");
    expect(renderCorrelation(outer, set, "postgresql")).toEqual({ refused: expect.stringContaining('"inner", which is a correlation itself') });
  });
});
