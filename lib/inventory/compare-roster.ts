import { compareCodeUnits } from "@/lib/shared/canonical-json";
import type { RosterHost } from "./types";

/** Who of the roster was ever seen, and who was seen without standing in it; names folded, foreign ones as the records fold. */
export interface RosterReport {
  readonly roster: readonly (RosterHost & { readonly lastSeen: string | null })[];
  readonly neverSeen: readonly RosterHost[];
  readonly foreign: readonly { readonly host: string; readonly lastSeen: string | null }[];
}

/** A host that some record of the segment's datasets names. lastSeen: ISO instant, null when no such record has a usable time. */
export interface SeenHost {
  readonly host: string; // folded
  readonly lastSeen: string | null;
}

/** Compares a roster with the hosts that records name. Records that name no host say nothing about either list. */
export function compareRoster(roster: readonly RosterHost[], seen: readonly SeenHost[]): RosterReport {
  const lastSeen = new Map(seen.map(({ host, lastSeen: last }) => [host, last]));
  const keys = new Set(roster.map(({ key }) => key));
  return {
    roster: roster.map((host) => ({ ...host, lastSeen: lastSeen.get(host.key) ?? null })),
    neverSeen: roster.filter(({ key }) => !lastSeen.has(key)),
    foreign: seen.filter(({ host }) => host !== "" && !keys.has(host)).sort((a, b) => compareCodeUnits(a.host, b.host)),
  };
}
