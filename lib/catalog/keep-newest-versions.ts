import { storableText } from "./stix-schema";
import type { CatalogIssue } from "./types";

export interface BundleItem {
  readonly item: Readonly<Record<string, unknown>>;
  readonly position: number; // in the bundle's list, from 0
}

/** True for a JSON object. Keys such as __proto__ are own keys here, because JSON.parse made them. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Objects of a bundle by id, each once. STIX lets a bundle hold several versions of one object: the newest `modified` counts,
 * of equals the first. Last one first, so that the caller can take them off the end in the order of the bundle. What is no object, or names no type and id, is refused by position.
 */
export function keepNewestVersions(items: readonly unknown[], issues: CatalogIssue[]): BundleItem[] {
  const kept = new Map<string, BundleItem>();
  items.forEach((item, position) => {
    const refuse = (message: string) =>
      issues.push({ severity: "refused", code: "not-an-object", stixId: null, attackId: null, message: `Object ${position + 1} of the bundle ${message}.` });
    if (!isObject(item)) return void refuse("is not an object");
    if (typeof item.type !== "string" || item.type === "") return void refuse("names no type");
    if (typeof item.id !== "string" || !/^[\x21-\x7e]{1,200}$/.test(item.id)) return void refuse("has no usable id");
    const before = kept.get(item.id);
    if (before === undefined) return void kept.set(item.id, { item, position });

    const newer = typeof item.modified === "string" && typeof before.item.modified === "string" && item.modified > before.item.modified;
    if (newer) kept.set(item.id, { item, position });
    issues.push({
      severity: "odd",
      code: "duplicate-object",
      stixId: item.id,
      attackId: null,
      message: `The bundle holds ${storableText(item.type)} ${item.id} more than once (objects ${before.position + 1} and ${position + 1}); ${newer ? "the later, newer one" : "the first one"} was taken.`,
    });
  });
  return [...kept.values()].reverse();
}
