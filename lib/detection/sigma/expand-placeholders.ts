import { RuleFault, type RulePath } from "./rule-fault";
import type { PlaceholderValues } from "./rule-types";

const MOST_VALUES = 10_000;
const PLACEHOLDER = /%([A-Za-z0-9_.-]+)%/g;

/** Names of the placeholders in a text, each once. */
export function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ""))];
}

/**
 * The values that a text with %placeholders% stands for: each placeholder takes each of its values in turn. Values are Sigma
 * strings, so that a segment may give wildcards.
 *
 * @throws RuleFault for a placeholder without values (Sigma 2.1: such a rule must be rejected) or too many combinations
 */
export function expandPlaceholders(text: string, values: PlaceholderValues, path: RulePath): string[] {
  let expanded = [text];
  for (const name of placeholdersIn(text)) {
    const own = values.get(name);
    if (own === undefined || own.length === 0) {
      throw new RuleFault(path, `The placeholder %${name}% has no value.`, `Give it one with --set ${name}=VALUE, or in the segment's tuning.`);
    }
    if (expanded.length * own.length > MOST_VALUES) throw new RuleFault(path, `The placeholders of one value stand for more than ${MOST_VALUES} texts.`, "Give shorter lists.");
    expanded = expanded.flatMap((partial) => own.map((value) => partial.split(`%${name}%`).join(value)));
  }
  return expanded;
}
