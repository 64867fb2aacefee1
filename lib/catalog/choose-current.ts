import { compareReleases } from "./compare-releases";
import type { Snapshot } from "./types";

/** The release that the starter catalogue was made from: importing it, or a later one, retires the starter. */
const STARTER_OF = "19.1";

/** True when a published release makes the starter catalogue superfluous. */
export function supersedesStarter(snapshot: Pick<Snapshot, "origin" | "domain" | "release">): boolean {
  return snapshot.origin === "mitre" && snapshot.domain === "enterprise" && compareReleases(snapshot.release, STARTER_OF) >= 0;
}

export interface CurrentChoice {
  readonly current: string | null; // id of the snapshot that is current in this domain
  readonly retire: readonly string[]; // ids of starter snapshots to retire
}

/**
 * Which snapshot of one domain is current after an import: the highest release number, published bundles before the starter.
 * With keep, the published release that is current stays so; where none is, the new one becomes current all the same.
 *
 * @param snapshots all of the domain, the imported one among them.
 */
export function chooseCurrent(snapshots: readonly Snapshot[], keep: boolean): CurrentChoice {
  const published = snapshots.filter((snapshot) => snapshot.origin === "mitre").sort((a, b) => compareReleases(b.release, a.release));
  const starters = snapshots.filter((snapshot) => snapshot.origin === "starter");
  const retires = published.some(supersedesStarter);
  const kept = keep ? published.find((snapshot) => snapshot.current) : undefined;
  const choice = kept ?? published[0] ?? starters.find((snapshot) => snapshot.retiredAt === null);
  return { current: choice?.id ?? null, retire: retires ? starters.filter((snapshot) => snapshot.retiredAt === null).map((snapshot) => snapshot.id) : [] };
}
