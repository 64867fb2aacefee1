import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { hashText } from "./hash-text";
import { distinctKeys, KeySample, mergeSamples, sampleSchema, type Sample } from "./key-sample";
import { defineProbe, graded, levelBelow, notComputable, shareOf, type GradeContext } from "./probe";

const WARN = 800_000;
const FAIL = 50_000;
const MOST_HOSTS = 1_024;
const MOST_KINDS = 1_000;
const MANY_RECORDS = 1_000;

const count = z.number().int();
const summary = z.object({ n: count, hostless: count, hosts: sampleSchema, kinds: z.array(z.tuple([z.string(), count])), capped: z.boolean() });
type Summary = z.infer<typeof summary>;

/** Probe 14: how many of the hosts, and of the claimed record kinds, the records come from. */
export const hostCoverage = defineProbe<Summary>({
  id: "host-coverage",
  label: "Coverage",
  formula: "Hosts in the sample of the hosts of the segment (those of the roster, where there is one), and claimed record kinds that the sample shows. A kind that is claimed and absent among at least 1 000 records of its source is rarer than 3 in n, at 95 % certainty.",
  needs: "hosts; the size of the segment; claims",
  thresholds: [
    { level: "warn", text: "less than 80 % of the hosts, or a claimed kind never seen in 1 000 records", why: "the share below which a cell is called narrow" },
    { level: "fail", text: "less than 5 % of the hosts", why: "the least share that proves a cell" },
  ],
  scope: "segment",
  summary,
  open: () => {
    let [n, hostless, capped] = [0, 0, false];
    const hosts = new KeySample<true>(MOST_HOSTS);
    const kinds = new Map<string, number>();
    return {
      record: ({ host, hostHash: hash }) => {
        if (host === "") return;
        if (hosts.admits(hash) && hosts.get(hash) === undefined) hosts.set(hash, true);
      },
      group: (group) => {
        n += group.count;
        if (!group.shape.includes("host")) hostless += group.count;
        if (kinds.size < MOST_KINDS || kinds.has(group.kind)) kinds.set(group.kind, (kinds.get(group.kind) ?? 0) + group.count);
        else capped = true;
      },
      finish: () => ({ summary: { n, hostless, hosts: hosts.toSample(() => []), kinds: sorted(kinds), capped }, examples: [] }),
    };
  },
  merge: (a, b) => {
    const kinds = new Map(a.kinds);
    for (const [kind, records] of b.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + records);
    return { n: a.n + b.n, hostless: a.hostless + b.hostless, hosts: mergeSamples(a.hosts, b.hosts, MOST_HOSTS, () => []), kinds: sorted(kinds), capped: a.capped || b.capped };
  },
  grade: ({ n, hosts, kinds, hostless, capped }, context) => {
    if (n === 0) return notComputable("there is no record");
    if (hosts.keys.length === 0) return notComputable("no record names a host", n);
    const seen = countHosts(hosts, context);
    const shown = new Set(kinds.map(([kind]) => kind));
    const absent = n >= MANY_RECORDS && !capped ? context.claimedKinds.filter((kind) => !shown.has(kind)) : [];
    const never = absent.length === 0 ? "" : ` ${absent.slice(0, 5).join(", ")}${absent.length > 5 ? " and others" : ""}: claimed, and not seen in ${counted(n, "record")} (rarer than 3 in ${formatCount(n)}).`;
    const figures = [
      { label: "Record kinds seen", value: kinds.length, unit: "count" as const, n },
      { label: "Claimed kinds never seen", value: absent.length, unit: "count" as const, n: context.claimedKinds.length },
      { label: "Records without a host", value: shareOf(hostless, n), unit: "millionths" as const, n },
    ];
    const population = context.roster?.length ?? context.hosts;
    if (population === null || population === 0) return notComputable(`the size of the segment is not stated; the records come from ${counted(seen, "host")}`, n, figures);
    const share = shareOf(Math.min(seen, population), population);
    const level = levelBelow(share, WARN, FAIL);
    return graded({
      level: level === "pass" && absent.length > 0 ? "warn" : level,
      value: share,
      unit: "millionths",
      n,
      estimated: hosts.capped,
      says: `${hosts.capped ? "About " : ""}${formatCount(seen)} of ${counted(population, "host")} ${seen === 1 ? "sends" : "send"} these records.${never}`,
      figures,
    });
  },
});

/** With a roster, hosts outside it do not count; where hosts were sampled, the share of those kept is scaled up. */
function countHosts(hosts: Sample, { roster }: GradeContext): number {
  const distinct = distinctKeys(hosts);
  if (roster === null) return distinct;
  const listed = new Set(roster.map(hashText));
  const known = hosts.keys.filter(([hash = -1]) => listed.has(hash)).length;
  return hosts.capped ? Math.round((known / hosts.keys.length) * distinct) : known;
}

function sorted(kinds: ReadonlyMap<string, number>): Summary["kinds"] {
  return [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
}
