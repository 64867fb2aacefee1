import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { listSnapshotRows } from "@/lib/catalog/store";
import { listDatasetsById } from "@/lib/events/store";
import type { RunFacts } from "@/lib/evidence/run-facts";
import { listImports } from "@/lib/inventory/store";
import { compareCodeUnits, type Json } from "@/lib/shared/canonical-json";
import { digestOf } from "@/lib/shared/digest";
import type { OperationContext } from "../context";

/**
 * Every file that the inputs of an assessment were made from, by SHA-256: catalogues, event files, inventories up to its run.
 * Files that were removed since stay in the list and say so; of those that are gone whole it says what the input itself does.
 */
export async function listInputDigests(ctx: OperationContext, input: ScoringInput, run: RunFacts): Promise<Json> {
  const snapshots = await listSnapshotRows(ctx.db);
  const catalogs = Object.entries(input.catalogDigests).map(([domain, sha256]) => {
    const snapshot = snapshots.find((candidate) => candidate.digest === sha256 && candidate.domain === domain);
    return { domain, release: input.releases[domain] ?? null, sha256, fileName: snapshot?.fileName ?? null, origin: snapshot?.origin ?? null };
  });
  const names = new Map(input.segments.map(({ id, name }) => [id, name]));
  const pinned = new Map(input.aggregates.map(({ dataset, segment }) => [dataset, segment]));
  const views = new Map((await listDatasetsById(ctx.db, [...pinned.keys()])).map((view) => [view.id, view]));
  const datasets = [...pinned].map(([id, segment]): { readonly sort: string; readonly entry: Json } => {
    const view = views.get(id);
    const entry = { dataset: id, segment: names.get(segment) ?? segment };
    if (!view) return { sort: `~${id}`, entry: { ...entry, gone: true } };
    const { fileName, contentDigest, bytes, records, refused, untimed, format, origin, extraction, options, importedAt, importedBy, removed } = view;
    return { sort: contentDigest + entry.segment, entry: { ...entry, fileName, sha256: contentDigest, bytes, records, refused, untimed, format, origin, extraction: { ...extraction }, host: options.host, hostFrom: options.hostFrom, zone: options.zone, importedAt, importedBy, ...(removed === null ? {} : { removed: { ...removed } }) } };
  });
  const inventories = (await listImports(ctx.db, 10_000)).filter(({ at }) => at <= run.ranAt);
  return {
    engine: run.engine,
    scoringInput: run.inputDigest,
    scoringResult: run.resultDigest,
    policy: { version: input.policy.version, sha256: digestOf(input.policy) },
    catalogs,
    datasets: datasets.sort((a, b) => compareCodeUnits(a.sort, b.sort)).map(({ entry }) => entry),
    inventories: inventories.map(({ at, actor, kind, format, fileName, fileDigest }) => ({ at, actor, kind, format, fileName, sha256: fileDigest })),
  };
}
