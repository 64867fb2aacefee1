import { columnsOf, packColumns } from "@/lib/assessment/cell-columns";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { insertAssessment, writeCells } from "@/lib/assessment/store";
import type { TestDatabase } from "@/lib/db/testing/test-database";
import { withTransaction } from "@/lib/db/with-transaction";
import type { Gap } from "@/lib/gaps/rank-gaps";
import { writeRankedGaps } from "@/lib/gaps/ranked/store";
import { canonicalChunks } from "@/lib/shared/canonical-chunks";
import { openTelemetry } from "@/lib/reports/telemetry-evidence";
import { describeSources, listCitedFamilies } from "@/lib/reports/telemetry-map";
import { keepInput } from "@/lib/operations/assessment/keep-input";

function describeTelemetry(input: ScoringInput, result: ScoringResult) {
  const evidence = openTelemetry(input, result);
  return { sources: describeSources(evidence), cited: listCitedFamilies(evidence) };
}

/** Stores what was decided, its two files included, as an assessment does. @returns its id; it is not completed yet */
export async function storeResult({ db, files }: Pick<TestDatabase, "db" | "files">, input: ScoringInput, result: ScoringResult, gaps: readonly Gap[] = []): Promise<number> {
  const { file: inputFile, parts } = await keepInput(files, canonicalChunks(input));
  const resultFile = await files.put(canonicalChunks(result));
  const { sources, cited } = describeTelemetry(input, result);
  const id = await withTransaction(db, async (tx) => {
    const assessment = await insertAssessment(tx, {
      at: new Date(input.at),
      ranAt: new Date(input.at),
      actor: "bench",
      domains: input.domains,
      releases: input.releases,
      policyVersion: 1,
      engine: input.engine,
      inputDigest: inputFile.digest,
      resultDigest: resultFile.digest,
      runLater: false,
      demo: false,
      report: { fleet: result.fleet, policy: input.policy },
      analytics: input.analytics.map((analytic) => analytic.id),
      inputParts: parts.fleet,
      citedFamilies: cited,
      cellColumns: packColumns(columnsOf(input, result)),
      jobId: "bench",
      segments: input.segments.map((segment, position) => {
        const found = result.segments[position];
        if (found === undefined) throw new Error(segment.id);
        return { id: segment.id, name: segment.name, doc: { assets: segment.assets, criticality: segment.criticality, target: null, rostered: segment.roster !== null, platforms: [...found.population], headline: found.headline, weight: 1, neverSeen: [...found.neverSeen], foreign: [...found.foreign] }, notApplicable: found.notApplicable.map((rule) => ({ ...rule, analytics: [...rule.analytics] })), inputParts: parts.segments.get(segment.id), sources: sources[position] };
      }),
    });
    await writeRankedGaps(tx, assessment, gaps);
    return assessment;
  });
  await writeCells(db, id, input.analytics.map((analytic) => analytic.id), result, () => {});
  return id;
}
