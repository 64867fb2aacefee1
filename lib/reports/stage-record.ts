import type { FillCounts } from "@/lib/assessment/fill-counts";
import type { DatasetView } from "@/lib/events/dataset-types";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import type { FieldRequirement } from "@/lib/telemetry/types";
import type { StageFills, StageRecord } from "./analytic-view";

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

/** Fill counts with the fields in Sigma's names; of an anyOf group, any one of its fields. */
export function toStageFills({ records, fields }: FillCounts): StageFills {
  return { records, fields: fields.map((group) => ({ field: group.fields.join(" or "), sigma: group.fields.map(sigmaOf).join(" or "), filled: group.filled, redacted: group.redacted })) };
}
