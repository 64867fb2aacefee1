import type { CompareFilter } from "@/lib/reports/compare-view";

type Parameters = Readonly<Record<string, string | string[] | undefined>>;

const STATES: readonly NonNullable<CompareFilter["from"]>[] = ["validated", "observed", "partial", "declared", "blind", "unassessable", "not-applicable", "not-assessed"];
const PARTS: readonly NonNullable<CompareFilter["part"]>[] = ["engine", "catalog", "fleet", "policy", "evidence", "time"];

/** What the address asks of a comparison. A malformed number is -1, which no assessment has; a filter that is none is ignored. */
export function readCompareQuery(parameters: Parameters): { readonly a: number | null; readonly b: number | null; readonly filter: CompareFilter } {
  const text = (name: string): string | null => {
    const value = parameters[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const id = (name: string): number | null => {
    const value = text(name);
    return value === null ? null : /^\d{1,9}$/.test(value) ? Number(value) : -1;
  };
  const page = Number(text("page") ?? "1");
  return {
    a: id("a"),
    b: id("b") ?? id("assessment"),
    filter: {
      segment: text("segment"),
      from: STATES.find((state) => state === text("from")) ?? null,
      to: STATES.find((state) => state === text("to")) ?? null,
      part: PARTS.find((part) => part === text("part")) ?? null,
      page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    },
  };
}
