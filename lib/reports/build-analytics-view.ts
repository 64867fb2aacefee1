import type { CellFacts } from "@/lib/assessment/cell-json";
import type { RequirementResult } from "@/lib/assessment/scoring-result";
import type { Status } from "@/lib/assessment/status";
import type { Analytic } from "@/lib/catalog/types";
import type { AnalyticRow, AnalyticsView, CellMark } from "./analytics-view";

/** An applicable cell as the table of analytics needs it: what cells --json is made of, with the column in place of the segment's name. */
export interface ColumnCell extends Pick<CellFacts, "analytic" | "status" | "flags" | "reach" | "hosts" | "requirements"> {
  readonly segment: number; // column
  // requirements: of the cell that stands for its row alone; the others may leave them out, they are the same references
}

export interface AnalyticsFacts {
  readonly segments: readonly { readonly id: string; readonly name: string; readonly criticality: number }[];
  readonly analytics: readonly { readonly id: string; readonly doc: Analytic | null }[]; // null: no longer in any imported release
  readonly cells: readonly ColumnCell[];
}

const MILLION = 1_000_000;

/** The analytics table as plain data: rows with one mark per segment; requirement pips and reason are those of the heaviest open cell. */
export function buildAnalyticsView({ segments, analytics, cells }: AnalyticsFacts): AnalyticsView {
  const marks: CellMark[] = [];
  const known = new Map<string, number>();
  const markOf = (cell: ColumnCell): number => {
    const key = `${cell.status} ${cell.flags.join(" ")}`;
    let position = known.get(key);
    if (position === undefined) {
      position = marks.push({ status: cell.status, flags: cell.flags }) - 1;
      known.set(key, position);
    }
    return position;
  };
  const byAnalytic = new Map<string, ColumnCell[]>();
  for (const cell of cells) {
    const found = byAnalytic.get(cell.analytic);
    if (found) found.push(cell);
    else byAnalytic.set(cell.analytic, [cell]);
  }
  const rows = analytics.map(({ id, doc }): AnalyticRow => {
    const own = byAnalytic.get(id) ?? [];
    const positions = segments.map(() => -1);
    const weights = segments.map(() => 0);
    const gaps = segments.map(() => 0);
    let heaviest: ColumnCell | undefined;
    let most = -1;
    for (const cell of own) {
      const weight = cell.hosts * (segments[cell.segment]?.criticality ?? 1);
      const gap = gapOf(cell, weight);
      positions[cell.segment] = markOf(cell);
      weights[cell.segment] = weight;
      gaps[cell.segment] = gap;
      if (gap > most) {
        most = gap;
        heaviest = cell;
      }
    }
    const basis = [...new Set(own.flatMap((cell) => cell.requirements.flatMap((requirement) => requirement.alternatives.map((alternative) => alternative.basis))))].sort();
    return { ...describe(id, doc), basis, pips: (heaviest?.requirements ?? []).map(pipOf), cells: positions, weights, gaps, heaviest: heaviest && most > 0 ? reasonOf(heaviest) : "" };
  });
  return { segments: segments.map(({ id, name }) => ({ id, name })), marks, rows };
}

/** What of a cell's weight is not observed. The open cell where most of it is missing gives the row its pips and its reason: the first of several. */
export function gapOf(cell: Pick<ColumnCell, "status" | "reach">, weight: number): number {
  return Math.round((weight * (MILLION - (isObserved(cell.status) ? cell.reach : 0))) / MILLION);
}

function isObserved(status: Status): boolean {
  return status === "observed" || status === "validated";
}

function describe(id: string, doc: Analytic | null): Pick<AnalyticRow, "id" | "name" | "technique" | "tactics" | "platform" | "components"> {
  const technique = doc?.techniques[0];
  return {
    id,
    name: doc?.name ?? "",
    technique: technique ? { id: technique.id, name: technique.name } : null,
    tactics: [...new Set(doc?.techniques.flatMap(({ tactics }) => tactics.map((tactic) => tactic.name)))],
    platform: doc?.platforms.join(", ") || "any",
    components: [...new Set(doc?.logSources.map(({ component }) => component.name))],
  };
}

function best(requirement: RequirementResult) {
  return requirement.alternatives[requirement.best];
}

function pipOf(requirement: RequirementResult): AnalyticRow["pips"][number] {
  const line = best(requirement);
  return { name: requirement.component.name, state: line?.proven ? "proven" : line?.claimed ? "claimed" : "missing" };
}

/** The first unmet critical requirement in words, and how many more there are; a fully proven cell lacks hosts or a join. */
function reasonOf(cell: ColumnCell): string {
  const open = cell.requirements.filter((requirement) => requirement.critical && !best(requirement)?.proven);
  const [first] = open;
  if (!first) return cell.flags.includes("unjoinable") ? "every record is proven, the chain does not join" : cell.status === "unassessable" ? "nothing to require" : "proof does not reach every host";
  return `${first.component.name}: ${best(first)?.why.text ?? "no reference"}${open.length > 1 ? ` +${open.length - 1}` : ""}`;
}
