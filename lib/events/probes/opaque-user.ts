import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { hostHasher } from "./host-hash";
import { KeySample, mergeSamples, sampleSchema } from "./key-sample";
import { defineProbe, ExampleList, graded, notComputable, shareOf, type Level } from "./probe";

const OPAQUE_WARN = 200_000;
const MISSING_FAIL = 500_000;
const MANY_RECORDS = 100;
const MOST_HOSTS = 256;
const SEVERAL = -1;
const SID = /^s-1-\d/i;

const count = z.number().int();
/** hosts: [hash, records with a user, hash of the one user or -1 for several]. */
const summary = z.object({ n: count, missing: count, numeric: count, sid: count, machine: count, hosts: sampleSchema });
type Summary = z.infer<typeof summary>;

/** Probe 9: whether the account is a name that somebody can ask about. */
export const opaqueUser = defineProbe<Summary>({
  id: "opaque-user",
  label: "Missing or opaque user",
  formula: "Of the records whose component asks for the user: the share without one, or with a number, a SID or a machine account (ending in $) only. Beside it, the hosts that show one and the same user in at least 100 records: the agent's identity in place of the user's.",
  needs: "record kinds whose component asks for user",
  thresholds: [
    { level: "warn", text: "more than 20 % are missing or opaque, or a host shows one user only", why: "numbers and SIDs can be looked up, names need not be" },
    { level: "fail", text: "more than 50 % have no user at all", why: "what is not there cannot be looked up" },
  ],
  scope: "source",
  summary,
  open: () => {
    const found = { n: 0, missing: 0, numeric: 0, sid: 0, machine: 0 };
    const hosts = new KeySample<{ records: number; user: number }>(MOST_HOSTS);
    const userHash = hostHasher();
    const examples = new ExampleList();
    return {
      record: (view) => {
        if (!view.traits.namesUser) return;
        found.n += 1;
        const user = view.fields["user"];
        const kind = user === undefined ? "missing" : opacity(user);
        if (kind !== null) {
          found[kind] += 1;
          examples.add(view);
        }
        if (user === undefined || view.host === "") return;
        const host = view.hostHash;
        if (!hosts.admits(host)) return;
        const name = userHash(String(user).toLowerCase());
        const own = hosts.get(host);
        if (own === undefined) hosts.set(host, { records: 1, user: name });
        else {
          own.records += 1;
          if (own.user !== name) own.user = SEVERAL;
        }
      },
      finish: () => ({ summary: { ...found, hosts: hosts.toSample(({ records, user }) => [records, user]) }, examples: examples.places }),
    };
  },
  merge: (a, b) => ({
    n: a.n + b.n,
    missing: a.missing + b.missing,
    numeric: a.numeric + b.numeric,
    sid: a.sid + b.sid,
    machine: a.machine + b.machine,
    hosts: mergeSamples(a.hosts, b.hosts, MOST_HOSTS, ([recordsA = 0, userA = SEVERAL], [recordsB = 0, userB = SEVERAL]) => [recordsA + recordsB, userA === userB ? userA : SEVERAL]),
  }),
  grade: ({ n, missing, numeric, sid, machine, hosts }) => {
    if (n === 0) return notComputable("no record of this source carries a component that asks for the user");
    const opaque = missing + numeric + sid + machine;
    const share = shareOf(opaque, n);
    const agents = hosts.keys.filter(([, records = 0, user]) => records >= MANY_RECORDS && user !== SEVERAL).length;
    const level: Level = shareOf(missing, n) > MISSING_FAIL ? "fail" : share > OPAQUE_WARN || agents > 0 ? "warn" : "pass";
    const parts = [[missing, "without a user"], [numeric, "with a number"], [sid, "with a SID"], [machine, "with a machine account"]] as const;
    const words = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
    const identity = agents === 0 ? "" : ` ${counted(agents, "host shows", "hosts show")} one user only: the agent's identity rather than the user's.`;
    return graded({
      level,
      value: share,
      unit: "millionths",
      n,
      estimated: hosts.capped,
      says: `${opaque === 0 ? `Each of ${counted(n, "record")} names its user.` : `Of ${counted(n, "record")}, ${words.join(", ")}.`}${identity}`,
      figures: parts.map(([count, what]) => ({ label: `Records ${what}`, value: shareOf(count, n), unit: "millionths" as const, n })),
    });
  },
});

function opacity(user: string | number): "numeric" | "sid" | "machine" | null {
  if (typeof user === "number" || /^-?\d+$/.test(user)) return "numeric";
  if (user.endsWith("$")) return "machine";
  return SID.test(user) ? "sid" : null;
}
