import { isJsonObject } from "../../frame/plain-value";

/**
 * The value at a dotted path of own keys ("actor.email", "sourceIPs.0"); undefined where a step is missing.
 * Keys that hold dots themselves are read with a plain lookup, not through here.
 */
export function valueAt(value: unknown, path: string): unknown {
  let at: unknown = value;
  for (const key of path.split(".")) {
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
