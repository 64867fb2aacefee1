import { z } from "zod";
import { appliedOverrideSchema, joinVerdictSchema } from "./scoring-input";
import type { DetailHead } from "./stored-result";
import { WHY_CODES, type AlternativeResult, type RequirementResult } from "./scoring-result";
import { EVIDENCE_KINDS, FLAGS, STATUSES } from "./status";
import type { CellRow } from "./stored-cells";
import { validationSchema } from "./validation-of";

const count = z.number().int().nonnegative();
const line = {
  name: z.string(),
  channel: z.string(),
  evidence: z.enum(EVIDENCE_KINDS),
  met: z.enum(["as-cited", "equivalent"]).nullable(),
  records: count,
  hosts: count,
  newest: z.iso.datetime().nullable(),
  why: z.string(),
  whyCode: z.enum(WHY_CODES),
  family: z.string(),
  basis: z.enum(["curated", "channel", "component"]),
  kind: z.string().nullable(),
  override: appliedOverrideSchema.optional(), // basis "curated" by an engineer's override, with its reason
};

export const alternativeJsonSchema = z.object(line);

/** R of the interfaces: the top-level fields are those of the best alternative. */
export const requirementJsonSchema = z.object({
  component: z.object({ id: z.string(), name: z.string() }),
  ...line,
  hostsTotal: count,
  critical: z.boolean(),
  flags: z.array(z.enum(FLAGS)),
  alternatives: z.array(alternativeJsonSchema),
});

/** One cell as `cells --json` prints it. score and reach in millionths; segment by name; reason: why it does not apply or cannot be assessed. */
export const cellJsonSchema = z.object({
  analytic: z.string(),
  segment: z.string(),
  status: z.enum(STATUSES),
  score: count.nullable(),
  reach: count,
  source: z.enum(["attack", "pack"]),
  asPublished: z.object({ status: z.enum(STATUSES) }).optional(), // source "pack": the status by ATT&CK's own references
  matchedIn: z.enum(["engine", "siem"]).optional(),
  flags: z.array(z.enum(FLAGS)),
  reason: z.string(),
  requirements: z.array(requirementJsonSchema),
  joins: z.array(joinVerdictSchema).optional(),
  validation: validationSchema.optional(), // what the cell's tests say; absent: it has none. Times in ms
});
export type CellJson = z.infer<typeof cellJsonSchema>;
export type RequirementJson = z.infer<typeof requirementJsonSchema>;

/** A stored cell with the words that it points to. */
export interface CellFacts extends Omit<CellRow, "segment" | "detailId" | "lines"> {
  readonly segment: string; // name
  readonly head: DetailHead;
  readonly requirements: readonly RequirementResult[];
}

/** An applicable cell in its published shape. */
export function toCellJson(cell: CellFacts): CellJson {
  const { analytic, segment, status, score, reach, head } = cell;
  return {
    analytic,
    segment,
    status,
    score,
    reach,
    source: head.source,
    ...(head.asPublished === undefined ? {} : { asPublished: { status: head.asPublished } }),
    ...(cell.matchedIn === null ? {} : { matchedIn: cell.matchedIn }),
    flags: [...cell.flags],
    reason: head.reason,
    requirements: cell.requirements.map((requirement) => toRequirementJson(requirement, cell.hosts)),
    ...(head.joins.length === 0 ? {} : { joins: head.joins.map((join) => ({ ...join })) }),
    ...(head.validation === undefined ? {} : { validation: { ...head.validation } }),
  };
}

/** A cell that does not apply: a rule made it, so it has no requirements. */
export function toNotApplicableJson(analytic: string, segment: string, reason: string): CellJson {
  return { analytic, segment, status: "not-applicable", score: null, reach: 0, source: "attack", flags: [], reason, requirements: [] };
}

function toRequirementJson(requirement: RequirementResult, hostsTotal: number): RequirementJson {
  const alternatives = requirement.alternatives.map(toLine);
  const best = alternatives[requirement.best] ?? NOTHING;
  return { component: { ...requirement.component }, ...best, hostsTotal, critical: requirement.critical, flags: [...requirement.flags], alternatives };
}

function toLine(result: AlternativeResult): z.infer<typeof alternativeJsonSchema> {
  const { name, channel, evidence, met, records, hosts, newest, why, family, basis, kind, override } = result;
  return { name, channel, evidence, met, records, hosts, newest: newest === null ? null : new Date(newest).toISOString(), why: why.text, whyCode: why.code, family, basis, kind, ...(override === undefined ? {} : { override: { ...override, concerns: [...override.concerns] } }) };
}

/** The line of a requirement that names no log source. */
const NOTHING: z.infer<typeof alternativeJsonSchema> = {
  name: "",
  channel: "",
  evidence: "none",
  met: null,
  records: 0,
  hosts: 0,
  newest: null,
  why: "The analytic names no log source for this component.",
  whyCode: "source-absent",
  family: "unknown",
  basis: "component",
  kind: null,
};
