import type { CellJson } from "@/lib/assessment/cell-json";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatPercent } from "@/lib/shared/format-share";

/** What an applicable cell below observed lacks: components, each once, or else that its records join. */
export function lacksOf(cell: CellJson | null): { readonly what: string; readonly why: string }[] {
  const open = new Map((cell?.requirements ?? []).flatMap(({ critical, met, component, why }) => (critical && met === null ? [[component.name, why] as const] : [])));
  const broken = cell?.joins?.find(({ state }) => state !== "joined");
  if (open.size === 0 && broken !== undefined) return [{ what: "join keys", why: broken.because ?? "no keys are equal" }];
  return [...open].map(([what, why]) => ({ what, why }));
}

/** Why a cell has its status, in one sentence: what stands in its way, or how far its proof reaches. null: the cell is not there. */
export function cellReason(cell: CellJson | null): string {
  if (cell === null) return "It was not part of the assessment.";
  if (cell.status === "not-applicable" || cell.status === "unassessable") return cell.reason || "There is nothing to require.";
  const critical = cell.requirements.filter((requirement) => requirement.critical);
  const open = critical.filter((requirement) => requirement.met === null);
  const [first] = open;
  if (first !== undefined) return `${first.component.name}: ${first.why}${open.length > 1 ? ` ${counted(open.length - 1, "requirement")} more ${open.length === 2 ? "falls" : "fall"} short.` : ""}`;
  const broken = cell.joins?.find(({ state }) => state !== "joined");
  if (cell.status === "partial" && broken !== undefined) return `Every requirement is proven, the records do not join (${broken.edge}): ${broken.because ?? "no keys are equal"}.`;
  const scarcest = [...critical].sort((x, y) => x.hosts - y.hosts)[0];
  const where = scarcest === undefined ? "" : `, the scarcest (${scarcest.component.name}) on ${formatCount(scarcest.hosts)} of ${counted(scarcest.hostsTotal, "host")}`;
  return `Every requirement is proven${where}; reach ${formatPercent(cell.reach)}.${cell.validation === undefined ? "" : ` ${cell.validation.text}`}`;
}
