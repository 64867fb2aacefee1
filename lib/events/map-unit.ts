import type { JsonObject } from "./frame/plain-value";
import type { View, Views } from "./frame/view-record";
import type { Mapped } from "./make-item";
import { readEnvelopeTime } from "./time/read-syslog-time";
import type { ReadLimits } from "./types";

/** Why a record of a format cannot be read: a stable code and the end of a sentence ("it declares an entity"). */
export interface Refusal {
  readonly refuse: string;
  readonly because: string;
}

/**
 * What a format makes of one JSON object or one text: its records, a skip for what is known to be no record (with a code,
 * when it is worth listing), a refusal of what is damaged, or null when it is not of this format.
 */
export type MapRecord<T> = (value: T, limits: ReadLimits) => readonly Mapped[] | "skip" | { readonly skip: string } | Refusal | null;

/** How a format knows and reads one record by itself, so that a mixed file can be read record by record. Wrappers are peeled before. */
export interface RecordPart<T> {
  readonly isMine: (value: T) => boolean;
  readonly map: MapRecord<T>;
}

export interface Parts {
  readonly json?: RecordPart<JsonObject>;
  readonly line?: RecordPart<string>;
}

export type MappedUnit = { readonly records: readonly Mapped[]; readonly native: unknown } | { readonly skip: string } | Refusal | null;

/** The innermost view that the parts know, or null. */
export function mineOf({ views }: Views, parts: Parts): View | null {
  for (let at = views.length - 1; at >= 0; at -= 1) {
    const view = views[at];
    if (view !== undefined && isMine(view, parts)) return view;
  }
  return null;
}

export function isMine(view: View, { json, line }: Parts): boolean {
  return "json" in view ? json !== undefined && json.isMine(view.json) : line !== undefined && line.isMine(view.text);
}

/**
 * Reads one unit with the parts of a format: from the innermost view that is theirs, else from the whole as it stands.
 * A fault of the format's own code costs this record, never the file.
 */
export function mapUnit(unit: Views, parts: Parts, limits: ReadLimits): MappedUnit {
  try {
    const view = mineOf(unit, parts) ?? unit.views[0];
    if (view === undefined) return null;
    const mapped = "json" in view ? parts.json?.map(view.json, limits) : parts.line?.map(view.text, limits);
    if (mapped === null || mapped === undefined) return null;
    if (mapped === "skip") return { skip: "no-record" };
    if ("skip" in mapped || "refuse" in mapped) return mapped;
    const records = unit.host === null && unit.time === null ? mapped : mapped.map((one) => completed(one, unit, limits));
    return { records, native: "json" in view ? view.json : view.text };
  } catch (error) {
    // For example a list where the format expects text: the contract test and the fuzz test hunt these.
    return { refuse: "unreadable-record", because: (error instanceof Error ? error.message : String(error)).slice(0, 200) };
  }
}

/** What the record itself does not say, its wrapper may: whose it is and when it was. */
function completed(mapped: Mapped, { host, time }: Views, { zone, reference }: ReadLimits): Mapped {
  const missing = time !== null && "untimed" in mapped.time && mapped.time.untimed === "no-time";
  if (!missing) return mapped.host === null && host !== null ? { ...mapped, host } : mapped;
  return { ...mapped, host: mapped.host ?? host, time: readEnvelopeTime(time, zone, reference) };
}
