import { assess, ENGINE } from "../assess";
import type { ScoringInput } from "../scoring-input";
import type { Headline } from "../scoring-result";
import { statusRank } from "../status";
import { blendInputs } from "./blend-inputs";
import { COMPARISON_SCHEMA, CELL_STATES, NOT_ASSESSED, type Comparison, type Stand } from "./comparison";
import { describeInputs, type InputLines } from "./describe-inputs";
import { LEVELS, partOfStand, STANDS } from "./parts";
import type { Verdicts } from "./stored-verdicts";

/** One of two assessments: what it pinned, and what was decided then. */
export interface Side {
  readonly input: ScoringInput;
  readonly stored: Verdicts;
}

const OBSERVED = statusRank("observed");

/**
 * The difference of two assessments, cell by cell, with what moved it. Every stand between them is scored by the scorer
 * itself; a group of inputs that does not differ is not scored again. What the engine moved is what today's engine decides
 * otherwise at either end, so the parts add up to the difference of the two as they were stored.
 *
 * @param progress told how many of the stands are done
 */
export function compareAssessments(a: Side, b: Side, progress: (done: number, of: number) => void = () => {}): Comparison {
  const blend = blendInputs(a.input, b.input);
  const segments = unionOf(a.input.segments, b.input.segments);
  const analytics = unionOf(a.input.analytics, b.input.analytics);
  const columns = segments.order.length;
  const stands: { readonly fleet: Headline; readonly bySegment: ReadonlyMap<string, Headline>; readonly states: Uint8Array; readonly reach: Int32Array }[] = [];
  const weights = new Float64Array(analytics.order.length * columns);
  const take = (input: Pick<ScoringInput, "analytics" | "segments">, verdicts: Verdicts): void => {
    const states = new Uint8Array(analytics.order.length * columns).fill(NOT_ASSESSED);
    const reach = new Int32Array(states.length);
    const [rows, places] = [input.analytics.map(({ id }) => analytics.position(id)), input.segments.map(({ id }) => segments.position(id))];
    for (const row of rows) for (const place of places) states[row * columns + place] = 0;
    for (const cell of verdicts.cells) {
      const at = (rows[cell.analytic] ?? 0) * columns + (places[cell.segment] ?? 0);
      states[at] = statusRank(cell.status);
      reach[at] = cell.reach;
      weights[at] = cell.weight;
    }
    stands.push({ fleet: verdicts.fleet, bySegment: new Map(verdicts.segments.map(({ id, headline }) => [id, headline])), states, reach });
    progress(stands.length, STANDS);
  };
  take(a.input, a.stored);
  take(blend.at(0), assess(blend.at(0)));
  for (let level = 1; level < LEVELS; level += 1) {
    const last = stands.at(-1);
    if (blend.moves(level) || last === undefined) take(blend.at(level), assess(blend.at(level)));
    else stands.push(last);
  }
  take(b.input, b.stored);

  return {
    schema: COMPARISON_SCHEMA,
    engine: ENGINE,
    engines: { a: a.stored.engine, b: b.stored.engine },
    at: { a: a.input.at, b: b.input.at },
    analytics: analytics.order.map(({ id }) => id),
    segments: segments.order.map(({ id, name }, place) => ({ id, name, stands: stands.map(({ bySegment }) => standOf(bySegment.get(id))), matrix: matrixOf(place) })),
    fleet: stands.map(({ fleet }) => standOf(fleet)),
    inputs: mutable(describeInputs(a.input, b.input, { a: a.stored.engine, b: b.stored.engine, now: ENGINE }, blend.asksAnew)),
    cells: changedCells(),
  };

  function matrixOf(place: number): number[][] {
    const matrix = CELL_STATES.map(() => CELL_STATES.map(() => 0));
    const [first, last] = [stands[0]?.states, stands.at(-1)?.states];
    for (let at = place; at < analytics.order.length * columns; at += columns) {
      const row = matrix[first?.[at] ?? NOT_ASSESSED];
      const column = last?.[at] ?? NOT_ASSESSED;
      if (row !== undefined) row[column] = (row[column] ?? 0) + 1;
    }
    return matrix;
  }

  function changedCells(): Comparison["cells"] {
    const found: { at: number; path: string; reachA: number; reachB: number; parts: number }[] = [];
    const [first, last] = [stands[0], stands.at(-1)];
    if (first === undefined || last === undefined) throw new Error("a comparison has no stands");
    for (let at = 0; at < first.states.length; at += 1) {
      const [from, to] = [first.states[at] ?? NOT_ASSESSED, last.states[at] ?? NOT_ASSESSED];
      const [reachA, reachB] = [counted(first, at), counted(last, at)];
      if (from === to && reachA === reachB) continue;
      found.push({ at, path: stands.map(({ states }) => states[at]).join(""), reachA, reachB, parts: partsMoving(at) });
    }
    const size = ({ at, reachA, reachB }: (typeof found)[number]): number => (weights[at] ?? 0) * Math.abs(reachB - reachA);
    found.sort((x, y) => size(y) - size(x) || (weights[y.at] ?? 0) - (weights[x.at] ?? 0) || x.at - y.at);
    return {
      analytic: found.map(({ at }) => Math.floor(at / columns)),
      segment: found.map(({ at }) => at % columns),
      path: found.map(({ path }) => path),
      reachA: found.map(({ reachA }) => reachA),
      reachB: found.map(({ reachB }) => reachB),
      weight: found.map(({ at }) => weights[at] ?? 0),
      parts: found.map(({ parts }) => parts),
    };
  }

  /** The parts that moved a cell, as bits in the order of PARTS: its state, or the reach that counts. */
  function partsMoving(at: number): number {
    let bits = 0;
    for (let stand = 1; stand < STANDS; stand += 1) {
      const [before, now] = [stands[stand - 1], stands[stand]];
      if (before === undefined || now === undefined) continue;
      if (before.states[at] !== now.states[at] || counted(before, at) !== counted(now, at)) bits |= 1 << partOfStand(stand);
    }
    return bits;
  }
}

/** The reach that the headline counts: of observed cells and better. */
function counted({ states, reach }: { readonly states: Uint8Array; readonly reach: Int32Array }, at: number): number {
  const state = states[at] ?? NOT_ASSESSED;
  return state >= OBSERVED && state < NOT_ASSESSED ? (reach[at] ?? 0) : 0;
}

/** The headline as a stand; a segment that is not there yet, or any more, has no cells. */
function standOf(headline: Headline | undefined): Stand {
  const { observed, validated, uniform } = headline ?? { observed: NONE, validated: NONE, uniform: { observed: NONE } };
  return { observed: observed.value, low: observed.low, high: observed.high, k: observed.k, n: observed.n, uniform: uniform.observed.value, validated: validated.value, validatedK: validated.k };
}
const NONE = { value: null, low: null, high: null, k: 0, n: 0 };

function mutable(lines: InputLines): Comparison["inputs"] {
  return { engine: [...lines.engine], catalog: [...lines.catalog], fleet: [...lines.fleet], policy: [...lines.policy], evidence: [...lines.evidence], time: [...lines.time] };
}

/** Everything of both, in B's order, what B no longer has behind it. */
function unionOf<T extends { readonly id: string }>(a: readonly T[], b: readonly T[]): { readonly order: readonly T[]; position(id: string): number } {
  const known = new Set(b.map(({ id }) => id));
  const order = [...b, ...a.filter(({ id }) => !known.has(id))];
  const positions = new Map(order.map(({ id }, at) => [id, at]));
  return { order, position: (id) => positions.get(id) ?? -1 };
}
