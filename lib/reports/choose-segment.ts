/** A segment as an assessment pinned it. */
export interface PinnedSegment {
  readonly id: string;
  readonly name: string;
  readonly criticality: number;
  readonly platforms: readonly { readonly platform: string; readonly hosts: number }[];
}

/** The segment in which these platforms weigh most (hosts times criticality; by name where they weigh alike): where an analytic's page opens when none was chosen. */
export function chooseSegment<T extends PinnedSegment>(segments: readonly T[], platforms: readonly string[]): T | null {
  const weigh = (segment: T): number => segment.criticality * segment.platforms.reduce((sum, { platform, hosts }) => (platforms.includes(platform) ? sum + hosts : sum), 0);
  const [first] = segments.map((segment) => ({ segment, weight: weigh(segment) })).sort((a, b) => b.weight - a.weight || (a.segment.name < b.segment.name ? -1 : 1));
  return first?.segment ?? null;
}
