import type { DatasetFilter } from "@/lib/events/dataset-types";

const ORIGINS = ["production", "exercise", "lab", "public"] as const satisfies readonly DatasetFilter["origin"][];

type Given = Readonly<Record<string, string | string[] | undefined>>;

/** Which files an address asks for. What cannot be read asks nothing, except pages, which begin at 1. */
export function readDatasetFilter(given: Given): DatasetFilter {
  const one = (name: string): string | null => {
    const value = given[name];
    return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 200) : null;
  };
  const page = Number(one("page") ?? 1);
  return {
    text: one("q") ?? "",
    segment: one("segment"),
    origin: ORIGINS.find((origin) => origin === one("origin")) ?? null,
    refused: one("refused") === "1",
    page: Number.isSafeInteger(page) && page >= 1 && page < 2 ** 31 ? page : 1,
  };
}
