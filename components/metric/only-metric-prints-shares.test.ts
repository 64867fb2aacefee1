import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx") && !file.startsWith("metric/"));

/** Percent signs in what a component prints: after an expression in markup or in a template, but not in a style, nor around a placeholder's name. */
function printsShare(source: string): boolean {
  const prints = source.replaceAll(/`%\$\{[^`]*\}%`/g, "").split("\n").filter((line) => !/style=|width|`\$\{[^`]*\}%`/.test(line) && /\}\s?%|\d\s?%\s*</.test(line));
  return prints.length > 0 || /formatPercent/.test(source);
}

describe("numbers on pages", () => {
  it("finds every component", () => {
    expect(files.length).toBeGreaterThan(30);
  });
  it("notices a percent that is printed elsewhere", () => {
    expect(printsShare("<b>{value} %</b>")).toBe(true);
    expect(printsShare("<b>{`%${name}%`}</b>")).toBe(false);
    expect(printsShare('style={{ width: `${share}%` }}')).toBe(false);
  });
  it.each(files)("%s leaves shares to the metric components", (file) => {
    expect(printsShare(readFileSync(join(root, file), "utf8"))).toBe(false);
  });
});
