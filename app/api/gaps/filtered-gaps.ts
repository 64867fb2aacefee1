import { filterGaps, type Chosen } from "@/components/gaps/filter-gaps";
import { gapLabel } from "@/components/gaps/gap-words";
import { unpackGaps } from "@/components/gaps/unpack-gaps";
import type { OperationContext } from "@/lib/operations/context";
import { getGapsView } from "@/lib/operations/get-gaps-view";

/** The gaps that a page with these filters in its address shows, by label: what is taken away is what is seen. */
export async function filteredGaps(ctx: OperationContext, address: string): Promise<string[]> {
  const query = new URL(address).searchParams;
  const list = (name: string): string[] => query.get(name)?.split(",").filter(Boolean).map((value) => value.replaceAll("%2C", ",").replaceAll("%25", "%")) ?? [];
  const view = await getGapsView(ctx);
  const chosen: Chosen = { state: list("state"), kind: list("kind"), segment: list("in"), owner: list("owner"), due: list("due"), cause: list("cause"), source: list("source") };
  return filterGaps(unpackGaps(view.gaps, view.segments), { text: query.get("q") ?? "", segment: query.get("segment"), chosen, today: view.today }).rows.map(({ id }) => gapLabel(id));
}
