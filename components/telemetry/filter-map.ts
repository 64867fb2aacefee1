import type { SourceCell, TelemetryMapView } from "@/lib/reports/telemetry-states";

/** What the address narrows the map to; empty lists narrow nothing. */
export interface MapFilter {
  readonly segment: string | null; // id, as chosen for every page
  readonly platform: string | null;
  readonly group: string | null;
  readonly state: string | null; // a state, or a flag that stands beside it
  readonly all: boolean; // sources too that no analytic cites, nobody claims and no record is of
  readonly text: string; // in the names of sources and segments
}

export interface FilteredMap {
  readonly segments: readonly number[]; // positions in the view
  readonly families: readonly number[];
  readonly cells: ReadonlyMap<number, ReadonlyMap<number, SourceCell>>; // family -> segment -> cell
  readonly count: number;
}

/**
 * Rows and columns that are left, with their cells. A state keeps the rows and columns in which it occurs, so that what is
 * beside it stays in sight; text looks for sources first, and for segments where no source has it.
 */
export function filterMap(view: TelemetryMapView, filter: MapFilter): FilteredMap {
  const text = filter.text.trim().toLowerCase();
  const named = (name: string): boolean => name.toLowerCase().includes(text);
  const byFamily = text === "" || view.families.some(({ title, id }) => named(title) || named(id));
  const families = view.families.flatMap((family, position) => {
    if (!filter.all && !family.needed) return [];
    if (filter.group !== null && family.group !== filter.group) return [];
    return text === "" || !byFamily || named(family.title) || named(family.id) ? [position] : [];
  });
  const segments = inOrder(view).filter((position) => {
    const segment = view.segments[position];
    if (segment === undefined) return false;
    if (filter.segment !== null && segment.id !== filter.segment) return false;
    if (filter.platform !== null && !segment.platforms.includes(filter.platform)) return false;
    return text === "" || byFamily || named(segment.name);
  });
  const [rows, columns] = [new Set(families), new Set(segments)];
  const left = view.cells.filter((cell) => rows.has(cell.family) && columns.has(cell.segment));
  const hits = filter.state === null ? left : left.filter((cell) => hasState(cell, filter.state ?? ""));
  const cells = new Map<number, Map<number, SourceCell>>();
  for (const cell of left) {
    const row = cells.get(cell.family) ?? new Map<number, SourceCell>();
    cells.set(cell.family, row.set(cell.segment, cell));
  }
  const keptRows = new Set(hits.map(({ family }) => family));
  const keptColumns = new Set(hits.map(({ segment }) => segment));
  return {
    segments: filter.state === null ? segments : segments.filter((position) => keptColumns.has(position)),
    families: families.filter((position) => keptRows.has(position)),
    cells,
    count: hits.length,
  };
}

/** Whether a cell is in a state, or has it as a flag beside another. */
export function hasState({ state, flags }: Pick<SourceCell, "state" | "flags">, wanted: string): boolean {
  return state === wanted || flags.some((flag) => flag === wanted);
}

const PLATFORMS: readonly string[] = ["macOS", "Windows", "Linux", "Network Devices", "Containers", "ESXi", "IaaS", "Identity Provider", "Office Suite", "SaaS"];

/** Segments of one platform stand together, in the order of the sources' groups, so that what applies lies along a diagonal. */
function inOrder({ segments }: TelemetryMapView): number[] {
  const rank = (position: number): number => {
    const known = (segments[position]?.platforms ?? []).map((name) => PLATFORMS.indexOf(name)).filter((found) => found >= 0);
    return known.length === 0 ? PLATFORMS.length : Math.min(...known);
  };
  return segments.map((_, position) => position).sort((a, b) => rank(a) - rank(b) || a - b);
}
