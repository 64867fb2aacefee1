import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { familyById } from "@/lib/telemetry/family-of";
import type { Alert } from "./alert";

/** Who was seen last; noHost: why nobody is named, "" where somebody is. */
export type Seen = Pick<Alert, "lastHost" | "noHost">;
type LastHost = NonNullable<Alert["lastHost"]>;

/**
 * Which host of a segment wrote the newest record that counts, not later than T.
 *
 * @param counts by record kind
 * @param families that are spoken of where no host is found
 */
export type LastSeen = (segment: { readonly id: string; readonly name: string }, counts: (kind: string) => boolean, families: Iterable<string>) => Seen;

interface SegmentRecords {
  readonly newest: Map<string, LastHost>; // by kind
  readonly hostless: Set<string>; // kinds with timed records that name no host
}

/** Opens that question: asked for every alert, so what each kind saw last is found once. */
export function openLastSeen({ aggregates, measurements, at }: Pick<ScoringInput, "aggregates" | "measurements" | "at">): LastSeen {
  const seen = new Map<string, SegmentRecords>();
  const see = (segment: string, kind: string, host: string, time: number | null): void => {
    if (time === null || time > at) return;
    let records = seen.get(segment);
    if (records === undefined) seen.set(segment, (records = { newest: new Map(), hostless: new Set() }));
    if (host === "") return void records.hostless.add(kind);
    const last = records.newest.get(kind);
    if (last === undefined || isLater({ host, at: time }, last)) records.newest.set(kind, { host, at: time });
  };
  for (const { segment, kind, host, freshLast, staleLast } of aggregates) {
    see(segment, kind, host, freshLast);
    see(segment, kind, host, staleLast);
  }
  for (const { segment, kind, hosts } of measurements) for (const { host, count, last } of hosts) if (count > 0) see(segment, kind, host, last);
  return ({ id, name }, counts, families) => {
    const records = seen.get(id);
    if (records === undefined) return { lastHost: null, noHost: `No host has been seen in ${name}.` };
    let last: LastHost | null = null;
    for (const [kind, one] of records.newest) if (counts(kind) && (last === null || isLater(one, last))) last = one;
    if (last !== null) return { lastHost: last, noHost: "" };
    if ([...records.hostless].some(counts)) return { lastHost: null, noHost: "Its records name no host." };
    return { lastHost: null, noHost: `No host of ${name} has sent a record of ${saySources(families)}.` };
  };
}

/** Of two that were seen at the same time the first by name. */
function isLater(one: LastHost, other: LastHost): boolean {
  return one.at > other.at || (one.at === other.at && one.host < other.host);
}

const MOST_SOURCES = 3;

/** "Sysmon, Windows Security and 2 more sources" */
function saySources(families: Iterable<string>): string {
  const titles = [...new Set([...families].map((family) => familyById(family)?.title ?? family))].sort();
  const more = titles.length - MOST_SOURCES;
  if (more > 0) return `${titles.slice(0, MOST_SOURCES).join(", ")} and ${more} more ${more === 1 ? "source" : "sources"}`;
  return titles.length === 0 ? "what would show it" : titles.length === 1 ? (titles[0] ?? "") : `${titles.slice(0, -1).join(", ")} or ${titles.at(-1) ?? ""}`;
}
