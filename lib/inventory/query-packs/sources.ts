import { z } from "zod";
import { sentinelAuditKey, splunkAuditKey } from "./audit-syscalls";
import athena from "./tables/athena.json";
import elastic from "./tables/elastic.json";
import noQuery from "./tables/no-query.json";
import osquery from "./tables/osquery.json";
import sentinel from "./tables/sentinel.json";
import splunk from "./tables/splunk.json";
import type { BackendId, FamilySource } from "./types";

const fields = z.record(z.string(), z.array(z.string()).nonempty());
const source = z.strictObject({
  source: z.string().default(""),
  key: z.string().default(""),
  host: z.string().default(""),
  prepare: z.array(z.string()).optional(),
  time: z.string().optional(),
  record: z.string().optional(),
  fields: fields.default({}),
  tables: z.record(z.string(), fields).optional(),
  keys: z.array(z.string()).optional(),
  readings: z.boolean().optional(),
});
const table = z.record(z.string(), source.extend({ also: z.array(source.extend({ name: z.string(), label: z.string() })).optional() }));

/** Tables whose key is too long to write by hand: system calls have numbers there. */
const KEYS: ReadonlyMap<string, () => string> = new Map([
  ["@syscall-spl", splunkAuditKey],
  ["@syscall-syslog", () => sentinelAuditKey({ type: spoken("type=(?:AUOMS_)?([A-Z0-9_]+) "), arch: spoken(" arch=([0-9a-f]+)"), call: spoken(" syscall=([0-9a-z_]+)") })],
]);
const spoken = (pattern: string): string => `extract("${pattern}", 1, SyslogMessage)`;
const withKey = <T extends FamilySource>(from: T): T => ({ ...from, key: KEYS.get(from.key)?.() ?? from.key });
const read = (json: unknown): Readonly<Record<string, FamilySource>> => Object.fromEntries(Object.entries(table.parse(json)).map(([family, from]) => [family, { ...withKey(from), ...(from.also === undefined ? {} : { also: from.also.map(withKey) }) }]));

const SOURCES: Readonly<Record<BackendId, Readonly<Record<string, FamilySource>>>> = {
  splunk: read(splunk),
  sentinel: read(sentinel),
  elastic: read(elastic),
  athena: read(athena),
  osquery: read(osquery),
};

/** Where a backend keeps a family (in `also`: and where else), in the names that its usual add-on, connector or integration gives; null: nobody has said. */
export function sourceOf(backend: BackendId, family: string): FamilySource | null {
  return SOURCES[backend][family] ?? null;
}

/** Families that a backend has a query for. */
export function familiesOf(backend: BackendId): readonly string[] {
  return Object.keys(SOURCES[backend]);
}

const REASONS = z.record(z.string(), z.record(z.string(), z.string())).parse(noQuery);

/** Why a backend has no query for a family; null where it has one, or where nobody has said. */
export function whyNoQuery(backend: BackendId, family: string): string | null {
  if (sourceOf(backend, family) !== null) return null;
  return REASONS[backend]?.[family] ?? REASONS["everywhere"]?.[family] ?? REASONS[backend]?.["*"] ?? null;
}
