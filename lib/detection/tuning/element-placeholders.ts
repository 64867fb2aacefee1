import type { PackElement, PackManifest } from "../packs/pack-schema";
import type { ElementValue } from "../packs/tune-rules";
import type { Placeholder } from "./rule-tuning";
import type { ValueInForce } from "./values-in-force";

/** The mutable elements of a pack as what can be tuned. */
export function elementPlaceholders({ analytic, elements }: Pick<PackManifest, "analytic" | "elements">): Placeholder[] {
  return elements.map((element): Placeholder => {
    const { name, kind, unit, attack, about } = element;
    const least = element.kind === "list" ? null : element.bounds.least;
    return { name, kind, scope: analytic, defaults: element.kind === "list" ? element.default : [String(element.default)], unit, least, most: element.bounds.most, attack, about };
  });
}

/** Placeholders of imported rules: lists without a default. */
export function rulePlaceholders(names: readonly string[]): Placeholder[] {
  return [...new Set(names)].sort().map((name) => ({ name, kind: "list", scope: "", defaults: null, unit: "", least: null, most: null, attack: null, about: "" }));
}

/** The values in force as a pack takes them. What is its default is left out; what its bounds no longer allow keeps the default, and is named. */
export function elementValues(elements: readonly PackElement[], values: readonly ValueInForce[]): { readonly values: ReadonlyMap<string, ElementValue>; readonly unfit: readonly string[] } {
  const found = new Map<string, ElementValue>();
  const unfit: string[] = [];
  for (const element of elements) {
    const own = values.find(({ name }) => name === element.name);
    if (own === undefined || own.values === null || own.tuning === null) continue;
    const value = toElementValue(element, own.values);
    if (value === null) unfit.push(element.name);
    else found.set(element.name, value);
  }
  return { values: found, unfit };
}

function toElementValue(element: PackElement, values: readonly string[]): ElementValue | null {
  if (element.kind === "list") return values.length === 0 || values.length > element.bounds.most ? null : values;
  const number = Number(values[0]);
  const { least, most } = element.bounds;
  return values.length !== 1 || !Number.isFinite(number) || number < least || number > most ? null : number;
}
