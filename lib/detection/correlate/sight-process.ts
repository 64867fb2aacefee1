import { kindTraits } from "@/lib/events/probes/kind-traits";
import type { ParsedRecord } from "@/lib/events/types";
import type { ProcessSighting } from "./match-types";

/** What one record tells about the tree of processes. */
export interface TreeFact {
  readonly self: ProcessSighting;
  readonly ms: number | null;
  readonly starts: boolean;
  readonly image: string | null;
  readonly parent: { readonly uid: string | null; readonly pid: string | null; readonly image: string | null } | null;
  readonly windows: boolean;
}

// Records of a fork are about the process that forks, not about the new one.
const FORKS = new Set(["fork", "vfork", "clone", "clone3"]);
const starting = new Map<string, boolean>(); // by record kind: a table looked up once

/** The process that a record is about; null where it names none. Records of a sample that name no host are taken to be of one host. */
export function sightProcess({ fields, facts }: Pick<ParsedRecord, "fields" | "facts">, host: string): ProcessSighting | null {
  const uid = facts?.processKey ?? fields["proc_uid"];
  const pid = fields["pid"];
  if (uid === undefined && (pid === undefined || numberText(pid) === "0")) return null; // Windows writes 0 where it names no process
  return { host: host === "" ? "(host not named)" : host.toLowerCase(), uid: uid === undefined ? null : String(uid).toLowerCase(), pid: pid === undefined ? null : numberText(pid) };
}

/** The process with its parent and start, as far as the record says. */
export function readTreeFact(record: Pick<ParsedRecord, "kind" | "fields" | "facts" | "time">, host: string): TreeFact | null {
  const self = sightProcess(record, host);
  if (self === null) return null;
  const { fields, facts, kind } = record;
  const [uid, pid, image] = [facts?.parentKey, fields["ppid"], fields["parent_image"]];
  const parent = uid === undefined && pid === undefined ? null : { uid: uid === undefined ? null : uid.toLowerCase(), pid: pid === undefined ? null : numberText(pid), image: image === undefined ? null : String(image) };
  return { self, ms: record.time?.ms ?? null, starts: isStart(kind.family, kind.key), image: fields["image"] === undefined ? null : String(fields["image"]), parent, windows: kind.family.startsWith("windows-") };
}

function isStart(family: string, key: string): boolean {
  const kind = `${family}:${key}`;
  let found = starting.get(kind);
  if (found === undefined) {
    found = !FORKS.has(key) && kindTraits(kind).starts;
    if (starting.size < 10_000) starting.set(kind, found);
  }
  return found;
}

/** Windows writes process numbers in decimal and in hexadecimal. */
function numberText(pid: string | number): string {
  const text = String(pid).trim().toLowerCase();
  return /^0x[0-9a-f]{1,8}$/.test(text) ? String(Number(text)) : text;
}
