import { z } from "zod";

const int = z.number().int();
const measure = z.object({ value: int.nullable(), low: int.nullable(), high: int.nullable(), k: int, n: int });

export const MARK_KINDS = ["engine", "release", "fleet", "policy", "imports"] as const;

/** What moved the ground under a number since the point before, or what arrived. */
const markSchema = z.object({ kind: z.enum(MARK_KINDS), text: z.string() });
export type TrendMark = z.infer<typeof markSchema>;

const head = { assessment: int, label: z.string(), at: z.iso.datetime(), ranAt: z.iso.datetime() };
const pointSchema = z.object({
  ...head,
  releases: z.record(z.string(), z.string()),
  policy: int,
  engine: z.string(),
  hosts: int,
  segments: int,
  observed: measure, // by weights and reach
  uniform: measure, // each cell counted once
  validated: measure,
  marks: z.array(markSchema),
});
export type TrendPointRow = z.infer<typeof pointSchema>;

/** What `trend --json` prints, and the page shows: points oldest first. Shares in millionths, k cells of n applicable. */
export const trendSchema = z.object({
  segment: z.string().nullable(), // null: the fleet
  domains: z.array(z.string()), // what every assessment of it looked at: numbers of other domains are of other analytics
  choices: z.array(z.object({ domains: z.array(z.string()), assessments: int })), // what there is, most recent first
  points: z.array(pointSchema),
  excluded: z.array(z.object({ ...head, observed: measure })), // as of, run later: no points of a trend
});
export type TrendView = z.infer<typeof trendSchema>;
