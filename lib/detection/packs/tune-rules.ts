import { isMap, isSeq, parseAllDocuments, type Document } from "yaml";
import { isJsonObject } from "@/lib/events/frame/plain-value";
import { SightlineError } from "@/lib/shared/errors";
import { readRuleYaml } from "../sigma/read-rule-yaml";
import type { PlaceholderValues } from "../sigma/rule-types";
import type { Pack, PackElement } from "./pack-schema";

/** A value of a mutable element: of a list its entries, of the others one number in the element's unit. */
export type ElementValue = readonly string[] | number;

/** A pack's rules with values in place: what every evaluator of rules takes. */
export interface TunedRules {
  readonly files: readonly { readonly file: string; readonly text: string }[];
  readonly placeholders: PlaceholderValues;
}

/**
 * The rules of a pack with a team's values for its mutable elements; what is not given keeps its default, and a file in which
 * nothing changes stays as it is written, byte for byte.
 *
 * @throws SightlineError INVALID for an unknown element, a value of the wrong kind, or one outside the element's bounds
 */
export function tuneRules({ manifest, rules }: Pick<Pack, "manifest" | "rules">, values: ReadonlyMap<string, ElementValue> = new Map()): TunedRules {
  for (const [name, value] of values) {
    const fault = faultOfValue(manifest, name, value);
    if (fault !== null) throw new SightlineError("INVALID", fault, { field: name, remedy: `The pack ${manifest.id} has: ${manifest.elements.map((element) => element.name).join(", ") || "none"}.` });
  }
  const placeholders = new Map<string, readonly string[]>();
  const settings: Setting[] = [];
  for (const element of manifest.elements) {
    const value = values.get(element.name) ?? element.default;
    if (element.kind === "list") placeholders.set(element.name, typeof value === "number" ? [] : value);
    else if (typeof value === "number" && value !== element.default) for (const place of element.sets) settings.push({ in: place.in, path: place.path, value: writeSetting(element, value) });
  }
  return { files: rules.map(({ file, text }) => ({ file, text: setIn(text, settings) })), placeholders };
}

/** Why a value does not suit an element of a pack, in a sentence; null when it does. */
export function faultOfValue({ elements }: Pick<Pack["manifest"], "elements">, name: string, value: ElementValue): string | null {
  const element = elements.find((one) => one.name === name);
  if (element === undefined) return `The pack has no element "${name}".`;
  const { unit } = element;
  if (element.kind === "list") {
    if (typeof value === "number" || value.length === 0) return `"${name}" is a list and needs at least one entry.`;
    return value.length > element.bounds.most ? `"${name}" may have ${element.bounds.most} entries, and here are ${value.length}.` : null;
  }
  if (typeof value !== "number" || !Number.isFinite(value)) return `"${name}" is one number (${unit}).`;
  if (element.kind === "duration" && !Number.isInteger(value)) return `"${name}" is a whole number of ${unit}.`;
  const { least, most } = element.bounds;
  return value < least || value > most ? `"${name}" is from ${least} to ${most} ${unit}, and ${value} is not.` : null;
}

interface Setting {
  readonly in: string;
  readonly path: readonly (string | number)[];
  readonly value: string | number;
}

const LETTERS = { seconds: "s", minutes: "m", hours: "h", days: "d" } as const;

/** A value as it stands in a rule: a Sigma timespan or a plain number. */
export function writeSetting(element: Exclude<PackElement, { kind: "list" }>, value: number): string | number {
  return element.kind === "duration" ? `${value}${LETTERS[element.unit]}` : value;
}

/** What stands at a place of a rule file, in the document that has this name; undefined when there is nothing. */
export function readSetting(text: string, place: { readonly in: string; readonly path: readonly (string | number)[] }): unknown {
  const yaml = readRuleYaml(text);
  let found: unknown = "documents" in yaml ? yaml.documents.find((document) => isJsonObject(document) && document["name"] === place.in) : undefined;
  for (const step of place.path) found = isJsonObject(found) && Object.hasOwn(found, step) ? found[step] : Array.isArray(found) && typeof step === "number" ? found[step] : undefined;
  return found;
}

function setIn(text: string, settings: readonly Setting[]): string {
  if (settings.length === 0) return text;
  const documents = documentsOf(text);
  let changed = false;
  for (const document of documents) {
    for (const { in: name, path, value } of settings) {
      if (document.get("name") !== name || !document.hasIn(path)) continue;
      document.setIn(path, value);
      changed = true;
    }
  }
  return changed ? documents.map(String).join("---\n") : text;
}

function documentsOf(text: string): Document[] {
  const parsed = parseAllDocuments(text, { logLevel: "silent" });
  return Array.isArray(parsed) ? parsed.filter(({ contents }) => isMap(contents) || isSeq(contents)) : [];
}
