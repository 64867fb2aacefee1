import { z } from "zod";
import { componentById } from "@/lib/telemetry/component-index";
import { counted, formatCount } from "@/lib/shared/format-number";
import { KeySample, mergeSamples, sampleSchema, type Sample } from "./key-sample";
import { defineProbe, ExampleList, graded, notComputable, shareOf, type Figure, type Level } from "./probe";

const MOST_KEYS = 512;
const START = 0; // in place of a component's number: the key belongs to a process start
const SPACES = ["uid", "pid", "user"] as const;
type Space = (typeof SPACES)[number];
const SAY: Readonly<Record<Space, string>> = { uid: "the unique process id", pid: "host and process number", user: "host, user and five minutes" };

const count = z.number().int();
/** components: [DC id, records in files]; own: those that process starts carry themselves. Samples: [key, numbers of components, 0 = a process start...]. */
const summary = z.object({ starts: count, components: z.array(z.tuple([z.string(), count])), own: z.array(z.string()), uid: sampleSchema, pid: sampleSchema, user: sampleSchema });
type Summary = z.infer<typeof summary>;

/** Probe 16: whether process starts can be joined to what else the sources show. */
export const chainJoinability = defineProbe<Summary>({
  id: "chain-joinability",
  label: "Chain joinability",
  formula: "For each data component that other records carry: of the process starts, the share with the same key in at least one record of it, by the unique process id, else by host and process number, else by host, user and five minutes. A process need not connect or write, so a small share is no fault; none at all means that components are visible and their sequence is not.",
  needs: "process starts, records of another component, and a key of both: proc_uid, pid or user, with the host",
  thresholds: [
    { level: "warn", text: "one component present joins no process start by a process id", why: "a chain over it rests on user and time only, or on nothing" },
    { level: "fail", text: "none joins at all", why: "components visible, sequence not" },
  ],
  scope: "segment",
  summary,
  open: () => {
    let starts = 0;
    const records = new Map<string, number>();
    const own = new Set<string>();
    const samples: Record<Space, KeySample<number[]>> = { uid: new KeySample(MOST_KEYS), pid: new KeySample(MOST_KEYS), user: new KeySample(MOST_KEYS) };
    const examples = new ExampleList();
    const note = (space: Space, key: number | null, numbers: readonly number[]) => {
      const sample = samples[space];
      if (key === null || !sample.admits(key)) return;
      const known = sample.get(key);
      if (known === undefined) sample.set(key, [...numbers]);
      else for (const number of numbers) if (!known.includes(number)) known.push(number);
    };
    const numbersOf = new Map<string, readonly number[]>();
    return {
      record: (view) => {
        const { starts: isStart, components, kind } = view.traits;
        if (components.length === 0) return;
        let numbers = numbersOf.get(kind);
        if (numbers === undefined) {
          numbers = isStart ? [START] : components.map((id) => Number(id.slice(2)));
          numbersOf.set(kind, numbers);
        }
        if (isStart) {
          starts += 1;
          for (const id of components) own.add(id);
          if (view.uidKey() === null && view.pidKey() === null) examples.add(view);
        } else for (const id of components) records.set(id, (records.get(id) ?? 0) + 1);
        note("uid", view.uidKey(), numbers);
        note("pid", view.pidKey(), numbers);
        note("user", view.userKey(), numbers);
      },
      finish: () => ({
        summary: { starts, components: [...records].sort(byId), own: [...own].sort(), uid: toSample(samples.uid), pid: toSample(samples.pid), user: toSample(samples.user) },
        examples: examples.places,
      }),
    };
  },
  merge: (a, b) => {
    const records = new Map(a.components);
    for (const [id, n] of b.components) records.set(id, (records.get(id) ?? 0) + n);
    const join = (left: Sample, right: Sample) => mergeSamples(left, right, MOST_KEYS, (x, y) => [...new Set([...x, ...y])].sort((p, q) => p - q));
    return {
      starts: a.starts + b.starts,
      components: [...records].sort(byId),
      own: [...new Set([...a.own, ...b.own])].sort(),
      uid: join(a.uid, b.uid),
      pid: join(a.pid, b.pid),
      user: join(a.user, b.user),
    };
  },
  grade: (found) => {
    const others = found.components.filter(([id]) => !found.own.includes(id));
    if (found.starts === 0) return notComputable("no record is a process start");
    if (others.length === 0) return notComputable("no record carries another component than the process starts do", found.starts);
    const joins = others.map(([id]) => ({ id, ...bestJoin(found, Number(id.slice(2))) }));
    const byProcess = joins.filter(({ joined, space }) => joined > 0 && space !== "user").length;
    const any = joins.filter(({ joined }) => joined > 0).length;
    const level: Level = any === 0 ? "fail" : byProcess < joins.length ? "warn" : "pass";
    const figures: Figure[] = joins.map(({ id, joined, of, space }) => ({ label: `${nameOf(id)}${joined > 0 ? ` by ${SAY[space]}` : ""}`, value: shareOf(joined, of), unit: "millionths", n: of }));
    const unjoined = joins.filter(({ joined }) => joined === 0).map(({ id }) => nameOf(id));
    return graded({
      level,
      value: shareOf(byProcess, joins.length),
      unit: "millionths",
      n: found.starts,
      estimated: found.uid.capped || found.pid.capped || found.user.capped,
      says:
        any === 0
          ? `Components are visible, their sequence is not: no process start joins any of ${counted(joins.length, "other component")}.`
          : `Process starts join ${formatCount(byProcess)} of ${counted(joins.length, "other component")} by a process id${any > byProcess ? `, ${formatCount(any - byProcess)} by user and time only` : ""}${unjoined.length > 0 ? `; none joins ${unjoined.slice(0, 3).join(", ")}${unjoined.length > 3 ? " and others" : ""}` : ""}.`,
      figures,
    });
  },
});

function toSample(sample: KeySample<number[]>): Sample {
  return sample.toSample((numbers) => [...numbers].sort((a, b) => a - b));
}

/** The strongest key space that joins a component to process starts, with how many of the sampled starts it joins. */
function bestJoin(found: Summary, component: number): { readonly space: Space; readonly joined: number; readonly of: number } {
  let last = { space: "uid" as Space, joined: 0, of: 0 };
  for (const space of SPACES) {
    const starting = found[space].keys.filter((entry) => entry.includes(START, 1));
    const joined = starting.filter((entry) => entry.includes(component, 1)).length;
    if (joined > 0) return { space, joined, of: starting.length };
    if (last.of === 0) last = { space, joined: 0, of: starting.length };
  }
  return last;
}

function nameOf(id: string): string {
  return componentById(id)?.name ?? id;
}

function byId([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}
