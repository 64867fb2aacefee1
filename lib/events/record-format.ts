import type { JsonObject } from "./frame/plain-value";
import type { GroupPart } from "./line-group";
import type { Parts, RecordPart } from "./map-unit";
import { openGroups } from "./read-groups";
import { openRecords } from "./read-records";
import { sniffUnits } from "./sniff-units";
import type { EventFormat } from "./types";

export type { GroupedRecord, LineGroup, Place } from "./line-group";
export type { MapRecord, RecordPart } from "./map-unit";

/** A format whose records can be known one by one, as JSON objects, as lines or XML events, or as groups of lines. */
export interface RecordFormat extends EventFormat, Parts {
  readonly group?: GroupPart;
  /** Claims only what no other format claims: syslog is the envelope of many. */
  readonly generic?: true;
}

interface Declared<T> extends RecordPart<T> {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
  readonly record: string; // "a CloudTrail event", for refusals
  readonly evidence: readonly string[]; // the keys or marks that decide, shown to the user
  readonly generic?: true;
}

/** A format of JSON objects, in any framing and wrapper. */
export function jsonFormat({ isMine, map, ...about }: Declared<JsonObject>): RecordFormat {
  return recordFormat({ ...about, json: { isMine, map } });
}

/** A format of which every line or every XML <Event> is one record. */
export function lineFormat({ isMine, map, ...about }: Declared<string>): RecordFormat {
  return recordFormat({ ...about, line: { isMine, map } });
}

/** A format that comes as JSON objects and as lines. */
export function recordFormat({ id, label, extensions, record, evidence, generic, json, line }: Omit<Declared<never>, "isMine" | "map"> & Parts): RecordFormat {
  const parts: Parts = { ...(json ? { json } : {}), ...(line ? { line } : {}) };
  return {
    id,
    label,
    extensions,
    ...parts,
    ...(generic ? { generic } : {}),
    sniff: (head) => sniffUnits(head, parts, evidence),
    open: (limits, others) => openRecords(limits, record, parts, others),
  };
}

/** A format of lines of which several make one record. */
export function groupFormat({ id, label, extensions, record, evidence, isMine, open }: Omit<Declared<string>, "map" | "generic"> & GroupPart): RecordFormat {
  const group: GroupPart = { isMine, open };
  const parts: Parts = { line: { isMine, map: () => null } };
  return { id, label, extensions, group, sniff: (head) => sniffUnits(head, parts, evidence), open: (limits, others) => openGroups(limits, record, group, others) };
}
