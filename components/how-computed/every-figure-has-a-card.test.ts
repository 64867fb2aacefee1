import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { MEASURES } from "./measures";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx") && !file.endsWith(".test.tsx"));
const NAMES: ReadonlySet<string> = new Set(Object.keys(MEASURES));
const OUTSIDE = new Set(["metric/metric.tsx", "ui/table.tsx", "ui/card.tsx", "tables/browse-table.tsx", "overview/five-numbers.tsx", "gaps/gap-page.tsx", "matrix/matrix-table.tsx", "compare/segment-changes.tsx"]); // hand a measure on: what they are given is checked where it is written

/** A figure drawn somewhere: what it measures, and whether its card opens right there. */
interface Figure {
  readonly tag: string;
  readonly measure: string | null; // null: not written as a plain text
  readonly opens: boolean;
}

/** Figures and cards of a component's source. cards: measures whose card opens from a heading or a column's head. */
function walk(name: string, source: string): { readonly figures: readonly Figure[]; readonly cards: readonly (string | null)[] } {
  const figures: Figure[] = [];
  const cards: (string | null)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node)) {
      const tag = node.tagName.getText();
      const given = new Map(node.attributes.properties.filter(ts.isJsxAttribute).map((attribute) => [attribute.name.getText(), attribute.initializer]));
      const text = (attribute: string): string | null => {
        const value = given.get(attribute);
        return value !== undefined && ts.isStringLiteral(value) ? value.text : null;
      };
      const how = given.get("how");
      if (tag === "Metric") figures.push({ tag, measure: text("measure"), opens: given.has("how") ? how === undefined || how.getText() === "{true}" : !given.has("size") || text("size") === "headline" });
      else if (tag === "PartOfWhole") figures.push({ tag, measure: text("measure"), opens: false });
      else if (tag === "HowComputed") cards.push(text("measure"));
      else if (given.has("how")) cards.push(text("how"));
    }
    // Heads that are made from a list name theirs in it, or in a table of measures by column.
    if (ts.isStringLiteral(node) && NAMES.has(node.text) && ((source.includes("components/how-computed/") && (ts.isPropertyAssignment(node.parent) || ts.isArrayLiteralExpression(node.parent))) || ts.isAsExpression(node.parent))) cards.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return { figures, cards };
}

const walked = files.map((file) => ({ file, ...walk(file, read(file)) }));

describe("how a figure is computed", () => {
  it("is found in source: a headline opens its card itself, a row through its column's head", () => {
    const { figures, cards } = walk("x.tsx", '<><Metric measure="a" /><Metric measure="b" size="row" /><Metric size="line" how measure="c" /><Metric measure={other} /><Th how="b">Share</Th></>');
    expect(figures).toEqual([
      { tag: "Metric", measure: "a", opens: true },
      { tag: "Metric", measure: "b", opens: false },
      { tag: "Metric", measure: "c", opens: true },
      { tag: "Metric", measure: null, opens: true },
    ]);
    expect(cards).toEqual(["b"]);
  });

  it("is named by every figure, and every name has a card", () => {
    const figures = walked.flatMap(({ file, figures: found }) => found.map((figure) => ({ file, ...figure })));
    expect(figures.length).toBeGreaterThan(40);
    expect(figures.filter(({ measure }) => measure === null || !NAMES.has(measure))).toEqual([]);
    expect(walked.filter(({ file }) => !OUTSIDE.has(file)).flatMap(({ file, cards }) => cards.filter((card) => card === null || !NAMES.has(card)).map(() => file))).toEqual([]);
  });

  it("opens on the screen where the figure stands, from itself or from a heading", () => {
    const folders = new Map<string, Set<string>>();
    for (const { file, figures, cards } of walked) {
      const open = folders.get(dirname(file)) ?? new Set<string>();
      folders.set(dirname(file), open);
      for (const { measure, opens } of figures) if (opens && measure !== null) open.add(measure);
      for (const card of cards) if (card !== null) open.add(card);
    }
    // The end of an axis has its heading above it; a probe says in its own words how it is computed.
    const INLINE = new Set(["chart-scale", "probe-share"]);
    const closed = walked.flatMap(({ file, figures }) => figures.filter(({ measure }) => measure !== null && !INLINE.has(measure) && folders.get(dirname(file))?.has(measure) !== true).map(({ tag, measure }) => `${file}: ${tag} ${measure ?? ""}`));
    expect(closed).toEqual([]);
  });

  it("has no card that no figure asks for", () => {
    const asked = new Set(walked.flatMap(({ figures, cards }) => [...figures.flatMap(({ measure }) => measure ?? []), ...cards.flatMap((card) => card ?? [])]));
    const fixed = ["projected-share", "field-fill", "points-change"]; // of figures that can measure nothing else
    expect([...NAMES].filter((name) => !asked.has(name) && !fixed.includes(name))).toEqual([]);
  });

  it("says what, by which formula, in sentences", () => {
    for (const card of Object.values(MEASURES)) {
      expect(card.says).toMatch(/[.]$/);
      expect(card.formula.length).toBeGreaterThan(10);
      expect(card.title).toMatch(/^[A-Z]/);
    }
  });
});
