import { z } from "zod";
import { readScoringInput } from "@/lib/assessment/read-scoring-input";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { assemblePackage } from "@/lib/evidence/assemble-package";
import { packageFileName } from "@/lib/evidence/describe-package";
import type { WrittenEntry } from "@/lib/evidence/package-entry";
import type { RunFacts } from "@/lib/evidence/run-facts";
import type { ExampleRecord } from "@/lib/evidence/select-examples";
import { listDatasetViews, listExamples } from "@/lib/events/store";
import packageJson from "@/package.json";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listInputDigests } from "./evidence/list-input-digests";
import { readKeptJson } from "./evidence/read-kept-json";
import { readResult } from "./evidence/read-result";
import { writeZip } from "./evidence/write-zip";
import { findAssessment } from "./find-assessment";

const EXAMPLES_PER_DATASET = 2_000;

/** A package that is being made: read content once, to the end. */
export interface EvidenceExport {
  readonly fileName: string;
  readonly run: RunFacts;
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * The evidence of an assessment (the newest when id is null) as a zip that is made while it is read. The same assessment over
 * the same samples gives the same bytes. The export is in the audit log from its first byte.
 *
 * @throws SightlineError NOT_FOUND without an assessment or when its kept input is missing, UNSUPPORTED when another version
 *   of Sightline wrote input or result in a way that this one cannot read
 */
export async function exportEvidence(ctx: OperationContext, input: { readonly assessment: number | null }): Promise<EvidenceExport> {
  authorize(ctx, "evidence.export", "all");
  const assessment = await findAssessment(ctx, input.assessment);
  const { id, at, ranAt, runLater, actor, engine, policyVersion, inputDigest, resultDigest } = assessment;
  const scoring = readScoringInput(await readKeptJson(ctx.files, inputDigest), `assessment ${id}`);
  const result: ScoringResult = readResult(await readKeptJson(ctx.files, resultDigest), `assessment ${id}`);
  const run: RunFacts = {
    schema: "sightline.evidence/1",
    assessment: id,
    at,
    ranAt,
    runLater,
    actor,
    engine,
    domains: [...assessment.domains],
    releases: { ...assessment.releases },
    policyVersion,
    inputDigest,
    resultDigest,
    software: `Sightline ${packageJson.version}`,
  };
  await withTransaction(ctx.db, (tx) => emitAudit(tx, ctx, { action: "evidence.export", target: `assessment/${id}`, detail: { inputDigest, resultDigest } }));
  const written: WrittenEntry[] = [];
  const entries = assemblePackage(
    {
      run,
      input: scoring,
      result,
      inputFile: () => ctx.files.open(inputDigest),
      resultFile: () => ctx.files.open(resultDigest),
      digests: await listInputDigests(ctx, scoring, run),
      examplesOf: (segmentId, kinds) => readExamples(ctx, scoring, segmentId, kinds),
    },
    () => written,
  );
  return { fileName: packageFileName(id, at), run, content: writeZip(entries, new Date(ranAt), written) };
}

const fieldsSchema = z.record(z.string(), z.unknown());

/** Kept examples in the datasets that the assessment counted for this segment and these kinds, as far as they are still there. */
async function readExamples(ctx: OperationContext, scoring: ScoringInput, segmentId: string, kinds: readonly string[]): Promise<ExampleRecord[]> {
  const counted = new Set(scoring.aggregates.filter((row) => row.segment === segmentId && row.fresh > 0 && kinds.includes(row.kind)).map((row) => row.dataset));
  const datasets = (await listDatasetViews(ctx.db, [segmentId])).filter(({ id }) => counted.has(id)).sort((a, b) => (a.contentDigest < b.contentDigest ? -1 : 1));
  const found: ExampleRecord[] = [];
  for (const { id, fileName, contentDigest } of datasets) {
    for (const { number, offset, length, kind, host, time, fields, objectClass, raw } of await listExamples(ctx.db, { datasetIds: [id], kinds, limit: EXAMPLES_PER_DATASET })) {
      found.push({ ref: `${contentDigest}/${number}`, dataset: id, fileName, fileDigest: contentDigest, record: number, offset, length, kind, host, time, fields: fieldsSchema.parse(fields), objectClass, raw });
    }
  }
  return found;
}
