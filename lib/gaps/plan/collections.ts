import subcategories from "@/lib/inventory/formats/auditpol/subcategories.json";
import { baseKind } from "@/lib/telemetry/stated-platform";

/** What is switched on together: a family and native event keys. */
export interface Collection {
  readonly id: string; // "family:key,key", keys in order
  readonly family: string;
  readonly keys: readonly string[];
  readonly kinds: readonly string[]; // record kinds, those with a stated platform included
  readonly title: string | null; // what the system calls it, where several keys have one switch
}

// One subcategory of the Windows audit policy switches all of its events on.
const SWITCHES = new Map<string, string>();
for (const { name, category, success, failure } of Object.values(subcategories)) {
  for (const event of [...success, ...failure]) if (!SWITCHES.has(event)) SWITCHES.set(event, `${category}: ${name}`);
}

/**
 * Divides record kinds into what can be switched on by itself: every key alone, except the events of one subcategory of the
 * Windows audit policy. A kind that states its platform belongs to the same collection as the plain one.
 */
export function divideKinds(kinds: Iterable<string>): Collection[] {
  const groups = new Map<string, { family: string; title: string | null; keys: Set<string>; kinds: string[] }>();
  for (const kind of kinds) {
    const base = baseKind(kind);
    const colon = base.indexOf(":");
    const [family, key] = [base.slice(0, colon), base.slice(colon + 1)];
    const title = family === "windows-security" ? (SWITCHES.get(key) ?? null) : null;
    const name = `${family}\n${title ?? key}`;
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { family, title, keys: new Set(), kinds: [] }));
    group.keys.add(key);
    group.kinds.push(kind);
  }
  return [...groups.values()].map(({ family, title, keys, kinds: own }) => toCollection(family, keys, own, title)).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** A collection of these keys of a family. */
export function toCollection(family: string, keys: Iterable<string>, kinds: readonly string[], title: string | null): Collection {
  const ordered = [...keys].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : a > b ? 1 : 0));
  return { id: `${family}:${ordered.join(",")}`, family, keys: ordered, kinds: [...kinds].sort(), title };
}
