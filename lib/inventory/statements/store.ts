import { z } from "zod";
import { bulkInsert } from "@/lib/db/bulk-insert";
import type { Db, Tx } from "@/lib/db/client";
import type { Statement } from "../types";
import type { StatementPlan } from "./plan-statements";

/** Writes and reads StatementScore: what somebody said of a technique. Nothing else writes it. */

const aspectSchema = z.enum(["visibility", "detection"]);

/** All scores of one author in one domain. */
export async function listStatementsOf(db: Db | Tx, author: string, domain: string): Promise<Statement[]> {
  return (await db.statementScore.findMany({ where: { author, domain } })).map(toStatement);
}

/** Scores of these techniques, newest first; of live segments and of the whole fleet. */
export async function listStatements(db: Db | Tx, domain: string, techniques: readonly string[]): Promise<Statement[]> {
  const rows = await db.statementScore.findMany({
    where: { domain, technique: { in: [...techniques] }, OR: [{ segmentId: null }, { segment: { retiredAt: null } }] },
    orderBy: [{ technique: "asc" }, { aspect: "desc" }, { scoredOn: { sort: "desc", nulls: "last" } }, { author: "asc" }, { appliesTo: "asc" }],
  });
  return rows.map(toStatement);
}

/** Replaces what an author says of a domain by what the plan leaves of it. */
export async function writeStatements(tx: Tx, importId: string, plan: StatementPlan): Promise<void> {
  const { author, domain } = plan;
  await tx.statementScore.deleteMany({ where: { author, domain } });
  const columns = [
    ...["id", "importId", "segmentId", "author", "domain", "technique", "aspect", "appliesTo", "note"].map((name) => ({ name, type: "text" })),
    { name: "score", type: "int" },
    { name: "scoredOn", type: "date" },
  ];
  const rows = plan.items
    .filter(({ change }) => change !== "removed")
    .map(({ segmentId, statement: { technique, aspect, score, scoredOn, appliesTo, note } }) => ({ id: crypto.randomUUID(), importId, segmentId, author, domain, technique, aspect, appliesTo, note, score, scoredOn }));
  await bulkInsert(tx, "StatementScore", columns, rows);
}

interface Row {
  readonly author: string;
  readonly segmentId: string | null;
  readonly technique: string;
  readonly aspect: string;
  readonly score: number;
  readonly scoredOn: Date | null;
  readonly appliesTo: string;
  readonly note: string;
}

function toStatement({ author, segmentId, technique, aspect, score, scoredOn, appliesTo, note }: Row): Statement {
  return { author, segmentId, technique, aspect: aspectSchema.parse(aspect), score, scoredOn: scoredOn?.toISOString().slice(0, 10) ?? null, appliesTo, note };
}
