import type { Domain } from "@/lib/catalog/types";
import table from "./platforms.json";

/** ATT&CK's platform names of enterprise, mobile and ICS 19.1. PRE is left out: no part of a fleet runs it. */
export const PLATFORMS: readonly string[] = [...table.names.enterprise, ...table.names.mobile, ...table.names.ics];

const BY_KEY = new Map(PLATFORMS.map((name) => [keyOf(name), name]));
const FORMER = new Map(Object.entries(table.former).map(([from, to]) => [keyOf(from), to]));

/** A platform name in any case and spacing, in ATT&CK's spelling; null when ATT&CK has no such platform. */
export function foldPlatform(name: string): string | null {
  return BY_KEY.get(keyOf(name)) ?? null;
}

/** The present name of a platform that ATT&CK once called otherwise, or that people do ("AWS" -> "IaaS"); null when none is known. */
export function presentPlatform(name: string): string | null {
  return FORMER.get(keyOf(name)) ?? null;
}

/** Every platform of a domain: what "all" means in a file of that domain. */
export function platformsOf(domain: Domain): readonly string[] {
  return table.names[domain];
}

/** The platforms that an analytic applies to: those it names, or every one of its domain where it names none (ICS). */
export function platformsOfAnalytic(analytic: { readonly platforms: readonly string[]; readonly domain: Domain }): readonly string[] {
  return analytic.platforms.length > 0 ? analytic.platforms : platformsOf(analytic.domain);
}

const ICS = new Set(table.names.ics);

/** Whether a platform says what an asset is for and not which system it runs (ICS: a historian, a controller), so that any system's records can come from it. */
export function isAssetClass(platform: string): boolean {
  return ICS.has(platform);
}

/** What to do about a platform that ATT&CK does not have. */
export function platformRemedy(name: string): string {
  const present = presentPlatform(name);
  return present ? `ATT&CK calls it ${present}.` : `Use one of: ${PLATFORMS.join(", ")}.`;
}

function keyOf(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}
