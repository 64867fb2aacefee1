import { isJsonObject } from "@/lib/events/frame/plain-value";
import { placeholdersIn } from "../sigma/expand-placeholders";

const MOST_NODES = 200_000; // aliases can make a small file a large tree

/** Names of the placeholders that a document asks values for: those in texts under keys with the modifier `expand`, sorted. */
export function placeholdersOf(document: unknown): string[] {
  const found = new Set<string>();
  let nodes = 0;
  const walk = (value: unknown, expands: boolean): void => {
    nodes += 1;
    if (nodes > MOST_NODES) return;
    if (typeof value === "string") {
      if (expands) for (const name of placeholdersIn(value)) found.add(name);
    } else if (Array.isArray(value)) for (const one of value) walk(one, expands);
    else if (isJsonObject(value)) for (const [key, one] of Object.entries(value)) walk(one, expands || key.split("|").slice(1).includes("expand"));
  };
  if (isJsonObject(document)) {
    walk(document["detection"], false);
    walk(document["filter"], false);
  }
  return [...found].sort();
}
