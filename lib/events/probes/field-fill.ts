import { z } from "zod";
import { componentById } from "@/lib/telemetry/component-index";
import { classOfShape, isAbout } from "@/lib/telemetry/fill-shape";
import { requiredFields } from "@/lib/telemetry/required-fields";
import { counted, formatCount } from "@/lib/shared/format-number";
import { kindTraits } from "./kind-traits";
import { defineProbe, ENOUGH_RECORDS, ExampleList, graded, levelBelow, notComputable, shareOf } from "./probe";

const WARN = 950_000;
const FAIL = 800_000;

/** [component, field or "a | b" of which one must be filled, 1 = required, filled, of]. */
const summary = z.object({ fields: z.array(z.tuple([z.string(), z.string(), z.number().int(), z.number().int(), z.number().int()])) });
type Summary = z.infer<typeof summary>;

/** Probe 1: whether the fields that a component asks for are filled. */
export const fieldFill = defineProbe<Summary>({
  id: "field-fill",
  label: "Field fill",
  formula: "For each data component and each of its fields: the records that fill it, of the records that carry the component (and are not about another class of object). The grade is that of the least filled required field; recommended fields are shown and not graded.",
  needs: "record kinds that carry a data component",
  thresholds: [
    { level: "warn", text: "a required field is filled in less than 95 % of the records", why: "the share that a cell needs to be proven" },
    { level: "fail", text: "in less than 80 %", why: "every fifth record is blind to what the analytic asks" },
  ],
  scope: "source",
  summary,
  open: () => {
    const counts = new Map<string, [component: string, field: string, need: number, filled: number, of: number]>();
    const examples = new ExampleList();
    return {
      group: (group) => {
        const { components } = kindTraits(group.kind);
        const filled = new Set(group.shape);
        const objectClass = classOfShape(group.shape);
        const count = (component: string, field: string, need: 0 | 1, has: boolean) => {
          const key = `${component} ${need} ${field}`;
          const row = counts.get(key) ?? [component, field, need, 0, 0];
          if (has) row[3] += group.count;
          row[4] += group.count;
          counts.set(key, row);
          if (!has && need === 1) examples.addGroup(group);
        };
        for (const component of components) {
          const asked = requiredFields(component, group.kind);
          if (!isAbout(asked.objects, objectClass)) continue; // a record about another class of object says nothing of this component
          for (const field of asked.required) count(component, field, 1, filled.has(field));
          for (const any of asked.anyOf) count(component, any.join(" | "), 1, any.some((field) => filled.has(field)));
          for (const field of componentById(component)?.recommended ?? []) if (!asked.required.includes(field)) count(component, field, 0, filled.has(field));
        }
      },
      finish: () => ({ summary: { fields: sorted(counts) }, examples: examples.places }),
    };
  },
  merge: (a, b) => {
    const counts = new Map<string, [string, string, number, number, number]>();
    for (const [component, field, need, filled, of] of [...a.fields, ...b.fields]) {
      const key = `${component} ${need} ${field}`;
      const row = counts.get(key) ?? [component, field, need, 0, 0];
      counts.set(key, [component, field, need, row[3] + filled, row[4] + of]);
    }
    return { fields: sorted(counts) };
  },
  grade: ({ fields }) => {
    const required = fields.filter(([, , need]) => need === 1);
    // A component seen five times must not hide one seen thousands of times: those with enough records are judged first.
    const enough = required.filter(([, , , , of]) => of >= ENOUGH_RECORDS);
    const judged = enough.length > 0 ? enough : required;
    const worst = judged.reduce<(typeof judged)[number] | null>((least, row) => (least === null || row[3] * least[4] < least[3] * row[4] ? row : least), null);
    if (worst === null) return notComputable("no record kind of this source carries a data component");
    const [component, field, , filled, of] = worst;
    const share = shareOf(filled, of);
    const name = componentById(component)?.name ?? component;
    const says = filled === of ? `Every required field is filled, the least in ${counted(of, "record")}.` : `${name} lacks ${field} most: filled in ${formatCount(filled)} of ${counted(of, "record")}.`;
    const figures = [...fields].sort((a, b) => b[2] - a[2] || a[3] * b[4] - b[3] * a[4]).map(([id, label, need, has, n]) => ({ label: `${componentById(id)?.name ?? id}: ${label}${need === 1 ? "" : " (recommended)"}`, value: shareOf(has, n), unit: "millionths" as const, n }));
    return graded({ level: levelBelow(share, WARN, FAIL), value: share, unit: "millionths", n: of, says, figures });
  },
});

function sorted(counts: ReadonlyMap<string, [string, string, number, number, number]>): Summary["fields"] {
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
