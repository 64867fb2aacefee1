import type { PackManifest } from "../packs/pack-schema";
import { tuneRules } from "../packs/tune-rules";
import type { PlaceholderValues, RuleText } from "../sigma/rule-types";
import type { FieldRenames } from "../rules/mappings/field-mapping";
import { elementValues } from "./element-placeholders";
import { valuesInForce, type ValueInForce } from "./values-in-force";
import type { TuningVersion } from "./rule-tuning";

/** Rules of one source, with what of them can be tuned. */
export interface TunableRules {
  readonly files: readonly RuleText[];
  readonly manifest: PackManifest | null; // of the pack that they came with
  readonly placeholders: readonly string[]; // names that imported rules ask for
  readonly renames?: readonly FieldRenames[]; // of fields, passed on as they are
}

/** Rules ready to be evaluated in a segment. */
export interface ValuedRules {
  readonly files: readonly RuleText[];
  readonly placeholders: PlaceholderValues;
  readonly renames?: readonly FieldRenames[] | undefined;
  readonly values: readonly ValueInForce[];
  readonly unfit: readonly string[]; // names whose value the pack's bounds no longer allow: the default holds
}

/**
 * Rules with the values of one segment in place. A placeholder without any stays unfilled, and the rules that ask for it are
 * refused by name.
 *
 * @param versions of that segment; none: the values as they come
 * @param analytic whose rules they are; "" for rules that are asked for themselves
 * @param day ISO date, UTC
 */
export function applyValues(rules: TunableRules, versions: readonly TuningVersion[], { analytic, day }: { readonly analytic: string; readonly day: string }): ValuedRules {
  const { manifest, renames } = rules;
  if (manifest === null) {
    const values = valuesInForce(versions, { analytic, day, names: new Map(rules.placeholders.map((name) => [name, null])) });
    return { files: rules.files, placeholders: new Map(values.flatMap(({ name, values: own }) => (own === null ? [] : [[name, own] as const]))), renames, values, unfit: [] };
  }
  const names = new Map(manifest.elements.map((element) => [element.name, element.kind === "list" ? element.default : [String(element.default)]] as const));
  // A number or duration means what its pack says: one that is set for every rule says nothing of it.
  const lists = new Set(manifest.elements.flatMap(({ kind, name }) => (kind === "list" ? [name] : [])));
  const values = valuesInForce(versions.filter(({ scope, name }) => scope !== "" || lists.has(name)), { analytic, day, names });
  const { values: fitting, unfit } = elementValues(manifest.elements, values);
  const tuned = tuneRules({ manifest, rules: rules.files }, fitting);
  return { files: tuned.files, placeholders: tuned.placeholders, renames, values, unfit };
}
