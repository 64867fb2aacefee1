import type { CellJson } from "@/lib/assessment/cell-json";
import { fillCounts } from "@/lib/assessment/fill-counts";
import { measuredOf } from "@/lib/assessment/measured-of";
import { narrowInput } from "@/lib/assessment/narrow-input";
import { pinnedPack } from "@/lib/assessment/pinned-pack";
import { findAssessmentRow, listAssessmentRows, readAssessmentSegments, readCells, type AssessmentRow, type AssessmentSegmentRow } from "@/lib/assessment/store";
import { listSnapshotRows, readStrategies } from "@/lib/catalog/store";
import type { AnalyticView, HistoryRow, StageFills, StripCell, TechniqueStatement } from "@/lib/reports/analytic-view";
import { listPackRows } from "@/lib/detection/packs/store";
import { listStatements } from "@/lib/inventory/statements/store";
import { listSegments } from "@/lib/inventory/store";
import { analyticPack, chainEdges } from "@/lib/reports/analytic-pack";
import { analyticVerdict } from "@/lib/reports/analytic-verdict";
import { platformsOfAnalytic } from "@/lib/inventory/platforms";
import { chooseSegment } from "@/lib/reports/choose-segment";
import { toStageFills, toStageRecord } from "@/lib/reports/stage-record";
import type { ShownAnalytic } from "@/lib/reports/describe-catalog-object";
import { assessmentLabel } from "@/lib/reports/shell-view";
import { SightlineError } from "@/lib/shared/errors";
import { isAbout } from "@/lib/telemetry/fill-shape";
import { requiredFields } from "@/lib/telemetry/required-fields";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readPinnedJson } from "./evidence/read-pinned-json";
import { getAnalyticTests } from "./get-analytic-tests";
import { getAnalyticTuning } from "./get-analytic-tuning";
import { getAnalyticRules } from "./get-analytic-rules";
import { getRawObject } from "./get-raw-object";
import { listDatasets } from "./list-datasets";
import { listExamples } from "./list-examples";
import { showCatalogObjects } from "./show-catalog-objects";
import { streamCells } from "./stream-cells";

const EXAMPLES = 20;
const HISTORY = 9;

export interface AnalyticQuery {
  readonly id: string;
  readonly assessment: number | null;
  readonly segment: string | null; // id
  readonly stage: number | null; // 1-based
}

/**
 * The page of one analytic: its definition, the answer in one segment with its requirement chain and raw records, every other
 * segment beside it, and how it stood in earlier assessments.
 *
 * @throws SightlineError NOT_FOUND for an unknown analytic or assessment
 */
export async function getAnalyticView(ctx: OperationContext, query: AnalyticQuery): Promise<AnalyticView> {
  authorize(ctx, "assessment.read", "none");
  const analytic = await findAnalytic(ctx, query.id);
  const row = await findAssessmentRow(ctx.db, query.assessment);
  if (row === null && query.assessment !== null) throw new SightlineError("NOT_FOUND", `There is no assessment ${query.assessment}.`);
  const snapshot = (await listSnapshotRows(ctx.db)).find(({ domain, release }) => domain === analytic.domain && release === analytic.release);
  const raw = snapshot ? await getRawObject(ctx, { snapshotId: snapshot.id, stixId: analytic.stixId }) : null;
  const siblings = snapshot && analytic.strategy ? ((await readStrategies(ctx.db, snapshot.id, [analytic.strategy.id]))[0]?.analytics ?? []) : [];
  const statements = await statementsOf(ctx, analytic);
  const applied = async (segmentId: string | null) => {
    const asked = { analytic: analytic.id, platforms: platformsOfAnalytic(analytic), segmentId };
    return { tests: await getAnalyticTests(ctx, asked), tuning: await getAnalyticTuning(ctx, asked) };
  };
  const rules = await getAnalyticRules(ctx, analytic.id);
  const packs = await listPackRows(ctx.db, { analytics: [analytic.id] });
  const inForce = packs.find(({ current }) => current);
  const empty = { analytic, statements, rules, pack: inForce === undefined ? null : analyticPack(inForce), edges: [], strip: [], chosen: null, verdict: null, stage: null, records: [], measured: [], fills: [], assessments: [], history: [], raw: { text: raw?.text ?? null, sha256: raw?.rawSha256 ?? null } };
  if (row === null) return { ...empty, ...(await applied(query.segment)) };

  const segments = (await readAssessmentSegments(ctx.db, row.id)).filter((segment) => ctx.segments === "all" || ctx.segments.includes(segment.id));
  const strip = await stripOf(ctx, row, segments, analytic.id, siblings);
  const own = segments.filter(({ id }) => strip.some((cell) => cell.segmentId === id && cell.analytic === analytic.id));
  const asked = query.segment ?? chooseSegment(own.map(({ id, name, doc }) => ({ id, name, criticality: doc.criticality, platforms: doc.platforms })), platformsOfAnalytic(analytic))?.id;
  const target = strip.find((cell) => cell.segmentId === asked);
  const { assessments, history } = await historyOf(ctx, row, analytic.id);
  if (!target || target.analytic !== analytic.id) return { ...empty, ...(await applied(null)), strip, assessments, history };

  const cell = await readCell(ctx, row.id, analytic.id, target.segmentId);
  const examples = await Promise.all(cell.requirements.map(({ kind }) => (kind === null ? [] : listExamples(ctx, { segmentId: target.segmentId, kinds: [kind], limit: EXAMPLES }))));
  const fieldsOf = cell.requirements.map(({ kind, component }) => (kind === null ? { required: [], anyOf: [] } : requiredFields(component.id, kind)));
  const stage = query.stage !== null && cell.requirements[query.stage - 1] ? query.stage - 1 : firstWithRecords(examples);
  const datasets = new Map((await listDatasets(ctx, { segmentId: target.segmentId })).map((dataset) => [dataset.id, dataset]));
  const pinned = (cell.source === "pack" || cell.requirements.some(({ kind }) => kind !== null)) && (await ctx.files.has(row.inputDigest)) ? await readPinnedJson(ctx.files, row.inputDigest) : null;
  const drawnBy = pinnedPack(pinned, analytic.id)?.version;
  const openKind = stage === null ? null : (cell.requirements[stage]?.kind ?? null);
  return {
    ...empty,
    ...(await applied(target.segmentId)),
    strip,
    edges: chainEdges(cell, packs.find(({ version }) => version === drawnBy)?.manifest ?? null),
    chosen: { segmentId: target.segmentId, segment: target.segment, cell },
    verdict: analyticVerdict(cell, target.segment),
    stage,
    records: stage === null ? [] : (examples[stage] ?? []).filter((example) => isAbout(fieldsOf[stage]?.objects, example.objectClass)).flatMap((example) => toStageRecord(example, datasets.get(example.dataset), fieldsOf[stage] ?? { required: [], anyOf: [] }) ?? []),
    measured: openKind === null ? [] : measuredOf(pinned, target.segmentId, openKind),
    fills: fillsOf(pinned, { analytic: analytic.id, segment: target.segmentId, kinds: cell.requirements.map(({ kind }) => kind) }),
    assessments,
    history,
  };
}

/** Scores of the analytic's techniques, of segments that the actor may see and of the whole fleet. */
async function statementsOf(ctx: OperationContext, analytic: ShownAnalytic): Promise<TechniqueStatement[]> {
  const found = await listStatements(ctx.db, analytic.domain, analytic.techniques.map(({ id }) => id));
  if (found.length === 0) return [];
  const names = new Map((await listSegments(ctx.db)).map(({ id, name }) => [id, name]));
  return found
    .filter(({ segmentId }) => segmentId === null || ctx.segments === "all" || ctx.segments.includes(segmentId))
    .map(({ segmentId, ...statement }) => ({ ...statement, segment: segmentId === null ? null : (names.get(segmentId) ?? null) }));
}

function firstWithRecords(examples: readonly (readonly unknown[])[]): number | null {
  const found = examples.findIndex((list) => list.length > 0);
  return found >= 0 ? found : examples.length > 0 ? 0 : null;
}

/** What the assessment itself counted: its pinned input is read again, so a later import changes nothing here. */
function fillsOf(pinned: unknown, ask: { readonly analytic: string; readonly segment: string; readonly kinds: readonly (string | null)[] }): (StageFills | null)[] {
  const kinds = ask.kinds.filter((kind) => kind !== null);
  const input = narrowInput(pinned, { ...ask, kinds });
  return input === null ? ask.kinds.map(() => null) : fillCounts(input, ask).map((counts) => counts && toStageFills(counts));
}

async function findAnalytic(ctx: OperationContext, id: string): Promise<ShownAnalytic> {
  const [shown] = await showCatalogObjects(ctx, { ids: [id] });
  if (!shown || !("mutableElements" in shown)) throw new SightlineError("NOT_FOUND", `${id} is not an analytic.`);
  return shown;
}

/** One cell per segment: the analytic's own, or that of the sibling which covers the segment's platform. */
async function stripOf(ctx: OperationContext, row: AssessmentRow, segments: readonly AssessmentSegmentRow[], id: string, siblings: readonly string[]): Promise<StripCell[]> {
  const cells = new Map<string, CellJson[]>();
  for (const analytic of new Set([id, ...siblings])) {
    try {
      for await (const cell of streamCells(ctx, { assessment: row.id, analytic })) if (cell.status !== "not-applicable") cells.set(cell.segment, [...(cells.get(cell.segment) ?? []), cell]);
    } catch (error) {
      // An analytic newer or older than the assessed release has no cells there.
      if (!(error instanceof SightlineError && error.code === "NOT_FOUND")) throw error;
    }
  }
  return segments.flatMap((segment): StripCell[] => {
    const found = cells.get(segment.name) ?? [];
    const cell = found.find((entry) => entry.analytic === id) ?? found[0];
    if (!cell) return [];
    const critical = cell.requirements.filter((requirement) => requirement.critical);
    return [{ segmentId: segment.id, segment: segment.name, analytic: cell.analytic, status: cell.status, flags: cell.flags, met: critical.filter((requirement) => requirement.met !== null).length, of: critical.length }];
  });
}

async function readCell(ctx: OperationContext, assessment: number, analytic: string, segment: string): Promise<CellJson> {
  for await (const cell of streamCells(ctx, { assessment, analytic, segment })) return cell;
  throw new SightlineError("NOT_FOUND", "There is no such cell.");
}

async function historyOf(ctx: OperationContext, current: AssessmentRow, id: string): Promise<{ assessments: AnalyticView["assessments"]; history: HistoryRow[] }> {
  const rows = (await listAssessmentRows(ctx.db)).filter((row) => row.id <= current.id && (row.id === current.id || !row.runLater)).slice(0, HISTORY).reverse();
  const loaded = await Promise.all(rows.map(async (row) => ({ segments: await readAssessmentSegments(ctx.db, row.id), cells: await readCells(ctx.db, row.id, { analytics: [id] }) })));
  const names = new Map<string, string>();
  for (const { segments, cells } of loaded) for (const segment of segments) if ((ctx.segments === "all" || ctx.segments.includes(segment.id)) && cells.some((cell) => cell.segment === segment.position)) names.set(segment.id, segment.name);
  return {
    assessments: rows.map((row) => ({ id: row.id, label: assessmentLabel(row.id), at: Date.parse(row.at) })),
    history: [...names].map(([segmentId, segment]) => ({
      segmentId,
      segment,
      cells: loaded.map(({ segments, cells }) => {
        const position = segments.find((entry) => entry.id === segmentId)?.position;
        const cell = cells.find((entry) => entry.segment === position);
        return cell ? { status: cell.status, flags: cell.flags } : null;
      }),
    })),
  };
}
