import type { RollupRowJson, RollupsJson } from "@/lib/assessment/rollups-json";
import { MILLION, STATUSES } from "@/lib/assessment/status";
import type { Domain } from "@/lib/catalog/types";
import { formatPercent } from "@/lib/shared/format-share";
import { MITRE_NOTICE } from "@/lib/shared/mitre-notice";
import { LAYER_DOMAINS, LAYER_VERSION, type Layer, type LayerTechnique } from "./layer-schema";

/** What a layer is made of: the technique rows of one scope, and what they rest on. */
export interface LayerFacts extends Pick<RollupsJson, "assessment" | "at" | "releases" | "resultDigest" | "engine" | "policy" | "weights" | "segments"> {
  readonly domain: Domain;
  readonly segment: string | null; // null: the fleet
  readonly rows: readonly RollupRowJson[]; // techniques of the domain, one each
  readonly software: string;
}

const NAVIGATOR = "5.1.0"; // the first that reads layer 4.5 with today's links and labels
const BLUES = ["#ffffff", "#6da7e9", "#0e2d73"];

/**
 * A layer of one segment or of the fleet. The score is the one number in percent (weighted and by reach) of a technique's own
 * analytics. A technique without a number has no score: unknown is never 0. What does not apply is disabled.
 */
export function makeLayer(facts: LayerFacts): Layer {
  const { assessment, at, releases, resultDigest, engine, policy, weights, segments, domain, segment, rows, software } = facts;
  const scope = segment ?? (segments.counted === segments.of ? "Fleet" : `Fleet (${segments.counted} of ${segments.of} segments)`);
  const release = releases[domain] ?? "";
  return {
    name: `${scope}: observable, assessment ${assessment}`,
    versions: { attack: release.replace(/^starter-/, "").split(".")[0] ?? "", navigator: NAVIGATOR, layer: LAYER_VERSION },
    domain: LAYER_DOMAINS[domain],
    description: `Could the analytics of each technique have seen it here? Observable share of analytic x segment cells at ${at}, by weights (${weights.profile}) and reach. No score: no number, see the comment. ${MITRE_NOTICE}`,
    sorting: 0,
    layout: { layout: "side", showName: true, showID: true, showAggregateScores: false },
    hideDisabled: false,
    techniques: rows.map(toTechnique),
    gradient: { colors: [...BLUES], minValue: 0, maxValue: 100 },
    legendItems: [
      { label: "0 %: nothing observable", color: "#ffffff" },
      { label: "100 %: every cell observable on every host", color: "#0e2d73" },
    ],
    metadata: [
      { name: "assessment", value: String(assessment) },
      { name: "at", value: at },
      { name: "ATT&CK release", value: release },
      { name: "policy", value: `version ${policy}` },
      { name: "weights", value: `${weights.profile}, version ${weights.version}` },
      { name: "engine", value: engine },
      { name: "result sha256", value: resultDigest },
      { name: "made by", value: software },
    ],
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
  };
}

function toTechnique(row: RollupRowJson): LayerTechnique {
  const { id, observed, validated, counts, applicable, uniform } = row;
  const shown = STATUSES.filter((status) => (counts[status] ?? 0) > 0).map((status) => ({ name: status, value: String(counts[status]) }));
  const { value } = observed;
  return {
    techniqueID: id,
    ...(value === null || isUnassessable(row) ? {} : { score: Math.round(value * 10_000) / 100 }),
    enabled: applicable > 0 || row.analytics === 0,
    comment: describe(row),
    showSubtechniques: false,
    metadata: [
      { name: "observable cells", value: `${observed.k} of ${observed.n}` },
      { name: "uniform", value: uniform.observed.value === null ? "no evidence" : `${percent(uniform.observed.value)} (${uniform.observed.k} of ${uniform.observed.n})` },
      { name: "validated cells", value: `${validated.k} of ${validated.n}` },
      ...(observed.low === null || observed.high === null ? [] : [{ name: "interval", value: `${percent(observed.low)} to ${percent(observed.high)}` }]),
      ...shown,
    ],
  };
}

/** Nothing of it could be asked for: no number stands for that, least of all 0. */
function isUnassessable({ counts, applicable }: RollupRowJson): boolean {
  return applicable > 0 && counts.unassessable === applicable;
}

function percent(fraction: number): string {
  return formatPercent(Math.round(fraction * MILLION));
}

function describe(row: RollupRowJson): string {
  const { analytics, applicable, observed } = row;
  if (analytics === 0) return "ATT&CK publishes no analytic for this technique.";
  if (applicable === 0) return "Not applicable here: none of its analytics is for a platform of this scope, or all are excluded.";
  if (isUnassessable(row)) return "Unassessable: ATT&CK names nothing that could be required, or no record of these platforms carries it.";
  if (observed.value === null) return "No evidence: there is nothing to divide by.";
  return `${observed.k} of ${observed.n} cells observable; ${percent(observed.value)} by weight and reach.`;
}
