import { MOST_JOIN_KEYS, MOST_MINUTES, type JoinIndex, type JoinOccurrence, type JoinSpace } from "../joins/join-index";
import { KeySample } from "../probes/key-sample";
import type { RecordView } from "../probes/record-view";
import type { Visitor } from "../types";

const MINUTE_MS = 60_000;

interface State {
  readonly kinds: Map<string, number>;
  readonly spaces: Readonly<Record<JoinSpace, KeySample<JoinOccurrence[]>>>;
}

/** The keys by which records can be joined, of the records that carry a data component and have a host and a time. Bounded per space. */
export function joinIndexVisitor(view: RecordView): Visitor<State, JoinIndex> {
  return {
    id: "join-index",
    version: 2,
    start: () => ({
      kinds: new Map<string, number>(),
      spaces: { process: newSample(), "process-number": newSample(), user: newSample(), connection: newSample(), host: newSample(), session: newSample() },
    }),
    record: (state, record, host) => {
      if (record.time === null) return state;
      view.show(record, host);
      if (view.traits.components.length === 0) return state;
      let position = state.kinds.get(view.kind);
      if (position === undefined) {
        position = state.kinds.size;
        state.kinds.set(view.kind, position);
      }
      const { spaces } = state;
      note(spaces.process, view.uidKey(), position, "self", view);
      note(spaces["process-number"], view.pidKey(), position, "self", view);
      if (view.traits.starts) note(view.facts.parentKey === undefined ? spaces["process-number"] : spaces.process, view.parentKey(), position, "child", view);
      note(spaces.user, view.accountKey(), position, "self", view);
      note(spaces.session, view.sessionKey(), position, "self", view);
      note(spaces.connection, view.tupleKey(), position, "self", view);
      note(spaces.host, view.host === "" ? null : view.hostHash, position, "self", view);
      return state;
    },
    finish: ({ kinds, spaces }) => ({
      version: 1,
      kinds: [...kinds.keys()],
      spaces: { process: close(spaces.process), "process-number": close(spaces["process-number"]), user: close(spaces.user), connection: close(spaces.connection), host: close(spaces.host), session: close(spaces.session) },
    }),
  };
}

function newSample(): KeySample<JoinOccurrence[]> {
  return new KeySample<JoinOccurrence[]>(MOST_JOIN_KEYS);
}

function note(sample: KeySample<JoinOccurrence[]>, key: number | null, kind: number, role: "self" | "child", { ms, number }: RecordView): void {
  if (key === null || ms === null || !sample.admits(key)) return;
  let seen = sample.get(key);
  if (seen === undefined) {
    seen = [];
    sample.set(key, seen);
  }
  const own = occurrenceOf(seen, kind, role);
  const { minutes } = own;
  const latest = minutes.at(-1);
  const minute = Math.floor(ms / MINUTE_MS);
  // What is more than is kept stays unknown, so nothing is gained by placing it.
  const known = latest !== undefined && minuteOf(latest) === minute ? latest : own.more ? undefined : minutes.find((one) => minuteOf(one) === minute);
  if (known === undefined) {
    if (minutes.length >= MOST_MINUTES) own.more = true;
    else minutes.push({ first: ms, firstRecord: number, last: ms, lastRecord: number, count: 1 });
    return;
  }
  known.count += 1;
  if (ms < known.first) [known.first, known.firstRecord] = [ms, number];
  if (ms >= known.last) [known.last, known.lastRecord] = [ms, number];
}

function occurrenceOf(seen: JoinOccurrence[], kind: number, role: "self" | "child"): JoinOccurrence {
  for (const one of seen) if (one.kind === kind && one.role === role) return one;
  const made: JoinOccurrence = { kind, role, more: false, minutes: [] };
  seen.push(made);
  return made;
}

function minuteOf({ first }: { readonly first: number }): number {
  return Math.floor(first / MINUTE_MS);
}

function close(sample: KeySample<JoinOccurrence[]>) {
  const keys = sample.entries().map(([hash, seen]) => ({ hash, seen }));
  return { capped: sample.capped, keys };
}
