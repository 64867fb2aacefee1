import { polledForm } from "./polled-rows";
import type { RecordKindId } from "./types";

/*
 * Sensors that run on several systems write the same records on all of them. Where such a record itself says on which
 * system it was made, its kind says so behind "@": edr-crowdstrike:ProcessRollup2@macOS. What the record means is judged
 * without that word; where it can come from is the word. So a Windows record proves nothing about a Mac, though the same
 * sensor runs on both, and a host of a mixed segment shows what it is.
 */
const SPEAKS = /^([a-z0-9-]+:.+)@(Windows|macOS|Linux|Containers|Network Devices|ESXi|IaaS|Android|iOS)$/;
const FAMILIES = new Set(["edr-defender", "edr-crowdstrike", "ocsf"]);

/** The key of a record that states its system ("ProcessRollup2@macOS"), or the plain key where it states none. */
export function keyOnPlatform(key: string, platform: string | null): string {
  return platform === null ? key : `${key}@${platform}`;
}

/** The kind without the platform that its record states, and of a reading of a list (osquery) the kind of its table. */
export function baseKind(kind: RecordKindId): RecordKindId {
  return split(kind)?.base ?? polledForm(kind)?.table ?? kind;
}

/** The ATT&CK platform that records of this kind state, or null. */
export function statedPlatform(kind: RecordKindId): string | null {
  return split(kind)?.platform ?? null;
}

/** The kinds, and of the kinds met in the data those that are the same with a stated platform, or readings of the same table. */
export function withStated(kinds: readonly RecordKindId[], seen: readonly RecordKindId[]): readonly RecordKindId[] {
  const stated = seen.filter((kind) => baseKind(kind) !== kind);
  if (stated.length === 0) return kinds;
  const wanted = new Set(kinds);
  return [...kinds, ...stated.filter((kind) => wanted.has(baseKind(kind)) && !wanted.has(kind))];
}

function split(kind: RecordKindId): { base: RecordKindId; platform: string } | null {
  if (!kind.includes("@")) return null;
  const [, base = "", platform = ""] = SPEAKS.exec(kind) ?? [];
  return FAMILIES.has(base.slice(0, base.indexOf(":"))) ? { base, platform } : null;
}
