import { z } from "zod";
import athena from "./tables/athena.json";
import elastic from "./tables/elastic.json";
import osquery from "./tables/osquery.json";
import sentinel from "./tables/sentinel.json";
import splunk from "./tables/splunk.json";
import type { BackendId, FamilySource } from "./types";

const fields = z.record(z.string(), z.array(z.string()).nonempty());
const source = z.strictObject({
  source: z.string().default(""),
  key: z.string().default(""),
  host: z.string().default(""),
  time: z.string().optional(),
  record: z.string().optional(),
  fields: fields.default({}),
  tables: z.record(z.string(), fields).optional(),
  keys: z.array(z.string()).optional(),
  readings: z.boolean().optional(),
});
const table = z.record(z.string(), source.extend({ also: z.array(source.extend({ name: z.string(), label: z.string() })).optional() }));

const SOURCES: Readonly<Record<BackendId, Readonly<Record<string, FamilySource>>>> = {
  splunk: table.parse(splunk),
  sentinel: table.parse(sentinel),
  elastic: table.parse(elastic),
  athena: table.parse(athena),
  osquery: table.parse(osquery),
};

/** Where a backend keeps a family (in `also`: and where else), in the names that its usual add-on, connector or integration gives; null: nobody has said. */
export function sourceOf(backend: BackendId, family: string): FamilySource | null {
  return SOURCES[backend][family] ?? null;
}

/** Families that a backend has a query for. */
export function familiesOf(backend: BackendId): readonly string[] {
  return Object.keys(SOURCES[backend]);
}
