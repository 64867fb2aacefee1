import type { DatasetView } from "@/lib/events/dataset-types";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import type { FieldRequirement } from "@/lib/telemetry/types";
import type { FieldFill, StageRecord } from "./analytic-view";

interface Example {
  readonly dataset: string;
  readonly number: number;
  readonly kind: string;
  readonly host: string;
  readonly time: string | null;
  readonly offset: number;
  readonly raw: string;
  readonly fields: unknown;
}

function entriesOf(fields: unknown): [string, string][] {
  return typeof fields === "object" && fields !== null ? Object.entries(fields).map(([field, value]) => [field, typeof value === "string" ? value : JSON.stringify(value)]) : [];
}

function sigmaOf(field: string): string {
  return CANONICAL_FIELDS.get(field)?.sigma ?? field;
}

/** A kept record with where it stands; null when its dataset is gone. Required fields come first. */
export function toStageRecord(example: Example, dataset: DatasetView | undefined, wanted: FieldRequirement): StageRecord | null {
  if (!dataset) return null;
  const needed = new Set([...wanted.required, ...wanted.anyOf.flat()]);
  const fields = entriesOf(example.fields).map(([field, value]) => ({ field, sigma: sigmaOf(field), value, required: needed.has(field) }));
  const { number, offset, host, time, kind, raw } = example;
  return {
    datasetId: dataset.id,
    fileName: dataset.fileName,
    digest: dataset.contentDigest,
    format: dataset.format,
    importedAt: dataset.importedAt,
    importedBy: dataset.importedBy,
    ...{ number, offset, host, time, kind, raw },
    fields: [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)],
  };
}

/** How many of the kept examples fill each required field; of an anyOf group, any one of its fields. */
export function countFills(examples: readonly Example[], wanted: FieldRequirement): FieldFill[] {
  const filled = examples.map((example) => new Set(entriesOf(example.fields).map(([field]) => field)));
  const count = (group: readonly string[]) => filled.filter((fields) => group.some((field) => fields.has(field))).length;
  return [...wanted.required.map((field) => [field]), ...wanted.anyOf].map((group) => ({ field: group.join(" or "), sigma: group.map(sigmaOf).join(" or "), filled: count(group) }));
}
