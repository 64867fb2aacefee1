import type { PackRow } from "@/lib/detection/packs/pack-row";
import { componentById } from "@/lib/telemetry/component-index";

/** A pack in the list. */
export interface PackLine {
  readonly analytic: string;
  readonly title: string;
  readonly platform: string;
  readonly version: number;
  readonly origin: PackRow["origin"];
  readonly author: string;
  readonly release: string; // of ATT&CK, that it was written against
  readonly severity: PackRow["manifest"]["severity"];
  readonly confidence: PackRow["manifest"]["confidence"]["word"];
  readonly requirements: number;
  readonly joins: number;
  readonly signals: number;
  readonly tests: { readonly passed: number; readonly of: number }; // its own
  readonly loadedAt: string; // ISO 8601
}

/** A requirement as the pack's page shows it. */
export interface PackRequirementView {
  readonly id: string;
  readonly component: { readonly id: string; readonly name: string };
  readonly critical: boolean;
  readonly because: string;
  readonly cites: readonly { readonly name: string; readonly channel: string }[];
  readonly asCited: readonly string[];
  readonly equivalents: readonly string[];
  readonly fields: readonly string[]; // beyond the component's own; a group of which one is enough stands as "a or b"
}

/** A rule of a pack; id: of the stored rule, null where it was not stored. */
export interface PackRuleView {
  readonly id: string | null;
  readonly name: string;
  readonly title: string;
  readonly kind: string;
  readonly level: string | null;
  readonly signal: boolean;
  readonly refused: string | null;
}

/** One version of a pack, whole. */
export interface PackView extends PackLine {
  readonly id: string;
  readonly current: boolean;
  readonly digest: string;
  readonly loadedBy: string;
  readonly summary: string;
  readonly confidenceBecause: string;
  readonly fits: boolean | null; // it accounts for every reference that the analytic publishes; null: no catalogue has the analytic
  readonly needs: readonly PackRequirementView[];
  readonly left: PackRow["manifest"]["left"];
  readonly edges: PackRow["manifest"]["joins"];
  readonly rules: readonly PackRuleView[];
  readonly elements: PackRow["manifest"]["elements"];
  readonly leftElements: PackRow["manifest"]["leftElements"];
  readonly guidance: PackRow["manifest"]["guidance"];
  readonly falsePositives: readonly string[];
  readonly tuning: readonly string[];
  readonly ownTests: PackRow["tests"]; // in the manifest's order: the position names a test on the bench
  readonly samples: PackRow["manifest"]["samples"];
  readonly versions: readonly { readonly version: number; readonly current: boolean; readonly origin: PackRow["origin"]; readonly loadedAt: string; readonly loadedBy: string; readonly passed: boolean }[];
}

/** The line of a pack in lists. */
export function packLine({ analytic, version, origin, release, manifest, tests, loadedAt }: PackRow): PackLine {
  return {
    analytic,
    title: manifest.title,
    platform: manifest.platform,
    version,
    origin,
    author: manifest.author,
    release,
    severity: manifest.severity,
    confidence: manifest.confidence.word,
    requirements: manifest.requirements.length,
    joins: manifest.joins.length,
    signals: manifest.signals.length,
    tests: { passed: tests.filter(({ passed }) => passed).length, of: tests.length },
    loadedAt,
  };
}

/** A version of a pack with its rules, beside the other versions. @param rows of the same analytic */
export function packView(row: PackRow, rows: readonly PackRow[], { rules, fits }: { readonly rules: readonly PackRuleView[]; readonly fits: boolean | null }): PackView {
  const { manifest } = row;
  return {
    ...packLine(row),
    id: manifest.id,
    current: row.current,
    digest: row.digest,
    loadedBy: row.loadedBy,
    summary: manifest.summary,
    confidenceBecause: manifest.confidence.because,
    fits,
    needs: manifest.requirements.map(({ id, component, critical, because, cites, asCited, equivalents, fields }) => ({
      id,
      component: { id: component, name: componentById(component)?.name ?? component },
      critical,
      because,
      cites,
      asCited,
      equivalents,
      fields: [...fields.required, ...fields.anyOf.map((group) => group.join(" or "))],
    })),
    left: manifest.left,
    edges: manifest.joins,
    rules,
    elements: manifest.elements,
    leftElements: manifest.leftElements,
    guidance: manifest.guidance,
    falsePositives: manifest.falsePositives,
    tuning: manifest.tuning,
    ownTests: row.tests,
    samples: manifest.samples,
    versions: rows.map(({ version, current, origin, loadedAt, loadedBy, passed }) => ({ version, current, origin, loadedAt, loadedBy, passed })),
  };
}
