import { z } from "zod";
import { componentById } from "./component-index";
import { splitKind } from "./record-kinds";
import { baseKind } from "./stated-platform";
import type { FieldRequirement, RecordKindId } from "./types";
import table from "./tables/fields-not-carried.json";
import sensors from "./tables/fields-not-carried-edr.json";
import classes from "./tables/object-classes.json";

/*
 * What a record of a kind must fill to count for a component: the component's own fields, less those that the kind by its
 * nature never carries, with what stands in for them. A field that a collector merely failed to fill stays required.
 */
const Rule = z.object({
  kinds: z.array(z.string()).nonempty(), // "family:key"; a key ending in "*" is a prefix
  components: z.array(z.string()).optional(), // absent: whatever the component
  drop: z.array(z.string()),
  anyOf: z.array(z.array(z.string())), // one of each group must be filled instead
  reason: z.string().min(1),
});
type Rule = z.infer<typeof Rule>;

const RULES_OF = new Map<string, { key: string; rule: Rule }[]>(); // family -> rules
for (const rule of z.array(Rule).parse([...table, ...sensors])) {
  for (const pattern of rule.kinds) {
    const { family, key } = splitKind(pattern);
    RULES_OF.set(family, [...(RULES_OF.get(family) ?? []), { key, rule }]);
  }
}

/** Record kinds that report on several classes of object, and the classes that a component is about. */
const ClassRule = z.object({
  kinds: z.array(z.string()).nonempty(),
  components: z.array(z.string()).nonempty(),
  objects: z.array(z.string()).nonempty(),
  reason: z.string().min(1),
});

const OBJECTS = new Map<string, readonly string[]>(); // "component kind" -> classes
for (const { kinds, components, objects } of z.array(ClassRule).parse(classes)) {
  for (const kind of kinds) for (const label of components) OBJECTS.set(`${label.slice(0, "DC0000".length)} ${kind}`, objects);
}

/** Required fields of a component the table does not know (a newer release): that something happened, some time. */
const UNKNOWN_COMPONENT: FieldRequirement = { required: ["ts"], anyOf: [] };

/** The fields that a record of this kind must fill to prove this component, and the classes of object it must be about. */
export function requiredFields(componentId: string, kind: RecordKindId): FieldRequirement {
  const component = componentById(componentId) ?? UNKNOWN_COMPONENT;
  const rules = rulesFor(componentId, kind);
  const classed = OBJECTS.get(`${componentId} ${baseKind(kind)}`);
  const objects = classed === undefined ? {} : { objects: classed };
  if (rules.length === 0) return { required: component.required, anyOf: component.anyOf, ...objects };
  const dropped = new Set(rules.flatMap((rule) => rule.drop));
  // A stand-in counts only where something was dropped for it, or where the rule asks for content outright.
  const added = rules.flatMap((rule) => (rule.drop.length === 0 || rule.drop.some((field) => component.required.includes(field)) ? rule.anyOf : []));
  return { required: component.required.filter((field) => !dropped.has(field)), anyOf: [...component.anyOf, ...added], ...objects };
}

/** Why this kind need not fill some of the component's fields: one sentence per rule that applies. */
export function reasonsNotCarried(componentId: string, kind: RecordKindId): readonly string[] {
  const required = componentById(componentId)?.required ?? [];
  return rulesFor(componentId, kind).flatMap((rule) => (rule.drop.some((field) => required.includes(field)) ? [rule.reason] : []));
}

function rulesFor(componentId: string, kind: RecordKindId): readonly Rule[] {
  const { family, key } = splitKind(baseKind(kind));
  return (RULES_OF.get(family) ?? []).flatMap(({ key: pattern, rule }) => {
    const meant = pattern.endsWith("*") ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
    return meant && (rule.components === undefined || rule.components.includes(componentId)) ? [rule] : [];
  });
}
