import type { EventsImportRequest } from "@/lib/operations/prepare-events-import";

const TEXT_OPTIONS = ["host", "hostFrom", "format", "origin", "label", "zone"] as const;
const EXTRACTION = ["who", "system", "query", "when", "countAtSource"] as const;

/** The options of an event import as an upload's address carries them. What is absent keeps its default; the operation's schema judges the rest. */
export function readEventOptions(search: URLSearchParams): EventsImportRequest {
  const options: Record<string, unknown> = {};
  for (const name of TEXT_OPTIONS) if (search.get(name)) options[name] = search.get(name);
  const mapping = search.get("mapping");
  if (mapping) options.mapping = readJson(mapping);
  const extraction: Record<string, unknown> = {};
  for (const name of EXTRACTION) if (search.get(name)) extraction[name] = name === "countAtSource" ? Number(search.get(name)) : search.get(name);
  if (Object.keys(extraction).length > 0) options.extraction = extraction;
  return { segment: search.get("segment") ?? "", options, replace: search.get("replace") === "yes" };
}

/** What is no JSON goes on as text, and the operation's schema names the fault. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
