import { z } from "zod";
import { cellJsonSchema } from "@/lib/assessment/cell-json";
import { measureJsonSchema, numbersJsonSchema, reportJsonSchema } from "@/lib/assessment/report-json";
import { policySchema } from "@/lib/assessment/scoring-input";
import { JOB_STATES } from "@/lib/jobs/job-types";
import { problemSchema } from "./problem";

/** Names of the shapes that stand once in the document and are referred to from there. */
export const namedSchemas = z.registry<{ id: string }>();

function named<S extends z.ZodType>(id: string, schema: S): S {
  namedSchemas.add(schema, { id });
  return schema;
}

named("Problem", problemSchema);
named("Measure", measureJsonSchema);
named("Numbers", numbersJsonSchema);
named("Report", reportJsonSchema);
named("Policy", policySchema);
named("Cell", cellJsonSchema);

const instant = z.iso.datetime();

export const assessmentSchema = named(
  "Assessment",
  z.object({
    id: z.int(),
    at: instant.describe("the time T that the evidence is judged at"),
    ranAt: instant,
    runLater: z.boolean().describe("T and the run are more than 24 hours apart: labelled and outside the trend"),
    actor: z.string(),
    domains: z.array(z.string()),
    releases: z.record(z.string(), z.string()),
    policyVersion: z.int(),
    engine: z.string(),
    inputDigest: z.string(),
    resultDigest: z.string(),
    demo: z.boolean(),
  }),
);

export const jobSchema = named(
  "Job",
  z.object({
    id: z.string(),
    kind: z.string(),
    title: z.string(),
    state: z.enum(JOB_STATES),
    progress: z.object({ done: z.number(), total: z.number().nullable(), text: z.string() }),
    result: z.unknown().describe("what the job made once it is done: of an assessment, its number"),
    error: z.string().nullable(),
    attempts: z.int(),
    cancelRequested: z.boolean(),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    actor: z.string(),
  }),
);

export const segmentSchema = named(
  "Segment",
  z.object({
    id: z.string(),
    name: z.string(),
    platforms: z.array(z.object({ name: z.string(), hosts: z.int().nullable() })),
    assets: z.int(),
    criticality: z.int(),
    owner: z.string(),
    tags: z.array(z.string()),
    timeZone: z.string().nullable(),
    target: z.object({ value: z.int().describe("millionths"), date: z.string().nullable(), owner: z.string() }).nullable(),
    demo: z.boolean(),
    createdAt: instant,
    updatedAt: instant,
    retiredAt: instant.nullable(),
  }),
);

/** An assessment in the path: its number, or the newest. */
export const assessmentParameter = z.strictObject({ assessment: z.string().regex(/^(latest|[1-9]\d{0,8})$/, 'is a number such as 42, or "latest"').describe('number of an assessment, or "latest"') });

/** The id that operations take: null for the newest. */
export function assessmentId(text: string): number | null {
  return text === "latest" ? null : Number(text);
}

/** What a table that is sent is called: in the audit log, and in what is refused. */
export const fileNameParameter = z.string().min(1).max(200).describe("what the table is called in the audit log and in refusals").default("table.csv");
