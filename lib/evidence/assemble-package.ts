import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { canonicalJson, compareCodeUnits, type Json } from "@/lib/shared/canonical-json";
import { MITRE_NOTICE } from "@/lib/shared/mitre-notice";
import { bagEntries } from "./bag";
import { listCells } from "./list-cells";
import { listProofs, type ProofGroup } from "./list-proofs";
import { makeReport } from "./make-report";
import type { PackageEntry, WrittenEntry } from "./package-entry";
import type { RunFacts } from "./run-facts";
import { selectExamples, type ExampleRecord } from "./select-examples";
import { verifyText } from "./verify-text";
import { writeCellsCsv, writeJsonArray, writeLines, writeRequirementsCsv } from "./write-cells";

export interface PackageFacts {
  readonly run: RunFacts;
  readonly input: ScoringInput;
  readonly result: ScoringResult;
  readonly inputFile: () => AsyncIterable<Uint8Array>; // as kept: their digests are run's
  readonly resultFile: () => AsyncIterable<Uint8Array>;
  readonly digests: Json; // of every file the inputs were made from
  /** Kept examples of these kinds in the datasets of a segment (by id) that the assessment counted. */
  readonly examplesOf: (segmentId: string, kinds: readonly string[]) => Promise<readonly ExampleRecord[]>;
}

/** Paths that evidence verify reads by name. */
export const PATHS = {
  run: "data/run.json",
  input: "data/inputs/scoring-input.json",
  result: "data/results/scoring-result.json",
} as const;

/** What follows from run, input and result alone: an auditor can make these again and compare. */
export function derivedEntries(run: RunFacts, input: ScoringInput, result: ScoringResult): PackageEntry[] {
  return [
    { path: "data/inputs/policy.json", content: () => [canonicalJson(input.policy)] },
    ...(input.overrides === undefined ? [] : [{ path: "data/inputs/overrides.json", content: () => writeJsonArray(input.overrides ?? []) }]),
    ...(input.measurements.length === 0 ? [] : [{ path: "data/inputs/measurements.json", content: () => writeJsonArray(input.measurements.map((measurement) => ({ ...measurement, queryText: measurement.query === undefined ? null : (input.queries?.[measurement.query] ?? null) }))) }]),
    ...(input.tests.length === 0 ? [] : [{ path: "data/inputs/tests.json", content: () => writeJsonArray(input.tests) }]),
    { path: "data/results/cells.json", content: () => writeJsonArray(listCells(input, result)) },
    { path: "data/results/cells.csv", content: () => writeCellsCsv(listCells(input, result)) },
    { path: "data/results/requirements.csv", content: () => writeRequirementsCsv(listCells(input, result)) },
    { path: "data/results/report.json", content: () => [`${JSON.stringify(makeReport(run, input, result), null, 2)}\n`] },
  ];
}

/**
 * The entries of the package in the order in which they must be written (later ones describe earlier ones).
 *
 * @param written what has been written so far
 */
export function assemblePackage(facts: PackageFacts, written: () => readonly WrittenEntry[]): PackageEntry[] {
  const { run, input, result } = facts;
  const refs = new Map<string, readonly string[]>();
  const payload: PackageEntry[] = [
    { path: PATHS.run, content: () => [`${JSON.stringify(run, null, 2)}\n`] },
    { path: PATHS.input, content: facts.inputFile },
    { path: "data/inputs/digests.json", content: () => [`${JSON.stringify(facts.digests, null, 2)}\n`] },
    { path: PATHS.result, content: facts.resultFile },
    ...derivedEntries(run, input, result),
    { path: "data/evidence/records.ndjson", content: () => writeLines(pickRecords(facts, refs)) },
    { path: "data/evidence/proofs.ndjson", content: () => writeLines(describeProofs(input, result, refs)) },
  ];
  const texts: PackageEntry[] = [
    { path: "NOTICE.txt", content: () => [`${MITRE_NOTICE}\n`] },
    { path: "VERIFY.md", content: () => [verifyText(run)] },
  ];
  return [...payload, ...bagEntries(run, texts, written)];
}

/** The records of all groups, segment by segment, each once; fills refs for the proofs that follow. */
async function* pickRecords({ input, result, examplesOf }: PackageFacts, refs: Map<string, readonly string[]>): AsyncGenerator<ExampleRecord & { readonly segment: string }> {
  const groups = new Map<number, Map<string, ProofGroup>>();
  for (const { segment, kinds } of listProofs(input, result)) {
    const known = groups.get(segment) ?? new Map<string, ProofGroup>();
    for (const { group } of kinds) known.set(group.key, group);
    groups.set(segment, known);
  }
  for (const [position, wanted] of [...groups].sort(([a], [b]) => a - b)) {
    const segment = input.segments[position];
    if (!segment) continue;
    const kinds = [...new Set([...wanted.values()].map(({ kind }) => kind))].sort(compareCodeUnits);
    const chosen = new Map<string, ExampleRecord>();
    for (const kind of kinds) {
      const candidates = await examplesOf(segment.id, [kind]);
      for (const group of wanted.values()) {
        if (group.kind !== kind) continue;
        const examples = selectExamples(input, group, candidates);
        refs.set(group.key, examples.map(({ ref }) => ref));
        for (const example of examples) chosen.set(example.ref, example);
      }
    }
    for (const [, example] of [...chosen].sort(([a], [b]) => compareCodeUnits(a, b))) yield { ...example, segment: segment.name };
  }
}

function* describeProofs(input: ScoringInput, result: ScoringResult, refs: ReadonlyMap<string, readonly string[]>) {
  for (const { segment, newest, kinds, ...proof } of listProofs(input, result)) {
    const described = kinds.map(({ group, ...counted }) => {
      const examples = refs.get(group.key) ?? [];
      return { kind: group.kind, ...counted, fields: input.fieldSets[group.fieldSet] ?? null, examples, ...(examples.length === 0 ? { note: NO_EXAMPLES } : {}) };
    });
    yield { ...proof, segment: input.segments[segment]?.name ?? "", newest: toIso(newest), kinds: described };
  }
}

const NO_EXAMPLES = "No kept example lies in the window: the file was removed or replaced since, or its examples are older. The counts stand in scoring-input.json.";

function toIso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
