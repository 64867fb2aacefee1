import { isJsonObject } from "../../frame/plain-value";

// Paths come from tables of formats, never from records: their number is fixed, and splitting each once is what makes them cheap.
const STEPS = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  const known = STEPS.get(path);
  if (known !== undefined) return known;
  const steps = path.split(".");
  STEPS.set(path, steps);
  return steps;
}

/**
 * The value at a dotted path of own keys ("actor.email", "sourceIPs.0"); undefined where a step is missing.
 * Keys that hold dots themselves are read with a plain lookup, not through here.
 */
export function valueAt(value: unknown, path: string): unknown {
  let at: unknown = value;
  for (const key of stepsOf(path)) {
    if (Array.isArray(at)) at = /^\d{1,4}$/.test(key) ? at[Number(key)] : undefined;
    else at = isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

/** The text at a path; undefined when there is none or it is empty. */
export function textAt(value: unknown, path: string): string | undefined {
  const found = valueAt(value, path);
  return typeof found === "string" && found.trim() !== "" ? found : undefined;
}

/** The objects in a list at a path; none when there is no list. */
export function objectsAt(value: unknown, path: string): readonly Readonly<Record<string, unknown>>[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}
