import { compareReleases } from "./compare-releases";
import { starterOf } from "./starter-release";
import type { Domain, Snapshot } from "./types";

/** Two releases of a domain, one of them the current one, whose difference is worth a look. */
export interface ReleasePair {
  readonly domain: Domain;
  readonly from: string;
  readonly to: string;
  readonly way: "ahead" | "since" | "back"; // ahead: to a newer one than the current; since: to the current from an older; back: to an older one
}

type Named = Pick<Snapshot, "domain" | "release" | "origin" | "current">;

/**
 * Which releases can be looked at beside the current one of their domain: newer ones first, then what changed since older ones,
 * then the way back; the newest first in each. Editions of the starter catalogue are held against each other alone, and none of
 * them is a way back, because nobody chooses an excerpt.
 */
export function listReleasePairs(snapshots: readonly Named[]): ReleasePair[] {
  const pairs = snapshots.flatMap(({ domain, release, origin, current }): ReleasePair[] => {
    const now = snapshots.find((one) => one.domain === domain && one.current);
    if (current || now === undefined || origin !== now.origin) return [];
    if (compareReleases(numberOf(release), numberOf(now.release)) > 0) return origin === "starter" ? [] : [{ domain, from: now.release, to: release, way: "ahead" }];
    const since: ReleasePair = { domain, from: release, to: now.release, way: "since" };
    return origin === "starter" ? [since] : [since, { domain, from: now.release, to: release, way: "back" }];
  });
  const other = ({ from, to, way }: ReleasePair): string => numberOf(way === "since" ? from : to);
  return pairs.sort((x, y) => ORDER[x.way] - ORDER[y.way] || compareReleases(other(y), other(x)));
}

const ORDER = { ahead: 0, since: 1, back: 2 } as const;
const numberOf = (release: string): string => starterOf(release) ?? release;
