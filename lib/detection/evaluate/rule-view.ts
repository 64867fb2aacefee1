import { viewEvent, type EventView } from "@/lib/events/formats/windows/event-view";
import { isJsonObject, type JsonObject } from "@/lib/events/frame/plain-value";
import type { ParsedRecord } from "@/lib/events/types";
import { auditLines } from "./audit-lines";
import { fieldName, nativePaths } from "./field-names";

/** A single value of an event; objects have none, their members are asked for by path. */
export type Scalar = string | number | boolean | null;

/** An event as rules see it. */
export interface RuleView {
  /** The values of a field, an array's elements one by one; null when the field is not there. A field that holds an object or an empty list is there without values. */
  values(field: string): readonly Scalar[] | null;
  /** Every text in the event, at any depth, for keywords. */
  texts(): readonly string[];
}

/** A record as rules see it, and the log that holds it. */
export interface RecordView extends RuleView {
  readonly channel: string | null; // of Windows events, as written
}

/** Records whose own field has the taxonomy's name and another meaning: there, our reading goes first. 4688 calls the parent's id ProcessId. */
const READ_OURS_FIRST: ReadonlyMap<string, ReadonlySet<string>> = new Map([["windows-security:4688", new Set(["processid"])]]);

/**
 * How a field is found: as the log writes it (the flat name first, then the path; arrays mean any element), else by the
 * taxonomy's name through our canonical fields and the names that rules for this family use. Names are compared as written
 * but for the taxonomy's.
 */
export function viewRecord(record: Pick<ParsedRecord, "kind" | "fields" | "native">): RecordView {
  return new SeenRecord(record);
}

class SeenRecord implements RecordView {
  private readonly event: EventView | null;
  private readonly native: unknown;
  private readonly oursFirst: ReadonlySet<string> | undefined;
  private spaced: ReadonlyMap<string, unknown> | null = null;
  private allTexts: readonly string[] | null = null;

  constructor(private readonly record: Pick<ParsedRecord, "kind" | "fields" | "native">) {
    const { kind, native } = record;
    const windows = kind.family.startsWith("windows-") || kind.family === "linux-sysmon";
    this.event = windows && isJsonObject(native) ? viewEvent(native) : null;
    this.native = kind.family === "linux-auditd" ? auditLines(native) : native;
    this.oursFirst = kind.family === "windows-security" ? READ_OURS_FIRST.get(`${kind.family}:${kind.key}`) : undefined;
  }

  get channel(): string | null {
    return this.event === null || this.event.channel === "" ? null : this.event.channel;
  }

  values(field: string): readonly Scalar[] | null {
    // A renamed field lists its names, the customer's own first (rules/mappings/rename-fields.ts): the first that is there answers.
    if (field.includes("|")) return field.split("|").reduce<readonly Scalar[] | null>((found, name) => found ?? this.values(name), null);
    if (this.oursFirst?.has(field.toLowerCase()) === true) return this.ours(field);
    const found = this.event === null ? readPath(this.native, field) : this.ofEvent(this.event, field);
    if (typeof found === "string") return [found];
    if (found === undefined) return this.ours(field);
    const values = flatten(found);
    // An object has no values of its own: where a cloud writes {value, localizedValue} for a name, its value is meant.
    return values.length > 0 || Array.isArray(found) ? values : (this.ours(field) ?? values);
  }

  texts(): readonly string[] {
    if (this.allTexts === null) {
      const texts: string[] = [];
      collectTexts(this.record.native, texts);
      this.allTexts = texts;
    }
    return this.allTexts;
  }

  private ofEvent(event: EventView, field: string): unknown {
    switch (field) {
      case "EventID":
        return event.eventId;
      case "Channel":
        return event.channel;
      case "Provider_Name":
        return event.provider === "" ? (readPath(this.native, field) ?? "") : event.provider; // records read from XML have the flat name
      case "Computer":
        return event.computer ?? undefined;
      default:
        return event.data(field) ?? readPath(this.native, field) ?? this.withoutSpaces().get(field);
    }
  }

  /** Event data whose names hold spaces are asked for without them (Sigma 2.1, Field Usage): "Threat Name" by ThreatName. */
  private withoutSpaces(): ReadonlyMap<string, unknown> {
    return (this.spaced ??= isJsonObject(this.native) ? spacedNames(this.native) : NO_NAMES);
  }

  private ours(field: string): readonly Scalar[] | null {
    const { canonical, hash } = fieldName(field);
    const { fields, kind } = this.record;
    for (const path of nativePaths(kind.family, field)) {
      const value = this.event === null ? readPath(this.native, path) : this.event.data(path);
      if (value !== undefined) return flatten(value);
    }
    for (const id of canonical) {
      const value = fields[id];
      if (value !== undefined) return [value];
    }
    return hash === null ? null : this.hashPart(hash);
  }

  /** One hash of Sysmon's list: SHA1=...,MD5=...,SHA256=...,IMPHASH=... */
  private hashPart(name: string): readonly Scalar[] | null {
    const hashes = this.event?.data("Hashes") ?? this.event?.data("Hash");
    if (typeof hashes !== "string") return null;
    const part = hashes.split(",").find((one) => one.trim().toUpperCase().startsWith(name));
    return part === undefined ? null : [part.trim().slice(name.length)];
  }
}

const NO_NAMES: ReadonlyMap<string, unknown> = new Map();

function spacedNames(native: JsonObject): ReadonlyMap<string, unknown> {
  const event = isJsonObject(native["Event"]) ? native["Event"] : native;
  const data = isJsonObject(event["EventData"]) ? event["EventData"] : event;
  let found: Map<string, unknown> | null = null;
  for (const key in data) if (key.includes(" ")) (found ??= new Map()).set(key.replaceAll(" ", ""), data[key]);
  return found ?? NO_NAMES;
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

function collectTexts(value: unknown, into: string[]): void {
  if (typeof value === "string") into.push(value);
  else if (typeof value === "number" || typeof value === "boolean") into.push(String(value));
  else if (Array.isArray(value)) for (const item of value) collectTexts(item, into);
  else if (isJsonObject(value)) for (const key in value) collectTexts(value[key], into);
}
