import { z } from "zod";
import { eventOptionsSchema, extractionSchema, ORIGINS, warningSchema, type DatasetView } from "./dataset-types";

/** A dataset as the database gives it back; what is of a type of ours is still unknown. */
export interface StoredDataset {
  readonly id: string;
  readonly segmentId: string;
  readonly fileName: string;
  readonly contentDigest: string;
  readonly format: string;
  readonly formatForced: boolean;
  readonly origin: string;
  readonly label: string | null;
  readonly extraction: unknown;
  readonly options: unknown;
  readonly bytes: bigint;
  readonly records: number;
  readonly refused: number;
  readonly untimed: number;
  readonly firstMs: bigint | null;
  readonly lastMs: bigint | null;
  readonly warnings: unknown;
  readonly deriverVersion: number;
  readonly deriverInput: string;
  readonly importedAt: Date;
  readonly importedBy: string;
  readonly removedAt: Date | null;
  readonly removedBy: string | null;
}

/** A stored dataset as lists and pages show it. @throws ZodError for a row that no import of ours wrote */
export function viewDataset(row: StoredDataset): DatasetView {
  return {
    id: row.id,
    segmentId: row.segmentId,
    fileName: row.fileName,
    contentDigest: row.contentDigest.slice(row.contentDigest.lastIndexOf(":") + 1), // that of a removed one has a prefix
    format: row.format,
    formatForced: row.formatForced,
    origin: z.enum(ORIGINS).parse(row.origin),
    label: row.label,
    extraction: extractionSchema.parse(row.extraction),
    options: eventOptionsSchema.parse(row.options),
    bytes: Number(row.bytes),
    records: row.records,
    refused: row.refused,
    untimed: row.untimed,
    first: instantOf(row.firstMs),
    last: instantOf(row.lastMs),
    warnings: z.array(warningSchema).parse(row.warnings),
    deriverVersion: row.deriverVersion,
    deriverInput: row.deriverInput,
    importedAt: row.importedAt.toISOString(),
    importedBy: row.importedBy,
    removed: row.removedAt === null ? null : { at: row.removedAt.toISOString(), by: row.removedBy ?? "" },
  };
}

/** A stored time in ms as ISO 8601. */
export function instantOf(ms: bigint | null): string | null {
  return ms === null ? null : new Date(Number(ms)).toISOString();
}
