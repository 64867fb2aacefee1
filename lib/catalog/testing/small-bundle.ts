/** Hand-made STIX objects for tests: the smallest that are valid, with what a test wants changed. Nothing here is MITRE's text. */
export type StixObject = Record<string, unknown>;

const reference = (id: string, url = "") => ({ source_name: "mitre-attack", external_id: id, url });
const common = (type: string, key: string, id: string) => ({
  type,
  spec_version: "2.1",
  id: `${type}--${key}`,
  created: "2025-01-01T00:00:00.000Z",
  modified: "2025-02-01T00:00:00.000Z",
  name: `Name of ${id}`,
  x_mitre_version: "1.0",
  x_mitre_domains: ["enterprise-attack"],
  external_references: [reference(id)],
});

export const tactic = (id: string, shortName: string, change: StixObject = {}): StixObject => ({ ...common("x-mitre-tactic", id, id), x_mitre_shortname: shortName, ...change });
export const technique = (id: string, change: StixObject = {}): StixObject => ({
  ...common("attack-pattern", id, id),
  x_mitre_platforms: ["macOS"],
  kill_chain_phases: [{ kill_chain_name: "mitre-attack", phase_name: "collection" }],
  ...change,
});
export const component = (id: string, sources: readonly (readonly [string, string])[], change: StixObject = {}): StixObject => ({
  ...common("x-mitre-data-component", id, id),
  description: "What is recorded.",
  x_mitre_log_sources: sources.map(([name, channel]) => ({ name, channel })),
  ...change,
});
export const analytic = (id: string, strategy: string, sources: readonly (readonly [string, string, string])[], change: StixObject = {}): StixObject => ({
  ...common("x-mitre-analytic", id, id),
  external_references: [reference(id, `https://attack.mitre.org/detectionstrategies/${strategy}#${id}`)],
  description: "What to look for.",
  x_mitre_platforms: ["macOS"],
  x_mitre_log_source_references: sources.map(([dc, name, channel]) => ({ x_mitre_data_component_ref: `x-mitre-data-component--${dc}`, name, channel })),
  x_mitre_mutable_elements: [{ field: "TimeWindow", description: "How long." }],
  x_mitre_deprecated: false,
  ...change,
});
export const strategy = (id: string, analytics: readonly string[], change: StixObject = {}): StixObject => ({
  ...common("x-mitre-detection-strategy", id, id),
  x_mitre_analytic_refs: analytics.map((an) => `x-mitre-analytic--${an}`),
  ...change,
});
export const detects = (det: string, tech: string, change: StixObject = {}): StixObject => ({
  type: "relationship",
  spec_version: "2.1",
  id: `relationship--${det}-${tech}`,
  created: "2025-01-01T00:00:00.000Z",
  modified: "2025-02-01T00:00:00.000Z",
  relationship_type: "detects",
  source_ref: `x-mitre-detection-strategy--${det}`,
  target_ref: `attack-pattern--${tech}`,
  ...change,
});
export const group = (id: string, aliases: readonly string[] = [], change: StixObject = {}): StixObject => ({ ...common("intrusion-set", id, id), aliases, ...change });
export const campaign = (id: string, change: StixObject = {}): StixObject => ({ ...common("campaign", id, id), first_seen: "2020-01-01T00:00:00Z", last_seen: "2021-06-30T00:00:00Z", ...change });
/** A relationship between STIX ids, recorded on 2025-01-01. */
export const related = (type: "uses" | "attributed-to", source: string, target: string, change: StixObject = {}): StixObject => ({ ...detects(source, target), relationship_type: type, source_ref: source, target_ref: target, ...change });
export const matrix = (tactics: readonly string[]): StixObject => ({
  ...common("x-mitre-matrix", "m", "enterprise-attack"),
  tactic_refs: tactics.map((id) => `x-mitre-tactic--${id}`),
});
export const collection = (release: string): StixObject => ({ ...common("x-mitre-collection", "c", "c"), external_references: [], x_mitre_version: release });

/** One strategy with one analytic on a sound chain; without issues. */
export const soundObjects = (): StixObject[] => [
  matrix(["TA1"]),
  tactic("TA1", "collection"),
  technique("T1"),
  component("DC1", [["macos:unifiedlog", "exec"]]),
  strategy("DET1", ["AN1"]),
  analytic("AN1", "DET1", [["DC1", "macos:unifiedlog", "exec"]]),
  detects("DET1", "T1"),
];

export const bundleText = (objects: readonly unknown[], change: StixObject = {}): string => JSON.stringify({ type: "bundle", id: "bundle--1", objects, ...change });
export const bundleBytes = (objects: readonly unknown[], change: StixObject = {}): Uint8Array => new TextEncoder().encode(bundleText(objects, change));
