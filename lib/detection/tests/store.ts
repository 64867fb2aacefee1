import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import type { ImportedAlert } from "./find-alerts";
import { ruleUsedSchema, TEST_ORIGINS, testDetailSchema, type DetectionTest, type TestRun } from "./detection-test";

/** Writes and reads DetectionTest and TestRun: nothing else does. Runs are only ever added; a removed test keeps its row. */

export type TestDraft = Pick<DetectionTest, "analytic" | "segmentId" | "positive" | "negative">;

/** Attaches a test. @returns its id */
export async function insertTest(tx: Tx, draft: TestDraft, by: { readonly at: Date; readonly actor: string }): Promise<string> {
  const { analytic, segmentId, positive, negative } = draft;
  const row = await tx.detectionTest.create({
    data: {
      analytic,
      segmentId,
      positiveDigest: positive.digest,
      positiveName: positive.name,
      positiveFormat: positive.format,
      positiveHost: positive.host,
      positiveOrigin: positive.origin,
      negativeDigest: negative.digest,
      negativeName: negative.name,
      negativeFormat: negative.format,
      negativeHost: negative.host,
      createdAt: by.at,
      createdBy: by.actor,
    },
    select: { id: true },
  });
  return row.id;
}

/** Takes a test out of every later assessment. @returns false when it was removed before, or never was */
export async function markTestRemoved(tx: Tx, id: string, by: { readonly at: Date; readonly actor: string }): Promise<boolean> {
  return (await tx.detectionTest.updateMany({ where: { id, removedAt: null }, data: { removedAt: by.at, removedBy: by.actor } })).count === 1;
}

export interface TestFilter {
  readonly id?: string;
  readonly analytic?: string;
  readonly segmentIds?: "all" | readonly string[];
  readonly removed?: boolean; // those too
}

/** Tests by analytic, segment and age. */
export async function listTests(db: Db | Tx, { id, analytic, segmentIds = "all", removed = false }: TestFilter = {}): Promise<DetectionTest[]> {
  const rows = await db.detectionTest.findMany({
    where: { ...(id === undefined ? {} : { id }), ...(analytic === undefined ? {} : { analytic }), ...(segmentIds === "all" ? {} : { segmentId: { in: [...segmentIds] } }), ...(removed ? {} : { removedAt: null }) },
    orderBy: [{ analytic: "asc" }, { segmentId: "asc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map(
    (row): DetectionTest => ({
      id: row.id,
      analytic: row.analytic,
      segmentId: row.segmentId,
      positive: { digest: row.positiveDigest, name: row.positiveName, format: row.positiveFormat, host: row.positiveHost, origin: z.enum(TEST_ORIGINS).parse(row.positiveOrigin) },
      negative: { digest: row.negativeDigest, name: row.negativeName, format: row.negativeFormat, host: row.negativeHost },
      createdAt: row.createdAt.toISOString(),
      createdBy: row.createdBy,
      removed: row.removedAt === null ? null : { at: row.removedAt.toISOString(), by: row.removedBy ?? "" },
    }),
  );
}

/** Writes a run. @returns its id */
export async function insertRun(tx: Tx, run: Omit<TestRun, "id" | "at"> & { readonly at: Date }): Promise<string> {
  const { testId, at, actor, passed, matchedIn, inputDigest, engine, rules, detail } = run;
  return (await tx.testRun.create({ data: { testId, at, actor, passed, matchedIn, inputDigest, engine, rules: [...rules], detail }, select: { id: true } })).id;
}

/** All runs of tests, oldest first. */
export async function listRuns(db: Db | Tx, testIds: readonly string[]): Promise<TestRun[]> {
  if (testIds.length === 0) return [];
  const rows = await db.testRun.findMany({ where: { testId: { in: [...testIds] } }, orderBy: [{ at: "asc" }, { id: "asc" }] });
  return rows.map(
    (row): TestRun => ({
      id: row.id,
      testId: row.testId,
      at: row.at.toISOString(),
      actor: row.actor,
      passed: row.passed,
      matchedIn: z.enum(["engine", "siem"]).nullable().parse(row.matchedIn),
      inputDigest: row.inputDigest,
      engine: row.engine,
      rules: z.array(ruleUsedSchema).parse(row.rules),
      detail: testDetailSchema.parse(row.detail),
    }),
  );
}

/** Alerts that SIEMs raised for these rules (rows of lib/detection/siem, read here only). */
export async function listAlertsOfRules(db: Db | Tx, rules: readonly { readonly id: string; readonly title: string }[]): Promise<ImportedAlert[]> {
  if (rules.length === 0) return [];
  const titles = new Map(rules.map(({ id, title }) => [id, title]));
  const rows = await db.siemAlert.findMany({ where: { ruleId: { in: [...titles.keys()] } }, select: { ruleId: true, system: true, host: true, at: true }, orderBy: [{ at: "asc" }, { id: "asc" }] });
  return rows.flatMap(({ ruleId, system, host, at }) => (ruleId === null ? [] : [{ ruleId, title: titles.get(ruleId) ?? "", system, host, at: at.getTime() }]));
}
