import { describe, expect, test } from "vitest";
import { TARGET_IDS } from "./query-types";
import { renderRule } from "./render-rule";
import { EXAMPLES, exampleRule } from "./testing/example-rules";

describe("one rule per construct, as a query or refused by name", () => {
  test.each(TARGET_IDS)("%s", async (target) => {
    const written = EXAMPLES.map(([name, detection]) => {
      // Where a platform keeps no text of the record, keywords are refused: the corpus shows that; here they shall be seen.
      const text = { postgresql: "record", athena: "record", sentinel: "RenderedDescription", esql: "message" }[String(target)];
      const result = renderRule(exampleRule(detection), target, { passThrough: true, ...(text === undefined ? {} : { text }) });
      return `== ${name}\n${"query" in result ? result.query : `REFUSED: ${result.refused}`}`;
    });
    await expect(`${written.join("\n\n")}\n`).toMatchFileSnapshot(`__goldens__/${target}.txt`);
  });
});
