import type { SegmentInput } from "./scoring-input";

/**
 * Hosts per platform of a segment: the denominator of every host share and the first factor of a cell's weight.
 *
 * A platform has the count stated for it, but never fewer hosts than the roster lists (a share must not look better
 * because a statement is too small). Where no count is stated it has its roster hosts plus an even share of the assets
 * that neither statements nor roster account for (the first platforms by name take the remainder): the whole of the
 * assets for a segment of one platform. Every platform's hosts are hosts of the segment; none is counted twice.
 */
export function countPopulation(segment: SegmentInput): ReadonlyMap<string, number> {
  const listed = new Map<string, number>();
  for (const { platform } of segment.roster ?? []) listed.set(platform, (listed.get(platform) ?? 0) + 1);
  const platforms = [...segment.platforms].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const base = platforms.map((platform) => Math.max(platform.hosts ?? 0, listed.get(platform.name) ?? 0));
  const open = platforms.filter((platform) => platform.hosts === null).length;
  const left = Math.max(0, segment.assets - base.reduce((sum, hosts) => sum + hosts, 0));
  const share = open === 0 ? 0 : Math.floor(left / open);
  let remainder = open === 0 ? 0 : left % open;
  const population = new Map<string, number>();
  platforms.forEach((platform, index) => {
    let hosts = base[index] ?? 0;
    if (platform.hosts === null) {
      hosts += share + (remainder > 0 ? 1 : 0);
      remainder -= remainder > 0 ? 1 : 0;
    }
    population.set(platform.name, hosts);
  });
  return population;
}
