import { z } from "zod";
import { CELL_STATES, type Comparison } from "@/lib/assessment/compare/comparison";
import { LEVEL, STANDS } from "@/lib/assessment/compare/parts";
import { waterfallOf } from "@/lib/assessment/compare/waterfall";
import type { RepointedStrategy } from "@/lib/catalog/find-repointed";
import type { Analytic } from "@/lib/catalog/types";

const int = z.number().int();
const measure = z.object({ value: int.nullable(), low: int.nullable(), high: int.nullable(), k: int, n: int, uniform: int.nullable() });
const analytic = z.object({ id: z.string(), name: z.string(), techniques: z.array(z.string()), platforms: z.array(z.string()), cells: z.array(z.object({ state: z.enum(CELL_STATES), cells: int })) });

/**
 * What `release-effect RELEASE --json` prints: what one release changes against another on the same evidence of now.
 * Shares in millionths, k cells of n applicable.
 */
export const releaseEffectSchema = z.object({
  domain: z.enum(["enterprise", "mobile", "ics"]),
  from: z.string(), // the current release, where no other was asked for
  to: z.string(),
  at: z.iso.datetime(), // T of both
  contentCompared: z.boolean(), // false: a side is an edition of the starter catalogue, whose texts are not MITRE's; changed are those that ask something else
  added: z.array(analytic), // cells: what they would be, by state
  changed: z.array(z.object({ id: z.string(), name: z.string(), fields: z.array(z.string()), asksAnew: z.boolean(), moved: int })), // moved: cells that another state
  retired: z.array(analytic), // cells: what they are
  deprecated: z.array(z.object({ id: z.string(), name: z.string(), strategy: z.string() })), // of strategies that are deprecated now: they would not apply
  repointed: z.array(z.object({ id: z.string(), name: z.string(), from: z.array(z.string()), to: z.array(z.string()), analytics: z.array(z.string()) })),
  formalOnly: int.nullable(),
  fleet: z.object({ from: measure, to: measure, points: int, cells: int }),
  segments: z.array(z.object({ id: z.string(), segment: z.string(), from: measure, to: measure, points: int, cells: int })),
});
export type ReleaseEffect = z.infer<typeof releaseEffectSchema>;

/** What two releases say of the analytics: live ones by id, and what differs in their published content. */
export interface ReleaseFacts {
  readonly domain: ReleaseEffect["domain"];
  readonly from: string;
  readonly to: string;
  readonly before: readonly Analytic[]; // live
  readonly after: readonly Analytic[]; // live
  readonly repointed: readonly RepointedStrategy[];
  readonly content: { readonly changed: readonly { readonly id: string; readonly fields: readonly string[] }[]; readonly formalOnly: number } | null; // null: not comparable
}

/** The effect of a release from the difference of two scorings that share everything but the catalogue. */
export function describeReleaseEffect(facts: ReleaseFacts, comparison: Comparison): ReleaseEffect {
  const { before, after, content } = facts;
  const [known, now] = [new Map(before.map((one) => [one.id, one])), new Map(after.map((one) => [one.id, one]))];
  const states = statesByAnalytic(comparison);
  const toAnalytic = ({ id, name, techniques, platforms }: Analytic, side: "from" | "to"): ReleaseEffect["added"][number] => ({
    id,
    name,
    techniques: techniques.map((technique) => technique.id),
    platforms: [...platforms],
    cells: CELL_STATES.flatMap((state) => {
      const cells = states.get(id)?.[side].get(state) ?? 0;
      return cells === 0 || state === "not-assessed" ? [] : [{ state, cells }];
    }),
  });
  const asked = new Set(after.flatMap((one) => (known.has(one.id) && asksOther(known.get(one.id), one) ? [one.id] : [])));
  const changes = content?.changed ?? [...asked].map((id) => ({ id, fields: ["x_mitre_log_source_references"] }));
  return {
    domain: facts.domain,
    from: facts.from,
    to: facts.to,
    at: new Date(comparison.at.b).toISOString(),
    contentCompared: content !== null,
    added: after.filter(({ id }) => !known.has(id)).map((one) => toAnalytic(one, "to")),
    changed: changes.flatMap(({ id, fields }) => {
      const name = now.get(id)?.name;
      return name === undefined || !known.has(id) ? [] : [{ id, name, fields: [...fields], asksAnew: asked.has(id), moved: states.get(id)?.moved ?? 0 }];
    }),
    retired: before.filter(({ id }) => !now.has(id)).map((one) => toAnalytic(one, "from")),
    deprecated: after.filter(({ id, strategyDeprecated }) => strategyDeprecated && known.get(id)?.strategyDeprecated === false).map(({ id, name, strategy }) => ({ id, name, strategy: strategy?.id ?? "" })),
    repointed: facts.repointed.map(({ id, name, from, to }) => ({ id, name, from: [...from], to: [...to], analytics: after.filter(({ strategy }) => strategy?.id === id).map((one) => one.id) })),
    formalOnly: content?.formalOnly ?? null,
    fleet: numbersOf(comparison.fleet),
    segments: comparison.segments.map(({ id, name, stands }) => ({ id, segment: name, ...numbersOf(stands) })).sort((x, y) => Math.abs(y.points) - Math.abs(x.points) || Math.abs(y.cells) - Math.abs(x.cells) || (x.segment < y.segment ? -1 : 1)),
  };
}

function numbersOf(stands: Comparison["fleet"]): ReleaseEffect["fleet"] {
  const [from, to] = [stands[0], stands[STANDS - 1]];
  const part = waterfallOf(stands)[LEVEL.catalog];
  if (from === undefined || to === undefined || part === undefined) throw new Error("a comparison has no stands");
  const measureOf = ({ observed, low, high, k, n, uniform }: Comparison["fleet"][number]) => ({ value: observed, low, high, k, n, uniform });
  return { from: measureOf(from), to: measureOf(to), points: part.points, cells: part.cells };
}

/** Whether the references, the platforms or the techniques of an analytic differ: what a verdict or its weight can rest on. */
function asksOther(before: Analytic | undefined, after: Analytic): boolean {
  const key = (one: Analytic | undefined): string => JSON.stringify([one?.platforms, one?.strategyDeprecated, one?.logSources.map(({ component, name, channel }) => [component.id, name, channel])]);
  return key(before) !== key(after);
}

/** Cells by state on either side, of analytics of which any cell differs. */
function statesByAnalytic({ cells, analytics }: Comparison): ReadonlyMap<string, { readonly from: ReadonlyMap<string, number>; readonly to: ReadonlyMap<string, number>; readonly moved: number }> {
  const found = new Map<string, { from: Map<string, number>; to: Map<string, number>; moved: number }>();
  cells.path.forEach((path, at) => {
    const id = analytics[cells.analytic[at] ?? -1] ?? "";
    const [from, to] = [CELL_STATES[Number(path.at(0))], CELL_STATES[Number(path.at(-1))]];
    if (from === undefined || to === undefined) return;
    const entry = found.get(id) ?? { from: new Map<string, number>(), to: new Map<string, number>(), moved: 0 };
    entry.from.set(from, (entry.from.get(from) ?? 0) + 1);
    entry.to.set(to, (entry.to.get(to) ?? 0) + 1);
    if (from !== to) entry.moved += 1;
    found.set(id, entry);
  });
  return found;
}
