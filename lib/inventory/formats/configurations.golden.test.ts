import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { detectInventoryFormat, INVENTORY_FORMATS } from "./index";

const FIXTURES = join(import.meta.dirname, "__fixtures__");
const NAMES = readdirSync(FIXTURES).filter((name) => name !== "signed.mobileconfig");
const read = (name: string) => ({ name, text: readFileSync(join(FIXTURES, name), "utf8") });

test.each(NAMES)("%s is recognised by one format and by no other", (name) => {
  const file = read(name);
  expect(INVENTORY_FORMATS.filter((format) => format.sniff(file).verdict === "yes").map(({ id }) => id)).toEqual([detectInventoryFormat(file).format.id]);
});

test.each(NAMES)("what %s says is what it said before: claims, refusals and losses", async (name) => {
  const file = read(name);
  const { format } = detectInventoryFormat(file);
  const parsed = format.parse(file, { latest: "2026-11-22", today: "2026-11-21", segment: "Servers", hosts: 40, asOf: null });
  const lines = [
    `format ${format.id}, ${parsed.rows} rows${parsed.whole ? ", whole" : ""}`,
    ...parsed.claims.map(({ segment, line, row, claim }) => `CLAIM ${segment} ${line ?? "-"}/${row} | ${claim.logSource} | ${claim.channel} | ${claim.component} | hosts ${claim.hostsReporting ?? "not said"} | ${claim.basis} ${claim.asOf} | ${claim.source}, ${claim.product} | IF ${claim.condition} | ${claim.note}`),
    ...(parsed.statements?.items ?? []).map(({ segment, row, statement }) => `SCORE ${segment ?? "fleet"} ${row} | ${JSON.stringify(statement)}`),
    ...parsed.refused.map(({ line, row, field, message, remedy }) => `REFUSED ${line ?? "-"}/${row} ${field}: ${message} ${remedy}`),
    ...parsed.losses.map(({ kind, what, text, count }) => `LOSS ${kind} ${what}: ${text}${count > 1 ? ` (${count})` : ""}`),
  ];
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(join(import.meta.dirname, "__goldens__", `${name}.golden`));
});
