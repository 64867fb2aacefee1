import { compareReleases } from "./compare-releases";
import { starterOf } from "./starter-release";
import type { Snapshot } from "./types";

type Named = Pick<Snapshot, "origin" | "domain" | "release">;

/** True when a published release makes an edition of the starter catalogue superfluous: it is the one that the edition was made from, or a later one. */
export function supersedesStarter(published: Named, starter: Named): boolean {
  const made = starterOf(starter.release);
  return published.origin === "mitre" && starter.origin === "starter" && published.domain === starter.domain && made !== null && compareReleases(published.release, made) >= 0;
}

export interface CurrentChoice {
  readonly current: string | null; // id of the snapshot that is current in this domain
  readonly retire: readonly string[]; // ids of starter snapshots to retire
}

/**
 * Which snapshot of one domain is current after an import: the highest release number, published bundles before editions of the starter.
 * With keep, the published release that is current stays so; where none is, the new one becomes current all the same.
 *
 * @param snapshots all of the domain, the imported one among them.
 */
export function chooseCurrent(snapshots: readonly Snapshot[], keep: boolean): CurrentChoice {
  const published = snapshots.filter((snapshot) => snapshot.origin === "mitre").sort((a, b) => compareReleases(b.release, a.release));
  const starters = snapshots.filter((snapshot) => snapshot.origin === "starter" && snapshot.retiredAt === null).sort((a, b) => compareReleases(starterOf(b.release) ?? "", starterOf(a.release) ?? ""));
  const retired = starters.filter((starter) => published.some((one) => supersedesStarter(one, starter)));
  const kept = keep ? published.find((snapshot) => snapshot.current) : undefined;
  const choice = kept ?? published[0] ?? starters[0];
  return { current: choice?.id ?? null, retire: retired.map(({ id }) => id) };
}
