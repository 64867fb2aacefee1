import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "@/lib/db/project-root";

/* docs/sigma.md says for everything that an engine has to get right which choice was made and which tests hold it. A row that names a test that is gone, or a choice that is not there, fails here. */
const text = readFileSync(join(projectRoot(), "docs/sigma.md"), "utf8");
const rows = text
  .slice(text.indexOf("| subject | choices | tests |"))
  .split("\n")
  .slice(2)
  .flatMap((line) => {
    const [, subject, choices, tests] = /^\| (.+?) \|(?: (.*?))? \| (`.+) \|$/.exec(line) ?? [];
    return subject === undefined || tests === undefined ? [] : [{ subject, choices: choices ?? "", tests }];
  });
const written = new Set(Array.from(text.matchAll(/^(\d+)\. \*\*/gm), ([, number]) => Number(number)));

/** "24 to 28" and "4, 22" as numbers. */
function numbersOf(choices: string): number[] {
  return choices.split(", ").flatMap((part) => {
    const [from, to] = part.split(" to ").map(Number);
    return from === undefined || part.trim() === "" ? [] : Array.from({ length: (to ?? from) - from + 1 }, (_, i) => from + i);
  });
}

describe("the table of what is tested where", () => {
  test("holds all 24 subjects, and every choice that is written down belongs to one", () => {
    expect([...new Set(rows.flatMap(({ subject }) => /^\d+/.exec(subject)?.map(Number) ?? []))]).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    expect([...new Set(rows.flatMap(({ choices }) => numbersOf(choices)))].sort((a, b) => a - b)).toEqual([...written].sort((a, b) => a - b));
  });

  test.each(rows)("$subject", ({ tests }) => {
    const files = tests.split("; `").map((part) => /^`?([\w/-]+)` (.+)$/.exec(part));
    for (const found of files) {
      const [, file = "", names = ""] = found ?? [];
      const source = readFileSync(join(projectRoot(), "lib/detection", `${file}.test.ts`), "utf8");
      const quoted = Array.from(names.matchAll(/"([^"]+)"/g), ([, name]) => name ?? "");
      expect(quoted.length, file).toBeGreaterThan(0);
      for (const name of quoted) expect(source.split("\n").some((line) => /\b(?:test|it)[(.]|^\s*\]\)\(/.test(line) && line.includes(name)), `${file}: ${name}`).toBe(true);
    }
  });
});
