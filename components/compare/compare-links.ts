import type { CompareFilter, CompareView } from "@/lib/reports/compare-view";

/** The address of a comparison with some of its filters changed; a filter that changes goes back to the first page. */
export function compareHref({ a, b, filter }: Pick<CompareView, "a" | "b" | "filter">, change: Partial<CompareFilter>, anchor = ""): string {
  const next = { ...filter, page: 1, ...change };
  const query = new URLSearchParams({ a: String(a.id), b: String(b.id) });
  for (const name of ["segment", "from", "to", "part"] as const) {
    const value = next[name];
    if (value !== null) query.set(name, value);
  }
  if (next.page > 1) query.set("page", String(next.page));
  return `/assessments/compare?${query.toString()}${anchor}`;
}
