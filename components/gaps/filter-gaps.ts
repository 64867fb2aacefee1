import { countFacets, type CountedFacets } from "@/components/tables/count-facets";
import { gapLabel } from "./gap-words";
import type { GapRow } from "./unpack-gaps";

/** The groups of the facet panel. */
export const GAP_FACETS = ["state", "kind", "segment", "owner", "due", "cause", "source"] as const;
export type GapFacet = (typeof GAP_FACETS)[number];
export type Chosen = Readonly<Record<GapFacet, readonly string[]>>;

export const NOBODY = "nobody";
export const DUE_VALUES = ["overdue", "within 30 days", "later", "no date"] as const;

/** While no state is chosen: what is done is out of sight, and counted. */
const LIVE = ["open", "planned", "accepted"] as const;

export interface GapFilter {
  readonly text: string;
  readonly segment: string | null; // id
  readonly chosen: Chosen | null; // null: nothing is narrowed
  readonly today: string;
}

/** Gaps that hold every word and match the facets, and what each further choice would leave. */
export function filterGaps(gaps: readonly GapRow[], { text, segment, chosen, today }: GapFilter): CountedFacets<GapRow, GapFacet> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const soon = new Date(Date.parse(`${today}T00:00:00.000Z`) + 30 * 86_400_000).toISOString().slice(0, 10);
  const matching = gaps.filter((gap) => (segment === null || gap.segmentId === segment) && words.every((word) => searchText(gap).includes(word)));
  return countFacets(matching, GAP_FACETS, chosen === null ? null : chosen.state.length > 0 ? chosen : { ...chosen, state: LIVE }, (gap, facet) => valueOf(gap, facet, today, soon));
}

function valueOf(gap: GapRow, facet: GapFacet, today: string, soon: string): string {
  if (facet === "cause") return gap.code;
  if (facet === "source") return gap.family || "none";
  if (facet === "owner") return gap.owner || NOBODY;
  if (facet === "due") return gap.due === "" ? "no date" : gap.due < today ? "overdue" : gap.due <= soon ? "within 30 days" : "later";
  return gap[facet];
}

const texts = new WeakMap<GapRow, string>();
function searchText(gap: GapRow): string {
  let text = texts.get(gap);
  if (text === undefined) texts.set(gap, (text = `${gapLabel(gap.id)} ${gap.what} ${gap.segment} ${gap.why} ${gap.owner} ${gap.kind}`.toLowerCase()));
  return text;
}
