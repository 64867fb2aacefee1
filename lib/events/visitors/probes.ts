import type { Json } from "@/lib/shared/canonical-json";
import { PROBES } from "../probes/index";
import { MOST_EXAMPLES, type FilledGroup, type ProbeFold, type ProbeId, type RecordPlace } from "../probes/probe";
import type { RecordView } from "../probes/record-view";
import type { ParsedRecord, Visitor } from "../types";

/** What one probe found in one source (family) of one file, before it is graded. */
export interface ProbeRow {
  readonly family: string;
  readonly probe: ProbeId;
  readonly summary: Json;
  readonly examples: readonly RecordPlace[];
}

interface Group extends FilledGroup {
  count: number;
  readonly places: RecordPlace[];
}

interface Source {
  readonly folds: readonly (readonly [id: ProbeId, fold: ProbeFold<Json>])[];
  readonly perRecord: readonly ((view: RecordView) => void)[];
  readonly groups: Map<string, Map<readonly string[], Group>>; // kind -> shape -> group
}

interface Known {
  readonly source: Source;
  readonly group: Group;
}

interface State {
  readonly sources: Map<string, Source>;
  readonly known: (Known | undefined)[]; // by series
}

/** Every probe on every source of a file, in the pass that imports it. Sources are few; each probe bounds its own memory. */
export function probesVisitor(view: RecordView): Visitor<State, ProbeRow[]> {
  return {
    id: "probes",
    version: 1,
    start: () => ({ sources: new Map<string, Source>(), known: [] }),
    record: (state, record, host) => {
      view.show(record, host);
      const { source, group } = (state.known[view.series] ??= enter(state, view));
      group.count += 1;
      if (group.places.length < MOST_EXAMPLES) group.places.push(placeOf(record));
      for (const look of source.perRecord) look(view);
      return state;
    },
    finish: ({ sources }) =>
      [...sources].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([family, { folds, groups }]) => {
        for (const shapes of groups.values()) for (const group of shapes.values()) for (const [, fold] of folds) fold.group?.(group);
        return folds.map(([probe, fold]): ProbeRow => ({ family, probe, ...fold.finish() }));
      }),
  };
}

function enter(state: State, { kind, shape, traits }: RecordView): Known {
  let source = state.sources.get(traits.family);
  if (source === undefined) {
    const folds = PROBES.map((probe) => [probe.id, probe.open()] as const);
    const perRecord = folds.flatMap(([, fold]) => (fold.record === undefined ? [] : [fold.record.bind(fold)]));
    source = { folds, perRecord, groups: new Map<string, Map<readonly string[], Group>>() };
    state.sources.set(traits.family, source);
  }
  let shapes = source.groups.get(kind);
  if (shapes === undefined) {
    shapes = new Map<readonly string[], Group>();
    source.groups.set(kind, shapes);
  }
  let group = shapes.get(shape);
  if (group === undefined) {
    group = { kind, shape, count: 0, places: [] };
    shapes.set(shape, group);
  }
  return { source, group };
}

function placeOf({ number, offset, length }: ParsedRecord): RecordPlace {
  return { number, offset, length };
}
