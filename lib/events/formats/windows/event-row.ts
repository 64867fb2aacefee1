import type { JsonObject } from "../../frame/plain-value";

const DATA = /<Data\s+Name\s*=\s*["']([^"'<>]{1,200})["']\s*>([^<]*)<\/Data>/g;
const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&" };

/** A row of Log Analytics' table Event with the names that other exports give: its event data is a piece of the event's XML. */
export function fromEventRow(row: JsonObject): JsonObject {
  const xml = row["EventData"];
  const data = typeof xml === "string" ? Object.fromEntries([...xml.matchAll(DATA)].map(([, name = "", value = ""]) => [name, value.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity)])) : xml;
  return { ...row, Channel: row["EventLog"], SourceName: row["Source"], Message: row["RenderedDescription"], EventData: data };
}
