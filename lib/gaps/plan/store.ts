import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { digestOf } from "@/lib/shared/digest";
import { costSettingsSchema, DEFAULT_COSTS, type CostSettings } from "../costs";
import { planDocSchema, type PlanDoc } from "./plan-doc";
import { scenarioChoicesSchema, scenarioOutcomeSchema, type ScenarioChoices, type ScenarioOutcome } from "./scenario";

/** Writes and reads PlanCosts, PlanScenario and PlanFrontier. Nothing else writes them. */

export interface CostsVersion {
  readonly version: number; // 0: Sightline's estimates alone
  readonly settings: CostSettings;
  readonly digest: string;
  readonly at: Date | null; // when it was written; null: version 0
}

/** What is stated of costs now. */
export async function readCosts(db: Db | Tx): Promise<CostsVersion> {
  const row = await db.planCosts.findFirst({ orderBy: { version: "desc" } });
  return row === null ? { version: 0, settings: DEFAULT_COSTS, digest: digestOf(DEFAULT_COSTS), at: null } : { version: row.version, settings: costSettingsSchema.parse(row.doc), digest: row.digest, at: row.createdAt };
}

/** Writes the next version. @returns its number */
export async function insertCosts(tx: Tx, settings: CostSettings, by: { readonly at: Date; readonly actor: string; readonly reason: string }): Promise<number> {
  const version = (await readCosts(tx)).version + 1;
  await tx.planCosts.create({ data: { version, doc: settings, digest: digestOf(settings), reason: by.reason, createdAt: by.at, createdBy: by.actor } });
  return version;
}

/** Who changed the costs and why, newest first. */
export async function listCostVersions(db: Db | Tx): Promise<{ readonly version: number; readonly at: string; readonly by: string; readonly reason: string }[]> {
  const rows = await db.planCosts.findMany({ orderBy: { version: "desc" }, select: { version: true, createdAt: true, createdBy: true, reason: true } });
  return rows.map((row) => ({ version: row.version, at: row.createdAt.toISOString(), by: row.createdBy, reason: row.reason }));
}

/** Takes back the versions that one actor wrote, when what he wrote them for goes. */
export async function deleteCostsOf(tx: Tx, actor: string): Promise<number> {
  return (await tx.planCosts.deleteMany({ where: { createdBy: actor } })).count;
}

/** A traced frontier; null: nobody has traced it, or another version of this program has. */
export async function readFrontier(db: Db | Tx, key: string): Promise<{ readonly doc: PlanDoc; readonly at: string } | null> {
  const row = await db.planFrontier.findUnique({ where: { key } });
  const doc = row === null ? null : planDocSchema.safeParse(row.doc).data;
  return row === null || !doc ? null : { doc, at: row.createdAt.toISOString() };
}

/** Whether a frontier is kept under a key. */
export async function hasFrontier(db: Db | Tx, key: string): Promise<boolean> {
  return (await db.planFrontier.count({ where: { key } })) > 0;
}

const LOCK = 72707376; // until the transaction ends: two job processes never find the same frontier due

/** Whoever decides that a frontier is due takes this first. */
export async function lockFrontiers(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
}

/** Keeps a frontier, and only the newest of an assessment. */
export async function writeFrontier(tx: Tx, key: string, assessmentId: number, doc: PlanDoc, at: Date): Promise<void> {
  await tx.planFrontier.deleteMany({ where: { OR: [{ key }, { assessmentId }] } });
  await tx.planFrontier.create({ data: { key, assessmentId, doc, createdAt: at } });
}

/** Frontiers of assessments that are gone. */
export async function deleteFrontiersBut(tx: Tx): Promise<void> {
  const kept = await tx.assessment.findMany({ select: { id: true } });
  await tx.planFrontier.deleteMany({ where: { assessmentId: { notIn: kept.map(({ id }) => id) } } });
}

export interface ScenarioRow {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly assessmentId: number;
  readonly choices: ScenarioChoices;
  readonly outcome: ScenarioOutcome;
  readonly at: string;
  readonly by: string;
}

/** Saved scenarios, newest first. */
export async function listScenarios(db: Db | Tx): Promise<ScenarioRow[]> {
  const rows = await db.planScenario.findMany({ orderBy: [{ createdAt: "desc" }, { id: "asc" }] });
  return rows.map((row) => ({ id: row.id, name: row.name, note: row.note, assessmentId: row.assessmentId, choices: scenarioChoicesSchema.parse(row.choices), outcome: scenarioOutcomeSchema.parse(row.outcome), at: row.createdAt.toISOString(), by: row.createdBy }));
}

/** Whether a scenario of this folded name is there. */
export async function hasScenario(db: Db | Tx, nameKey: string): Promise<boolean> {
  return (await db.planScenario.count({ where: { nameKey } })) > 0;
}

/** Writes a scenario. @returns its id */
export async function insertScenario(tx: Tx, draft: { readonly name: string; readonly nameKey: string; readonly note: string; readonly assessmentId: number; readonly choices: ScenarioChoices; readonly outcome: ScenarioOutcome; readonly demo: boolean }, by: { readonly at: Date; readonly actor: string }): Promise<string> {
  const row = await tx.planScenario.create({ data: { ...draft, choices: z.json().parse(draft.choices) ?? [], outcome: draft.outcome, createdAt: by.at, createdBy: by.actor }, select: { id: true } });
  return row.id;
}

/** @returns the name of the one that is gone; null: there was none */
export async function deleteScenario(tx: Tx, id: string): Promise<string | null> {
  const row = await tx.planScenario.findUnique({ where: { id }, select: { name: true } });
  if (row !== null) await tx.planScenario.delete({ where: { id } });
  return row?.name ?? null;
}

/** Those of the demonstration. */
export async function deleteDemoScenarios(tx: Tx): Promise<number> {
  return (await tx.planScenario.deleteMany({ where: { demo: true } })).count;
}
