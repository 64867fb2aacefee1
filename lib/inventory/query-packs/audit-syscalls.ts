import { syscallNumber } from "@/lib/telemetry/linux-syscalls";
import { componentsOfKind, kindsOfFamily, splitKind } from "@/lib/telemetry/record-kinds";

const FAMILY = "linux-auditd";
/** arch= of the kernels that fleets run; a program of 32 bits keeps its number and is not counted. */
const ARCHES = ["c000003e", "c00000b7"] as const;

/** Every system call that carries a component, by architecture: number -> name. */
function namesByArch(): readonly (readonly [arch: string, names: readonly (readonly [number, string])[]])[] {
  const calls = kindsOfFamily(FAMILY).filter((kind) => componentsOfKind(kind).length > 0).map((kind) => splitKind(kind).key).filter((name) => /^[a-z]/.test(name));
  return ARCHES.map((arch) => [arch, calls.flatMap((name) => (syscallNumber(name, arch) === null ? [] : [[syscallNumber(name, arch) ?? 0, name] as const])).sort(([a], [b]) => a - b)]);
}

/** Key of an audit event in SPL: the system call by name, else the record's type. The fields are those that the table's `prepare` makes. */
export function splunkAuditKey(): string {
  const named = namesByArch().map(([arch, names]) => `arch=="${arch}",case(${names.map(([number, name]) => `syscall=="${number}","${name}"`).join(",")})`);
  return `case(record_type!="SYSCALL",record_type,${named.join(",")})`;
}

/** The same in KQL: the agent's lines name a call, the kernel's number it. */
export function sentinelAuditKey({ type, arch, call }: { readonly type: string; readonly arch: string; readonly call: string }): string {
  const table = Object.fromEntries(namesByArch().flatMap(([one, names]) => names.map(([number, name]) => [`${one}/${number}`, name])));
  return `iff(isempty(${call}), ${type}, iff(${call} matches regex "^[0-9]+$", tostring(dynamic(${JSON.stringify(table)})[strcat(${arch}, "/", ${call})]), ${call}))`;
}
