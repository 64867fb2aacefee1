import fc from "fast-check";
import { expect, test } from "vitest";
import { sightlineCsv } from "@/lib/inventory/formats/sightline-csv";
import { readCsv } from "@/lib/inventory/read-csv";
import { INVENTORY_COLUMNS } from "@/lib/inventory/read-claim";
import { csvLine } from "./write-csv";

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")"])("a spreadsheet sees text, not a formula, in %j", (text) => {
  const [record] = readCsv("f", csvLine(["first", text]));
  expect(record?.cells[1]).toBe(`'${text}`);
});

test("numbers stay numbers, null is an empty cell", () => {
  expect(csvLine([1, -2, null, true, "a"])).toBe("1,-2,,true,a\r\n");
});

test("whatever is written is read back, but for the apostrophe before a formula", () => {
  const cell = fc.string({ unit: "grapheme", maxLength: 30 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
      const text = csvLine(["a", "b"]) + rows.map((row) => csvLine(["x", ...row])).join("");
      const read = readCsv("f", text).slice(1).map(({ cells }) => cells.slice(1));
      expect(read).toEqual(rows.map((row) => row.map((value) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value))));
    }),
    { numRuns: 2_000 },
  );
});

test("an inventory written with it is read back claim by claim", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ,";:]{0,20}[A-Za-z0-9]$/).map((text) => text.replace(/ +/g, " "));
  const count = fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: null });
  const claim = fc.record({ segment: word, source: word, product: word, channel: word, hostsReporting: count, retentionDays: fc.option(fc.integer({ min: 0, max: 36_600 }), { nil: null }), basis: fc.constantFrom("flow", "configuration", "statement", "unknown"), note: word, condition: word });
  fc.assert(
    fc.property(fc.array(claim, { minLength: 1, maxLength: 5 }), (claims) => {
      const lines = claims.map((one) =>
        csvLine([one.segment, one.source, one.product, "WinEventLog:Sysmon", one.channel, "dc0032", one.hostsReporting, null, one.retentionDays, one.basis === "unknown" ? "" : one.basis.toUpperCase(), "2026-01-31", one.note, one.condition]),
      );
      const parsed = sightlineCsv.parse({ name: "f", text: csvLine([...INVENTORY_COLUMNS]) + lines.join("") }, { latest: "2026-12-31", today: "2026-12-30" });
      expect(parsed.refused).toEqual([]);
      expect(parsed.claims.map(({ segment, claim: read }) => ({ segment, ...read }))).toEqual(
        claims.map((one) => ({ ...one, logSource: "WinEventLog:Sysmon", component: "Process Creation", latencyP95S: null, asOf: "2026-01-31", quality: null })),
      );
    }),
    { numRuns: 500 },
  );
});
