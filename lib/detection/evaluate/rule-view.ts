import { viewEvent } from "@/lib/events/formats/windows/event-view";
import { isJsonObject, type JsonObject } from "@/lib/events/frame/plain-value";
import type { ParsedRecord } from "@/lib/events/types";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";

/** A single value of an event; objects have none, their members are asked for by path. */
export type Scalar = string | number | boolean | null;

/** An event as rules see it. */
export interface RuleView {
  /** The values of a field, an array's elements one by one; null when the field is not there. A field that holds an object or an empty list is there without values. */
  values(field: string): readonly Scalar[] | null;
  /** Every text in the event, at any depth, for keywords. */
  texts(): readonly string[];
}

/** Field names of Sigma's taxonomy, folded, to our own ids: how Image is found in an Endpoint Security record. */
const BY_SIGMA_NAME = new Map<string, string[]>();
for (const { id, sigma } of CANONICAL_FIELDS.values()) {
  if (sigma !== null) BY_SIGMA_NAME.set(sigma.toLowerCase(), [...(BY_SIGMA_NAME.get(sigma.toLowerCase()) ?? []), id]);
}

/** Records whose own field has the taxonomy's name and another meaning: there, our reading goes first. 4688 calls the parent's id ProcessId. */
const READ_OURS_FIRST: ReadonlyMap<string, ReadonlySet<string>> = new Map([["windows-security:4688", new Set(["processid"])]]);

/**
 * How a field is found: as the log writes it (the flat name first, then the path; arrays mean any element), else by the
 * taxonomy's name through our canonical fields. Names are compared as written but for the taxonomy's.
 */
export function viewRecord(record: Pick<ParsedRecord, "kind" | "fields" | "native">): RuleView {
  const { kind, fields, native } = record;
  const find = nativeLookup(kind.family, native);
  const oursFirst = READ_OURS_FIRST.get(`${kind.family}:${kind.key}`);
  const ours = (field: string): readonly Scalar[] | null => {
    for (const id of BY_SIGMA_NAME.get(field.toLowerCase()) ?? []) {
      const value = fields[id];
      if (value !== undefined) return [value];
    }
    return null;
  };
  let texts: string[] | null = null;
  return {
    values: (field) => {
      if (oursFirst?.has(field.toLowerCase()) === true) return ours(field);
      const found = find(field);
      return found === undefined ? ours(field) : flatten(found);
    },
    texts: () => (texts ??= collectTexts(native)),
  };
}

/** Looks a field up in the record as it was logged; undefined: not there. */
function nativeLookup(family: string, native: unknown): (field: string) => unknown {
  if (!isJsonObject(native)) return () => undefined;
  if (!family.startsWith("windows-") && family !== "linux-sysmon") return (field) => readPath(native, field);
  const view = viewEvent(native);
  if (view === null) return (field) => readPath(native, field);
  return (field) => {
    switch (field) {
      case "EventID":
        return view.eventId;
      case "Channel":
        return view.channel;
      case "Provider_Name":
        return view.provider;
      case "Computer":
        return view.computer ?? undefined;
      default:
        return view.data(field) ?? readPath(native, field) ?? readSpaced(native, field);
    }
  };
}

/** Event data whose names hold spaces are asked for without them (Sigma 2.1, Field Usage): "Threat Name" by ThreatName. */
function readSpaced(native: JsonObject, field: string): unknown {
  const event = isJsonObject(native["Event"]) ? native["Event"] : native;
  const data = isJsonObject(event["EventData"]) ? event["EventData"] : event;
  for (const [key, value] of Object.entries(data)) if (key.includes(" ") && key.replaceAll(" ", "") === field) return value;
  return undefined;
}

/** The flat key first, then the longest prefix that is a key, and so on below it. An array on the way means any of its elements. */
export function readPath(value: unknown, path: string): unknown {
  if (Array.isArray(value)) {
    const found = value.map((item) => readPath(item, path)).filter((item) => item !== undefined);
    return found.length === 0 ? undefined : found;
  }
  if (!isJsonObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const head = path.slice(0, dot);
    if (!Object.hasOwn(value, head)) continue;
    const found = readPath(value[head], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function flatten(value: unknown): readonly Scalar[] {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null) return [value];
  return Array.isArray(value) ? value.flatMap(flatten) : [];
}

function collectTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(collectTexts);
  return isJsonObject(value) ? Object.values(value).flatMap(collectTexts) : [];
}
