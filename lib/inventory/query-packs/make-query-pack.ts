import { sha256 } from "@/lib/shared/digest";
import { familyById } from "@/lib/telemetry/family-of";
import { formOfRow, keyOfRow } from "@/lib/telemetry/polled-rows";
import { componentsOfKind, kindId } from "@/lib/telemetry/record-kinds";
import { PACK_SCHEMA, type PackManifest } from "../measurements/pack-manifest";
import { QUERY_BACKENDS } from "./backends";
import { commentText } from "./literal";
import { sourceOf, whyNoQuery } from "./sources";
import { HOST_PLACEHOLDER, RECORDS_PER_KEY, type Backend, type BackendId, type FamilySource, type QueryFacts, type WantedFamily } from "./types";
import { packReadme } from "./pack-readme";

/** Raised when a query changes, so that results of different packs are told apart. */
export const PACK_VERSION = "4";

const HOSTS_PER_QUERY = 1_000;
export const WINDOW_DAYS = 7;

export interface PackRequest {
  readonly segment: string;
  readonly backend: BackendId;
  readonly roster: readonly string[] | null; // folded names; null: none
  readonly wanted: readonly WantedFamily[];
  readonly days?: number;
}

export interface PackQuery {
  readonly family: string;
  readonly table: string; // "" = the family's first
  readonly title: string;
  readonly purpose: "measure" | "records" | "silence";
  readonly file: string;
  readonly text: string;
}

/** A family in one table. */
export interface PackFamily {
  readonly family: string;
  readonly table: string; // "" = its first
  readonly title: string;
  readonly fields: readonly string[]; // counted
  readonly uncounted: readonly string[]; // required by some analytic, but the backend has no name for it
}

export interface QueryPack {
  readonly backend: Pick<Backend, "id" | "label" | "run">;
  readonly families: readonly PackFamily[];
  readonly leftOut: readonly { readonly family: string; readonly reason: string }[];
  readonly queries: readonly PackQuery[];
  readonly manifest: PackManifest;
  readonly files: readonly { readonly path: string; readonly text: string }[]; // of the zip, manifest and README among them
}

/** Every row has them, whatever is counted. */
const ALWAYS = new Set(["ts", "host"]);

/**
 * The query pack of a segment for one backend. Pure: the same request gives the same bytes. Families without a query for the
 * backend, and fields without a name in it, are named with the reason; nothing is dropped silently.
 *
 * @throws SightlineError INVALID when a host's or the segment's name cannot be quoted
 */
export function makeQueryPack({ segment, backend: id, roster, wanted, days = WINDOW_DAYS }: PackRequest): QueryPack {
  const backend = QUERY_BACKENDS[id];
  const families: PackFamily[] = [];
  const leftOut: { family: string; reason: string }[] = [];
  const queries: PackQuery[] = [];
  for (const { family, keys, fields } of wanted) {
    const source = sourceOf(id, family);
    const asked = [{ name: "", label: "", from: source }, ...(source?.also ?? []).map((from) => ({ name: from.name, label: from.label, from }))].flatMap(({ name, label, from }) => {
      const known = from === null ? [] : keysIn(family, from, keys);
      return from === null || known.length === 0 ? [] : [{ name, label, from, known }];
    });
    if (asked.length === 0) leftOut.push({ family, reason: source === null ? (whyNoQuery(id, family) ?? `No table of ${backend.label} is known for it.`) : `None of its tables in ${backend.label} tells the events that are asked for, and when they were.` });
    const parts = chunk(roster);
    for (const { name: table, label, from, known } of asked) {
      const named = fieldsIn(from, known);
      const counted = fields.filter((field) => !ALWAYS.has(field) && named[field] !== undefined);
      const title = `${familyById(family)?.title ?? family}${label === "" ? "" : `, ${label}`}`;
      families.push({ family, table, title, fields: counted, uncounted: fields.filter((field) => !ALWAYS.has(field) && named[field] === undefined) });
      parts.forEach((hosts, index) => {
        const facts: QueryFacts = { segment, family, ...(table === "" ? {} : { table }), keys: known.includes("*") ? null : known, fields: counted.map((field) => [field, named[field] ?? []]), from, hosts, days };
        const name = [family, ...(table === "" ? [] : [table]), ...(parts.length === 1 ? [] : [index + 1])].join(".");
        const add = (purpose: PackQuery["purpose"], file: string, text: string): void => void queries.push({ family, table, title, purpose, file, text: withHeader(backend, header(backend, facts, purpose, parts.length, index), text) });
        add("measure", `queries/${name}.${backend.extension}`, backend.measure(facts));
        add("records", `queries/${name}.raw.${backend.extension}`, backend.records(facts));
        if (backend.silence) add("silence", `queries/${name}.silence.${backend.extension}`, backend.silence(facts));
      });
    }
  }
  const manifest: PackManifest = {
    schema: PACK_SCHEMA,
    pack: PACK_VERSION,
    segment,
    backend: id,
    window_days: days,
    hosts: roster === null ? "placeholder" : "roster",
    families: [...new Set(families.map(({ family }) => family))],
    left_out: leftOut,
    queries: queries.map(({ family, purpose, file, text }) => ({ family, purpose: purpose === "records" ? "records" : "measure", file, sha256: sha256(text) })),
    complete: null,
    ran_at: null,
    ran_by: null,
    system: null,
  };
  const readme = packReadme({ segment, backend, days, roster, families, leftOut });
  return {
    backend: { id, label: backend.label, run: backend.run },
    families,
    leftOut,
    queries,
    manifest,
    files: [{ path: "README.md", text: readme }, { path: "manifest.json", text: `${JSON.stringify(manifest, null, 2)}\n` }, ...queries.map(({ file, text }) => ({ path: file, text }))],
  };
}

/** Of the keys that are asked for those that a table can tell; of lists that are read now and then also the list itself, which shows states. */
function keysIn(family: string, from: FamilySource, keys: readonly string[]): readonly string[] {
  const readings = keys.filter((key) => key !== "*").map((key) => keyOfRow(key, formOfRow(key, "snapshot", Number.NaN)));
  const shown = from.readings !== true && from.tables === undefined ? [] : readings.filter((key) => !keys.includes(key) && componentsOfKind(kindId(family, key)).length > 0);
  return [...keys, ...shown].filter((key) => key === "*" || ((from.tables === undefined || from.tables[key] !== undefined) && (from.keys === undefined || from.keys.includes(key))));
}

function fieldsIn({ tables, fields }: FamilySource, known: readonly string[]): FamilySource["fields"] {
  if (tables === undefined) return fields;
  const named: Record<string, readonly string[]> = {};
  for (const [key, columns] of Object.entries(tables)) if (known.includes(key) || known.includes("*")) Object.assign(named, columns);
  return named;
}

function chunk(roster: readonly string[] | null): (readonly string[] | null)[] {
  if (roster === null) return [null];
  const sorted = [...new Set(roster)].sort();
  const parts: string[][] = [];
  for (let at = 0; at < sorted.length; at += HOSTS_PER_QUERY) parts.push(sorted.slice(at, at + HOSTS_PER_QUERY));
  return parts.length === 0 ? [null] : parts;
}

/** SPL must not begin with a comment where its first command makes the events: there it stands last. */
function withHeader({ id }: Backend, comment: string, text: string): string {
  return id === "splunk" ? `${text}\n${comment}\n` : `${comment}\n${text}\n`;
}

function header(backend: Backend, { segment, family, table, hosts, days }: QueryFacts, purpose: PackQuery["purpose"], parts: number, index: number): string {
  const what = { measure: "counts per host and event", records: `up to ${RECORDS_PER_KEY} raw records per event`, silence: "newest record per host, without events" }[purpose];
  const filter = hosts === null ? `no roster: replace ${HOST_PLACEHOLDER}` : `${hosts.length} hosts${parts > 1 ? `, part ${index + 1} of ${parts}` : ""}`;
  const close = backend.comment === "```" ? " ```" : "";
  return `${backend.comment} Sightline query pack ${PACK_VERSION}, ${commentText(segment)}, ${family}${table === undefined ? "" : ` (${table})`}: ${what}, last ${days} days, ${filter}${close}`;
}
