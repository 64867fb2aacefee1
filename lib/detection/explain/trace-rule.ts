import { compileItem, type RuleTest } from "../evaluate/compile-rule";
import type { RuleView } from "../evaluate/rule-view";
import type { Condition, Detection, DetectionItem, SigmaRule } from "../sigma/rule-types";

/** A rule as a tree of its lines, each with the test that the full scan uses. */
export type TraceNode =
  | { readonly kind: "item"; readonly position: number } // in items
  | { readonly kind: "not"; readonly part: TraceNode }
  | { readonly kind: "and" | "or"; readonly parts: readonly TraceNode[] };

export interface Trace {
  readonly items: readonly { readonly item: DetectionItem; readonly test: RuleTest }[];
  readonly root: TraceNode;
}

/** How far an event is from a verdict: the fewest lines that would have to come out otherwise, and which. */
export interface Distance {
  readonly lines: number;
  readonly deciding: readonly number[]; // positions in items
}

/** Compiles a rule for explanations: every line once, however often the condition names its selection. */
export function traceRule(rule: Pick<SigmaRule, "detections" | "condition">): Trace {
  const items: { item: DetectionItem; test: RuleTest }[] = [];
  const nodes = new Map([...rule.detections].map(([name, detection]) => [name, nodeOf(detection, items)]));
  return { items, root: conditionOf(rule.condition, nodes) };
}

function nodeOf(detection: Detection, items: { item: DetectionItem; test: RuleTest }[]): TraceNode {
  if (detection.kind !== "item") return { kind: detection.kind, parts: detection.parts.map((part) => nodeOf(part, items)) };
  return { kind: "item", position: items.push({ item: detection.item, test: compileItem(detection.item) }) - 1 };
}

function conditionOf(condition: Condition, nodes: ReadonlyMap<string, TraceNode>): TraceNode {
  switch (condition.kind) {
    case "name":
      return named(condition.name, nodes);
    case "not":
      return { kind: "not", part: conditionOf(condition.part, nodes) };
    case "and":
    case "or":
      return { kind: condition.kind, parts: condition.parts.map((part) => conditionOf(part, nodes)) };
    case "of":
      return { kind: condition.quantifier === "all" ? "and" : "or", parts: condition.names.map((name) => named(name, nodes)) };
  }
}

function named(name: string, nodes: ReadonlyMap<string, TraceNode>): TraceNode {
  const node = nodes.get(name);
  if (node === undefined) throw new Error(`the condition names "${name}", which was checked when the rule was parsed`);
  return node;
}

/** What each line says of an event, in the order of items. */
export function testItems({ items }: Trace, view: RuleView): boolean[] {
  return items.map(({ test }) => test(view));
}

/**
 * The distance from "matches": 0 when the event matches. An AND needs all its failing parts, an OR only the nearest one (the
 * first, where several are equally near), a NOT the other verdict of its part.
 */
export function distanceTo(wanted: boolean, node: TraceNode, results: readonly boolean[]): Distance {
  switch (node.kind) {
    case "item":
      return results[node.position] === wanted ? NONE : { lines: 1, deciding: [node.position] };
    case "not":
      return distanceTo(!wanted, node.part, results);
    default: {
      const parts = node.parts.map((part) => distanceTo(wanted, part, results));
      if ((node.kind === "and") === wanted) return counted([...new Set(parts.flatMap(({ deciding }) => deciding))]);
      return parts.reduce((nearest, part) => (part.lines < nearest.lines ? part : nearest), parts[0] ?? NONE);
    }
  }
}

function counted(deciding: readonly number[]): Distance {
  return { lines: deciding.length, deciding };
}

const NONE: Distance = { lines: 0, deciding: [] };
