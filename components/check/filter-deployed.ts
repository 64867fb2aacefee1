import { countFacets, type CountedFacets } from "@/components/tables/count-facets";
import type { DeployedLine } from "@/lib/reports/deployed-view";

/** The groups of the facet panel. */
export const DEPLOYED_FACETS = ["deployment", "runs", "ran", "alerted", "fires", "system", "level"] as const;
export type DeployedFacet = (typeof DEPLOYED_FACETS)[number];
export type Chosen = Readonly<Record<DeployedFacet, readonly string[]>>;

export const DEPLOYMENT_WORDS: Readonly<Record<string, string>> = { both: "deployed, and ours", "siem-only": "in the SIEM only", "ours-only": "ours, not deployed" };

/** Rules that hold every word of the text and match the facets (null: all), and what each further choice would leave. */
export function filterDeployed(lines: readonly DeployedLine[], text: string, chosen: Chosen | null): CountedFacets<DeployedLine, DeployedFacet> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = words.length === 0 ? lines : lines.filter((line) => {
    const all = [line.name, line.title, line.system, ...line.tags].join(" ").toLowerCase();
    return words.every((word) => all.includes(word));
  });
  return countFacets(matching, DEPLOYED_FACETS, chosen, (line, facet) => line[facet] || (facet === "system" ? "none" : "not stated"));
}
