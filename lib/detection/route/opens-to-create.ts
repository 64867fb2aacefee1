import { ecsText, ecsValue } from "@/lib/events/formats/ecs-fields";
import { isJsonObject, type JsonObject } from "@/lib/events/frame/plain-value";
import type { ParsedRecord } from "@/lib/events/types";

/** Calls that open a file: which argument holds the flags. openat2's lie in a structure that a record of its own (OPENAT2) tells of. */
const FLAGS: Readonly<Record<string, "a1" | "a2" | null>> = { open: "a1", openat: "a2", openat2: null };
const SAID = { a1: /(?:^| )a1=(\S+)/, a2: /(?:^| )a2=(\S+)/ } as const;
// fcntl.h of Linux on x86 and Arm; the audit log writes arguments in hexadecimal, OPENAT2 its flags in octal.
const [WRITES, CREATES_OR_CUTS] = [0o3, 0o100 | 0o1000];

export function isOpenCall(key: string): boolean {
  return Object.hasOwn(FLAGS, key);
}

/**
 * Whether a call that opens a file made one, or emptied one to write it anew: what Sigma's file_event (Sysmon's event 11) speaks
 * of. Said by a path of the type CREATE, else by the flags (O_CREAT or O_TRUNC, for writing). A call that failed made nothing; one
 * whose flags are not known is taken for reading, which most calls are.
 */
export function opensToCreate(key: string, { fields, native }: Pick<ParsedRecord, "fields" | "native">): boolean {
  if (/^(?:-|E[A-Z]{2,})/.test(String(fields["exit_code"] ?? ""))) return false;
  const parts = partsOf(native);
  if (parts.some((part) => part["nametype"] === "CREATE" || part["objtype"] === "CREATE")) return true;
  const argument = FLAGS[key];
  const octal = parts.map((part) => part["oflag"]).find((flags) => typeof flags === "string" || typeof flags === "number");
  if (octal !== undefined) return asksToCreate(Number.parseInt(String(octal), 8));
  if (argument === undefined || argument === null) return false;
  const said = SAID[argument].exec(String(fields["api_args"] ?? ""))?.[1] ?? String(parts.map((part) => part[argument]).find((flags) => flags !== undefined) ?? "");
  if (/O_(?:CREAT|TRUNC)/.test(said)) return /O_(?:WRONLY|RDWR)/.test(said);
  return asksToCreate(Number.parseInt(said, 16));
}

function asksToCreate(flags: number): boolean {
  return Number.isSafeInteger(flags) && (flags & WRITES) !== 0 && (flags & CREATES_OR_CUTS) !== 0;
}

/** The lines of an event as raw audit, laurel, auditbeat or the Azure agent keep them: only paths and the call matter. */
function partsOf(native: unknown): readonly JsonObject[] {
  if (Array.isArray(native)) return native.filter(isJsonObject);
  if (!isJsonObject(native)) return [];
  const paths = ecsText(native, "auditd.message_type") === undefined ? native["PATH"] : ecsValue(native, "auditd.paths");
  return [native, native["SYSCALL"], native["OPENAT2"], ecsValue(native, "auditd.data"), ...(Array.isArray(paths) ? paths : [paths])].filter(isJsonObject);
}
