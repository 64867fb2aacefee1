import { z } from "zod";
import { csvMappingSchema } from "./csv-mapping";
import { isTimeZone } from "./time/zone-offset";

export const ORIGINS = ["production", "exercise", "lab", "public"] as const;
export type Origin = (typeof ORIGINS)[number];

/** Who took the sample, from where and how; what nobody said stays "unknown". */
export const extractionSchema = z.object({
  who: z.string().max(500).default("unknown"),
  system: z.string().max(500).default("unknown"),
  query: z.string().max(20_000).default("unknown"),
  when: z.string().max(100).default("unknown"),
  countAtSource: z.union([z.number().int().nonnegative(), z.literal("unknown")], "must be a whole number of records, 0 or more, or unknown").default("unknown"),
});
export type Extraction = z.infer<typeof extractionSchema>;

export const UNKNOWN_EXTRACTION: Extraction = { who: "unknown", system: "unknown", query: "unknown", when: "unknown", countAtSource: "unknown" };

/** What an import was told about its file. Equal options give equal digests: they are part of "again = nothing changes". */
export const eventOptionsSchema = z.object({
  host: z.string().max(255).nullable().default(null),
  hostFrom: z.string().max(200).nullable().default(null),
  format: z.string().max(40).nullable().default(null), // null: by content
  origin: z.enum(ORIGINS).default("production"),
  label: z.string().max(200).regex(/^(benign|attack(:T\d{4}(\.\d{3})?)?)$/, "must be benign, attack or attack:T1234.001").nullable().default(null),
  extraction: extractionSchema.default(UNKNOWN_EXTRACTION),
  mapping: csvMappingSchema.optional(), // what the columns of a table mean; absent in all other options, whose digests stay
  zone: z.string().max(60).refine(isTimeZone, "must be an IANA time zone such as Europe/Berlin").nullable().default(null), // null: the segment's, else UTC
});
export type EventOptions = z.infer<typeof eventOptionsSchema>;

export const warningSchema = z.object({ code: z.string(), message: z.string(), count: z.number().int(), kinds: z.array(z.string()).default([]) });
export type Warning = z.infer<typeof warningSchema>;

/** A dataset as lists and pages show it; times are ISO 8601. */
export interface DatasetView {
  readonly id: string;
  readonly segmentId: string;
  readonly fileName: string;
  readonly contentDigest: string;
  readonly format: string;
  readonly formatForced: boolean;
  readonly origin: Origin;
  readonly label: string | null;
  readonly extraction: Extraction;
  readonly options: EventOptions;
  readonly bytes: number;
  readonly records: number;
  readonly refused: number;
  readonly untimed: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly warnings: readonly Warning[];
  readonly deriverVersion: number;
  readonly deriverInput: string;
  readonly importedAt: string;
  readonly importedBy: string;
  readonly removed: { readonly at: string; readonly by: string } | null;
}

/** Which samples a list asks for; null and "" ask nothing. page begins at 1. */
export interface DatasetFilter {
  readonly text: string; // part of the file's name
  readonly segment: string | null;
  readonly origin: Origin | null;
  readonly refused: boolean; // only files with refused records
  readonly page: number;
}

/** One page of samples, newest first, and what there is in all. */
export interface DatasetPage {
  readonly rows: readonly DatasetView[];
  readonly filter: DatasetFilter; // page: the one shown
  readonly pages: number;
  readonly matching: number;
  readonly all: { readonly files: number; readonly records: number; readonly refused: number };
}
