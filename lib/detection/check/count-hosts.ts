import type { SegmentSample, Verdict } from "./check-types";

/** A profile with the examples that have it, by series. */
export interface SeenProfile {
  readonly number: number; // within one segment
  readonly series: Map<number, { examples: number; readonly hosts: Set<string> }>;
}

export type HostCounts = (profiles: readonly SeenProfile[]) => Pick<Verdict, "hosts" | "records" | "newest" | "examples">;

/** Counts an example in. */
export function note({ series }: SeenProfile, at: number, host: string): void {
  const known = series.get(at) ?? { examples: 0, hosts: new Set<string>() };
  known.examples += 1;
  known.hosts.add(host);
  series.set(at, known);
}

/**
 * The hosts that sent records of some profiles. Of a series whose examples all have one of them every host counts; of another only the
 * hosts of those examples that do, because nobody looked at the rest. Many rules ask about the same profiles: each set is counted once.
 */
export function countHosts({ series, examples }: SegmentSample): HostCounts {
  const total = new Map<number, number>();
  for (const example of examples) total.set(example.series, (total.get(example.series) ?? 0) + 1);
  const known = new Map<string, ReturnType<HostCounts>>();
  return (profiles) => {
    const key = profiles.map(({ number }) => number).join();
    const found = known.get(key) ?? count(profiles, series, total);
    known.set(key, found);
    return found;
  };
}

function count(profiles: readonly SeenProfile[], series: SegmentSample["series"], total: ReadonlyMap<number, number>): ReturnType<HostCounts> {
  const met = new Map<number, { examples: number; hosts: Set<string> }>();
  for (const profile of profiles) {
    for (const [at, { examples, hosts }] of profile.series) {
      const one = met.get(at) ?? { examples: 0, hosts: new Set<string>() };
      one.examples += examples;
      for (const host of hosts) one.hosts.add(host);
      met.set(at, one);
    }
  }
  const hosts = new Set<string>();
  let [records, examples] = [0, 0];
  let newest: number | null = null;
  for (const [at, own] of met) {
    examples += own.examples;
    const whole = own.examples === total.get(at);
    for (const [host, counted] of series[at]?.hosts ?? []) {
      if (!whole && !own.hosts.has(host)) continue;
      if (host !== "") hosts.add(host);
      records += counted.records;
      if (counted.newest !== null && (newest === null || counted.newest > newest)) newest = counted.newest;
    }
  }
  return { hosts, records, newest, examples };
}
