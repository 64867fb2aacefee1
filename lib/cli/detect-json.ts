import { z } from "zod";

/** The document that `detect --json` prints. */
export const detectJsonSchema = z.object({
  inputs: z.array(z.object({ file: z.string(), format: z.string().nullable(), first: z.number().int(), records: z.number().int(), refused: z.number().int(), error: z.string().optional() })),
  rules: z.array(
    z.object({
      file: z.string(),
      id: z.string().nullable(),
      title: z.string().nullable(),
      status: z.enum(["ok", "refused"]),
      error: z.string().optional(), // why refused, with line, column and remedy
      kind: z.enum(["rule", "correlation", "filter"]).nullable(), // null: refused before it was known
      line: z.number().int().nullable().optional(),
      column: z.number().int().nullable().optional(),
      author: z.string().nullable().optional(), // the licence of public rules asks that it stays with them
      unrouted: z.boolean().optional(), // no known kind of record has its logsource
      warnings: z.array(z.string()).optional(),
    }),
  ),
  matches: z.array(z.object({ rule: z.number().int(), event: z.number().int() })),
  correlations: z.array(z.object({ title: z.string(), events: z.array(z.number().int()), at: z.number().int(), rule: z.number().int(), group: z.record(z.string(), z.string()) })),
  unanswered: z.array(z.object({ kind: z.string(), field: z.string(), state: z.enum(["field-unmapped", "field-empty"]), records: z.number().int(), rules: z.array(z.number().int()) })), // fields that these rules ask for and none of so many records of the kind answers
  untimed: z.number().int(), // matched a correlated rule and have no usable time: no correlation saw them
});
export type DetectJson = z.infer<typeof detectJsonSchema>;
