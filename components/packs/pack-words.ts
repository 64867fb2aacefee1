import type { PackView } from "@/lib/reports/packs-view";

export const ORIGIN_WORDS: Readonly<Record<PackView["origin"], string>> = { "built-in": "comes with Sightline", imported: "imported" };

/** By what two records belong together, as a sentence goes on. */
export const JOIN_WORDS: Readonly<Record<PackView["edges"][number]["by"], string>> = {
  process: "the same process",
  "process-number": "the same process number on one host",
  parent: "its parent process",
  session: "the same session",
  user: "the same user",
  connection: "the same connection",
  host: "the same host",
};

/** "at most 10 minutes later". */
export function windowWords({ ordered, windowSeconds }: Pick<PackView["edges"][number], "ordered" | "windowSeconds">): string {
  const [size, unit] = windowSeconds % 86_400 === 0 ? [86_400, "day"] : windowSeconds % 3600 === 0 ? [3600, "hour"] : windowSeconds % 60 === 0 ? [60, "minute"] : [1, "second"];
  const many = windowSeconds / size;
  return `at most ${many} ${unit}${many === 1 ? "" : "s"} ${ordered ? "later" : "apart"}`;
}

export const TEST_WORDS: Readonly<Record<PackView["ownTests"][number]["kind"], string>> = { "true-positive": "true positive", benign: "benign", "near-miss": "near miss" };
