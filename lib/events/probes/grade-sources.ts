import type { Json } from "@/lib/shared/canonical-json";
import { PROBES } from "./index";
import { MOST_EXAMPLES, notComputable, type GradeContext, type Graded, type Probe, type ProbeId, type RecordPlace, type Threshold } from "./probe";

/** What a probe found in one source of one dataset, as the database holds it. */
export interface StoredProbe {
  readonly dataset: string;
  readonly family: string;
  readonly probe: string;
  readonly summary: Json;
  readonly examples: readonly RecordPlace[];
}

export interface ExamplePlace extends RecordPlace {
  readonly dataset: string;
}

/** A probe's definition in words, its grade over all datasets together, and records that show it. */
export interface GradedProbe extends Graded {
  readonly id: ProbeId;
  readonly label: string;
  readonly formula: string;
  readonly needs: string;
  readonly thresholds: readonly Threshold[];
  readonly examples: readonly ExamplePlace[];
}

/** family null: all sources together, for the probes that speak of several. */
export interface SourceQuality {
  readonly family: string | null;
  readonly probes: readonly GradedProbe[];
}

/**
 * Adds up what the probes found in the given datasets and grades the sums, per source and, where a probe speaks of several
 * sources, over all of them. Summaries are added before they are graded, so a segment's figure is true of its records and
 * no mean of means. Nothing depends on the order of the rows.
 */
export function gradeSources(rows: readonly StoredProbe[], contextOf: (family: string | null) => GradeContext): SourceQuality[] {
  const families = [...new Set(rows.map(({ family }) => family))].sort();
  const sources = families.map((family) => gradeProbes(PROBES, rows.filter((row) => row.family === family), contextOf(family), family));
  if (families.length < 2) return sources;
  return [gradeProbes(PROBES.filter(({ scope }) => scope === "segment"), rows, contextOf(null), null), ...sources];
}

function gradeProbes(probes: readonly Probe[], rows: readonly StoredProbe[], context: GradeContext, family: string | null): SourceQuality {
  return { family, probes: probes.map((probe) => gradeProbe(probe, rows.filter((row) => row.probe === probe.id), context)) };
}

function gradeProbe(probe: Probe, rows: readonly StoredProbe[], context: GradeContext): GradedProbe {
  const { id, label, formula, needs, thresholds } = probe;
  const [first, ...others] = [...rows].sort(byPlace);
  // A dataset that an earlier version derived has no row of a probe that came later.
  const found = first === undefined ? notComputable("no file was read since this probe exists") : probe.grade(others.reduce((sum, row) => probe.merge(sum, row.summary), first.summary), context);
  const examples = [first, ...others].flatMap((row) => (row === undefined ? [] : row.examples.map((place) => ({ dataset: row.dataset, ...place }))));
  // A record may show a probe twice (a coarse time, and no zone): it is one example.
  const distinct = [...new Map(examples.map((place) => [`${place.dataset} ${place.number}`, place])).values()];
  return { id, label, formula, needs, thresholds, ...found, examples: found.grade === "pass" ? [] : distinct.slice(0, MOST_EXAMPLES) };
}

function byPlace(a: StoredProbe, b: StoredProbe): number {
  if (a.dataset !== b.dataset) return a.dataset < b.dataset ? -1 : 1;
  return a.family < b.family ? -1 : a.family > b.family ? 1 : 0;
}
