import type { Series, SeriesInterner } from "../intern-series";
import type { CanonicalFields, Visitor } from "../types";

export const EXAMPLES_PER_SHAPE = 20;
const MOST_GROUPS = 2_000;

export interface Example {
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  readonly kind: string;
  readonly shape: readonly string[];
  readonly host: string; // folded
  readonly ms: number | null;
  readonly fields: CanonicalFields;
}

interface Group {
  readonly kept: Example[];
  readonly hosts: Map<string, number>;
  most: number; // the largest count in hosts
}

/** Up to 20 records per (kind, shape): the first ones, then a host with fewer replaces the latest of the host with most. */
export function examplesVisitor(interner: SeriesInterner): Visitor<Map<string, Map<readonly string[], Group>>, Example[]> {
  let groups = 0;
  const groupOf = (state: Map<string, Map<readonly string[], Group>>, series: Series): Group | undefined => {
    let shapes = state.get(series.kind);
    if (shapes === undefined) {
      shapes = new Map<readonly string[], Group>();
      state.set(series.kind, shapes);
    }
    let group = shapes.get(series.shape);
    if (group === undefined && groups < MOST_GROUPS) {
      group = { kept: [], hosts: new Map<string, number>(), most: 0 };
      groups += 1;
      shapes.set(series.shape, group);
    }
    return group;
  };
  return {
    id: "examples",
    version: 1,
    start: () => {
      groups = 0;
      return new Map<string, Map<readonly string[], Group>>();
    },
    record: (state, record, host) => {
      const series = interner.of(record, host);
      const group = groupOf(state, series);
      if (group === undefined) return state;
      const mine = group.hosts.get(series.host) ?? 0;
      if (group.kept.length >= EXAMPLES_PER_SHAPE) {
        if (mine + 1 >= group.most) return state;
        dropLatestOfMost(group);
      }
      group.kept.push({ number: record.number, offset: record.offset, length: record.length, kind: series.kind, shape: series.shape, host: series.host, ms: record.time?.ms ?? null, fields: record.fields });
      group.hosts.set(series.host, mine + 1);
      group.most = Math.max(...group.hosts.values());
      return state;
    },
    finish: (state) => [...state.values()].flatMap((shapes) => [...shapes.values()].flatMap((group) => group.kept)).sort((a, b) => a.number - b.number),
  };
}

function dropLatestOfMost(group: Group): void {
  for (let i = group.kept.length - 1; i >= 0; i -= 1) {
    const host = group.kept[i]?.host;
    if (host === undefined || group.hosts.get(host) !== group.most) continue;
    group.kept.splice(i, 1);
    group.hosts.set(host, group.most - 1);
    return;
  }
}
