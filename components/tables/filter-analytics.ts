import type { AnalyticRow, AnalyticsView } from "@/lib/reports/analytics-view";

/** The groups of the facet panel. Values within a group are alternatives; groups are joined by and. */
export const FACETS = ["status", "flag", "platform", "tactic", "component", "basis"] as const;
export type Facet = (typeof FACETS)[number];

export interface AnalyticsFilter {
  readonly text: string;
  readonly segment: number | null; // a column, or all
  readonly chosen: Readonly<Record<Facet, readonly string[]>>;
}

export interface FilteredRow {
  readonly row: AnalyticRow;
  readonly gap: number; // weighted, over the cells that match
  readonly cells: number;
}

export interface FilteredAnalytics {
  readonly rows: readonly FilteredRow[];
  readonly cells: number;
  /** Cells per value of each facet, under every other facet's choice. */
  readonly counts: Readonly<Record<Facet, ReadonlyMap<string, number>>>;
}

/** Rows with at least one cell that matches. Status and flag must hold in the same cell. A row without any applicable cell shows only while no cell is asked for. */
export function filterAnalytics(view: AnalyticsView, filter: AnalyticsFilter): FilteredAnalytics {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const counts = { status: new Map<string, number>(), flag: new Map<string, number>(), platform: new Map<string, number>(), tactic: new Map<string, number>(), component: new Map<string, number>(), basis: new Map<string, number>() };
  const chosen = FACETS.map((facet) => ({ facet, values: new Set(filter.chosen[facet]) }));
  const asksCells = filter.segment !== null || filter.chosen.status.length > 0 || filter.chosen.flag.length > 0;
  const rows: FilteredRow[] = [];
  let total = 0;
  for (const row of view.rows) {
    if (words.length > 0 && !words.every((word) => searchText(row).includes(word))) continue;
    let cells = 0;
    let gap = 0;
    let applicable = 0;
    row.cells.forEach((position, column) => {
      const mark = view.marks[position];
      if (!mark || (filter.segment !== null && filter.segment !== column)) return;
      applicable += 1;
      const values = valuesOf(row, mark.status, mark.flags);
      const missed = chosen.filter(({ facet, values: wanted }) => wanted.size > 0 && !values[facet].some((value) => wanted.has(value)));
      if (missed.length === 0) {
        cells += 1;
        gap += row.gaps[column] ?? 0;
      }
      for (const facet of FACETS) {
        if (missed.length === 0 || (missed.length === 1 && missed[0]?.facet === facet)) for (const value of values[facet]) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
      }
    });
    const rowMatches = chosen.every(({ facet, values }) => values.size === 0 || facet === "status" || facet === "flag" || valuesOf(row, "", [])[facet].some((value) => values.has(value)));
    if (cells > 0 || (applicable === 0 && !asksCells && rowMatches)) rows.push({ row, gap, cells });
    total += cells;
  }
  return { rows, cells: total, counts };
}

function valuesOf(row: AnalyticRow, status: string, flags: readonly string[]): Record<Facet, readonly string[]> {
  return { status: [status], flag: flags, platform: [row.platform], tactic: row.tactics, component: row.components, basis: row.basis };
}

const texts = new WeakMap<AnalyticRow, string>();
function searchText(row: AnalyticRow): string {
  let text = texts.get(row);
  if (text === undefined) {
    text = [row.id, row.name, row.technique?.id, row.technique?.name, row.platform, ...row.tactics, ...row.components].join(" ").toLowerCase();
    texts.set(row, text);
  }
  return text;
}
