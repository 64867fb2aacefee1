/** A parsed JSON object whose keys are data: read them, never copy them onto other objects by assignment. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export type Inspection = "ok" | "too-deep" | "unsafe-key";

/**
 * Walks a parsed value down to maxDepth containers. "__proto__" as a key is never legitimate log content and turns into
 * a prototype where some later code copies the record, so it is refused here; "constructor" and "prototype" stay data.
 */
export function inspectValue(value: unknown, maxDepth: number): Inspection {
  if (typeof value !== "object" || value === null) return "ok";
  if (maxDepth <= 0) return "too-deep";
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item !== "object" || item === null) continue;
      const found = inspectValue(item, maxDepth - 1);
      if (found !== "ok") return found;
    }
    return "ok";
  }
  if (!isJsonObject(value)) return "ok";
  for (const key in value) {
    if (key === "__proto__") return "unsafe-key";
    const item = value[key];
    if (typeof item !== "object" || item === null) continue;
    const found = inspectValue(item, maxDepth - 1);
    if (found !== "ok") return found;
  }
  return "ok";
}
