import { kindId } from "@/lib/telemetry/record-kinds";
import type { Visitor } from "../types";

export interface KindSummary {
  readonly kind: string;
  readonly count: number;
  readonly untimed: number;
  readonly zoneUnknown: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

export interface EventSummary {
  readonly records: number;
  readonly untimed: Readonly<Record<string, number>>; // by reason
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly hosts: readonly string[]; // as written, the first MOST_HOSTS met, sorted
  readonly hostless: number;
  readonly kinds: readonly KindSummary[];
}

const MOST_HOSTS = 100_000;

interface State {
  records: number;
  hostless: number;
  readonly untimed: Map<string, number>;
  readonly hosts: Set<string>;
  readonly kinds: Map<string, Mutable>;
}
type Mutable = { -readonly [K in keyof KindSummary]: KindSummary[K] };

/** What an import prints: how many, from when to when, from which hosts, of which kinds, and what is wrong with their times. */
export function summaryVisitor(): Visitor<State, EventSummary> {
  return {
    id: "summary",
    version: 1,
    start: () => ({ records: 0, hostless: 0, untimed: new Map<string, number>(), hosts: new Set<string>(), kinds: new Map<string, Mutable>() }),
    record: (state, record, host) => {
      state.records += 1;
      if (host === "") state.hostless += 1;
      else if (state.hosts.size < MOST_HOSTS) state.hosts.add(host);
      const id = kindId(record.kind.family, record.kind.key);
      let kind = state.kinds.get(id);
      if (kind === undefined) {
        kind = { kind: id, count: 0, untimed: 0, zoneUnknown: 0, firstMs: null, lastMs: null };
        state.kinds.set(id, kind);
      }
      kind.count += 1;
      if (record.time === null) {
        kind.untimed += 1;
        const reason = record.untimed ?? "no-time";
        state.untimed.set(reason, (state.untimed.get(reason) ?? 0) + 1);
      } else {
        const { ms, zone } = record.time;
        if (zone === "unknown") kind.zoneUnknown += 1;
        if (kind.firstMs === null || ms < kind.firstMs) kind.firstMs = ms;
        if (kind.lastMs === null || ms > kind.lastMs) kind.lastMs = ms;
      }
      return state;
    },
    finish: (state) => {
      const kinds = [...state.kinds.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
      const times = kinds.flatMap(({ firstMs, lastMs }) => (firstMs === null || lastMs === null ? [] : [firstMs, lastMs]));
      return {
        records: state.records,
        untimed: Object.fromEntries([...state.untimed].sort()),
        firstMs: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
        lastMs: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
        hosts: [...state.hosts].sort(),
        hostless: state.hostless,
        kinds,
      };
    },
  };
}
