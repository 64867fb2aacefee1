import { toCellJson, type CellJson } from "@/lib/assessment/cell-json";
import { fillCounts } from "@/lib/assessment/fill-counts";
import { measuredOf } from "@/lib/assessment/measured-of";
import { narrowInput } from "@/lib/assessment/narrow-input";
import { pinnedPack } from "@/lib/assessment/pinned-pack";
import { findAssessmentRow, listAssessmentRows, readAnalyticHistory, readAnalyticIds, readCellDocuments, readCells, readLineStands, readSegmentHeads, type AssessmentRow, type AssessmentSegmentHead } from "@/lib/assessment/store";
import type { CellRow } from "@/lib/assessment/stored-cells";
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
import { readInputPart } from "./assessment/read-input-part";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getAnalyticTests } from "./get-analytic-tests";
import { getAnalyticTuning } from "./get-analytic-tuning";
import { getAnalyticRules } from "./get-analytic-rules";
import { getRawObject } from "./get-raw-object";
import { listDatasets } from "./list-datasets";
import { listExamples } from "./list-examples";
import { showCatalogObjects } from "./show-catalog-objects";

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
  const [analytic, row, snapshots] = await Promise.all([findAnalytic(ctx, query.id), findAssessmentRow(ctx.db, query.assessment), listSnapshotRows(ctx.db)]);
  if (row === null && query.assessment !== null) throw new SightlineError("NOT_FOUND", `There is no assessment ${query.assessment}.`);
  const snapshot = snapshots.find(({ domain, release }) => domain === analytic.domain && release === analytic.release);
  const applied = async (segmentId: string | null) => {
    const asked = { analytic: analytic.id, platforms: platformsOfAnalytic(analytic), segmentId };
    const [tests, tuning] = await Promise.all([getAnalyticTests(ctx, asked), getAnalyticTuning(ctx, asked)]);
    return { tests, tuning };
  };
  const [raw, strategies, statements, rules, packs] = await Promise.all([
    snapshot ? getRawObject(ctx, { snapshotId: snapshot.id, stixId: analytic.stixId }) : null,
    snapshot && analytic.strategy ? readStrategies(ctx.db, snapshot.id, [analytic.strategy.id]) : [],
    statementsOf(ctx, analytic),
    getAnalyticRules(ctx, analytic.id),
    listPackRows(ctx.db, { analytics: [analytic.id] }),
  ]);
  const siblings = strategies[0]?.analytics ?? [];
  const inForce = packs.find(({ current }) => current);
  const empty = { analytic, statements, rules, pack: inForce === undefined ? null : analyticPack(inForce), edges: [], strip: [], chosen: null, notAsked: null, verdict: null, stage: null, records: [], measured: [], fills: [], assessments: [], history: [], raw: { text: raw?.text ?? null, sha256: raw?.rawSha256 ?? null } };
  if (row === null) return { ...empty, ...(await applied(query.segment)) };

  const [heads, { assessments, history }] = await Promise.all([readSegmentHeads(ctx.db, row.id), historyOf(ctx, row, analytic.id)]);
  const segments = heads.filter((segment) => ctx.segments === "all" || ctx.segments.includes(segment.id));
  const places = await placesOf(ctx, row, segments, analytic.id, siblings);
  const own = places.filter(({ cell }) => cell.analytic === analytic.id);
  const asked = query.segment ?? chooseSegment(own.map(({ segment }) => segment), platformsOfAnalytic(analytic))?.id;
  const target = own.find(({ segment }) => segment.id === asked);
  const [strip, cell, appliedThere] = await Promise.all([stripOf(ctx, places), target ? readCell(ctx, target) : null, applied(target?.segment.id ?? null)]);
  if (!target || cell === null) return { ...empty, ...appliedThere, notAsked: places.length > 0 ? null : await sayNotAsked(ctx, row, analytic), strip, assessments, history };

  const segmentId = target.segment.id;
  const examples = await Promise.all(cell.requirements.map(({ kind }) => (kind === null ? [] : listExamples(ctx, { segmentId, kinds: [kind], limit: EXAMPLES }))));
  const fieldsOf = cell.requirements.map(({ kind, component }) => (kind === null ? { required: [], anyOf: [] } : requiredFields(component.id, kind)));
  const stage = query.stage !== null && cell.requirements[query.stage - 1] ? query.stage - 1 : firstWithRecords(examples);
  const kinds = cell.requirements.flatMap(({ kind }) => kind ?? []);
  const [listed, pinned] = await Promise.all([
    listDatasets(ctx, { segmentId }),
    cell.source === "pack" || kinds.length > 0 ? readInputPart(ctx, row, { analytic: analytic.id, segment: segmentId, kinds }) : null,
  ]);
  const datasets = new Map(listed.map((dataset) => [dataset.id, dataset]));
  const drawnBy = pinnedPack(pinned, analytic.id)?.version;
  const openKind = stage === null ? null : (cell.requirements[stage]?.kind ?? null);
  return {
    ...empty,
    ...appliedThere,
    strip,
    edges: chainEdges(cell, packs.find(({ version }) => version === drawnBy)?.manifest ?? null),
    chosen: { segmentId, segment: target.segment.name, cell },
    verdict: analyticVerdict(cell, target.segment.name),
    stage,
    records: stage === null ? [] : (examples[stage] ?? []).filter((example) => isAbout(fieldsOf[stage]?.objects, example.objectClass)).flatMap((example) => toStageRecord(example, datasets.get(example.dataset), fieldsOf[stage] ?? { required: [], anyOf: [] }) ?? []),
    measured: openKind === null ? [] : measuredOf(pinned, segmentId, openKind),
    fills: fillsOf(pinned, { analytic: analytic.id, segment: segmentId, kinds: cell.requirements.map(({ kind }) => kind) }),
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

async function sayNotAsked(ctx: OperationContext, { id, releases }: AssessmentRow, analytic: ShownAnalytic): Promise<string | null> {
  const release = releases[analytic.domain];
  if (release === undefined) return `${assessmentLabel(id)} left the ${analytic.domain} domain out.`;
  return (await readAnalyticIds(ctx.db, id)).includes(analytic.id) ? null : `${assessmentLabel(id)} asks ATT&CK ${analytic.domain} ${release}, which does not hold this analytic; it is shown as ${analytic.release} held it.`;
}

interface Place {
  readonly segment: AssessmentSegmentHead;
  readonly cell: CellRow;
}

/** One cell per segment, where one applies: the analytic's own, or that of the first sibling which covers the segment's platform. */
async function placesOf(ctx: OperationContext, row: AssessmentRow, segments: readonly AssessmentSegmentHead[], id: string, siblings: readonly string[]): Promise<Place[]> {
  const order = [...new Set([id, ...siblings])];
  const cells = new Map<number, CellRow>();
  const rankOf = (cell: CellRow): number => order.indexOf(cell.analytic);
  for (const cell of await readCells(ctx.db, row.id, { analytics: order })) {
    const known = cells.get(cell.segment);
    if (known === undefined || rankOf(cell) < rankOf(known)) cells.set(cell.segment, cell);
  }
  return segments.flatMap((segment) => {
    const cell = cells.get(segment.position);
    return cell === undefined ? [] : [{ segment, cell }];
  });
}

async function stripOf(ctx: OperationContext, places: readonly Place[]): Promise<StripCell[]> {
  const lines = await readLineStands(ctx.db, [...new Set(places.flatMap(({ cell }) => cell.lines))]);
  return places.map(({ segment, cell: { analytic, status, flags, lines: own } }): StripCell => {
    const critical = own.flatMap((line) => lines.get(line) ?? []).filter((line) => line.critical);
    return { segmentId: segment.id, segment: segment.name, analytic, status, flags, met: critical.filter(({ met }) => met).length, of: critical.length };
  });
}

async function readCell(ctx: OperationContext, { segment, cell }: Place): Promise<CellJson> {
  const { heads, lines } = await readCellDocuments(ctx.db, [cell]);
  const head = heads.get(cell.detailId);
  if (head === undefined) throw new SightlineError("NOT_FOUND", "There is no such cell.");
  return toCellJson({ ...cell, segment: segment.name, head, requirements: cell.lines.flatMap((line) => lines.get(line) ?? []) });
}

async function historyOf(ctx: OperationContext, current: AssessmentRow, id: string): Promise<{ assessments: AnalyticView["assessments"]; history: HistoryRow[] }> {
  const rows = (await listAssessmentRows(ctx.db)).filter((row) => row.id <= current.id && (row.id === current.id || !row.runLater)).slice(0, HISTORY).reverse();
  const column = new Map(rows.map((row, index) => [row.id, index]));
  const segments = new Map<string, { segment: string; readonly cells: HistoryRow["cells"][number][] }>();
  for (const { assessment, segmentId, segment, status, flags } of await readAnalyticHistory(ctx.db, rows.map((row) => row.id), id)) {
    if (ctx.segments !== "all" && !ctx.segments.includes(segmentId)) continue;
    let known = segments.get(segmentId);
    if (known === undefined) segments.set(segmentId, (known = { segment, cells: rows.map(() => null) }));
    known.segment = segment; // its newest name
    known.cells[column.get(assessment) ?? -1] = { status, flags };
  }
  return { assessments: rows.map((row) => ({ id: row.id, label: assessmentLabel(row.id), at: Date.parse(row.at) })), history: [...segments].map(([segmentId, row]) => ({ segmentId, ...row })) };
}
