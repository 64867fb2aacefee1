import { sha256 } from "@/lib/shared/digest";
import type { Loss } from "../types";
import { isMeasurementHeader } from "./columns";
import { tableOfJson } from "./json-to-table";
import { readPackManifest, type PackManifest } from "./pack-manifest";

/** A file of an archive. */
export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What an archive of results holds: tables with the query each came from, and raw records. */
export interface SortedZip {
  readonly manifest: PackManifest | null;
  readonly tables: readonly { readonly name: string; readonly text: string; readonly query: string | null }[];
  readonly raw: readonly (ZipFile & { readonly query: string | null })[];
  readonly losses: readonly Loss[];
}

const QUERY = /\.(spl|kql|esql|sql|query\.txt|txt)$/i;
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Sorts the files of a returned zip. Every .csv with a measurement's header, or JSON of its columns, is a table; what lies in a folder raw/ is raw
 * records. A query belongs to a table (or raw file) of the same name, whatever folder it lies in. A query whose text is not
 * the one that the manifest names is said to be changed; it is the changed text that is kept.
 *
 * @throws SightlineError INVALID for a manifest that cannot be read
 */
export function sortZip(file: string, entries: readonly ZipFile[]): SortedZip {
  const files = entries.map((entry) => ({ ...entry, name: entry.name.slice(commonFolder(entries).length) })).filter(({ bytes }) => bytes.length > 0);
  const losses: Loss[] = [];
  const held = files.find(({ name }) => name.toLowerCase() === "manifest.json");
  const manifest = held === undefined ? null : readPackManifest(`${file}/${held.name}`, textOf(held.bytes) ?? "");
  const isRaw = (name: string): boolean => name.toLowerCase().startsWith("raw/");
  const queries = new Map<string, string>();
  for (const { name, bytes } of files) {
    const text = QUERY.test(name) && !isRaw(name) && !/^readme/i.test(name) ? textOf(bytes) : null;
    if (text === null) continue;
    queries.set(stemOf(name), text);
    const listed = manifest?.queries.find((query) => stemOf(query.file) === stemOf(name));
    if (listed !== undefined && listed.sha256 !== sha256(bytes)) losses.push({ kind: "changed", what: name, text: `${name} is not the query that the pack held: the text that came back is kept.`, count: 1 });
  }
  const tables: { name: string; text: string; query: string | null }[] = [];
  const raw: (ZipFile & { query: string | null })[] = [];
  for (const { name, bytes } of files) {
    if (name === held?.name || QUERY.test(name) && !isRaw(name) || /^readme(\.|$)/i.test(name)) continue;
    if (isRaw(name)) {
      raw.push({ name, bytes, query: queries.get(`${stemOf(name)}.raw`) ?? queries.get(stemOf(name)) ?? null });
      continue;
    }
    const content = /\.(csv|jsonl?|ndjson)$/i.test(name) ? textOf(bytes) : null;
    const text = content === null || /\.csv$/i.test(name) ? content : tableOfJson(content);
    if (text !== null && looksLikeMeasurement(text)) tables.push({ name, text, query: queries.get(stemOf(name)) ?? null });
    else losses.push({ kind: "dropped", what: name, text: `${name} is no measurement and lies in no folder raw/: it is not read.`, count: 1 });
  }
  return { manifest, tables, raw, losses };
}

/** Whether a text begins, after comments, with the header of a measurement. */
export function looksLikeMeasurement(text: string): boolean {
  const header = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/, 200).find((line) => line.trim() !== "" && !line.trimStart().startsWith("#")) ?? "";
  return isMeasurementHeader(header.slice(0, 20_000).split(/[,;\t]/).map((cell) => cell.replaceAll('"', "")));
}

/** The folder that all files share because somebody packed the folder itself. */
function commonFolder(entries: readonly ZipFile[]): string {
  const first = /^[^/]+\//.exec(entries[0]?.name ?? "")?.[0] ?? "";
  const known = ["raw/", "queries/", "results/"].includes(first.toLowerCase());
  return first !== "" && !known && entries.every(({ name }) => name.startsWith(first)) ? first : "";
}

function stemOf(name: string): string {
  return (name.split("/").at(-1) ?? "").replace(QUERY, "").replace(/\.(csv|jsonl?|ndjson|log|xml|evtx)$/i, "").toLowerCase();
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}
