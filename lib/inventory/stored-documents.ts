import { z } from "zod";
import { CLAIM_BASES, IMPORT_KINDS, LOSS_KINDS, type ClaimQuality, type ImportChanges, type Loss, type Refusal } from "./types";

/** The JSON columns of the inventory's tables: what was written is checked again when it is read. */
const score = z.number().int().min(0).max(5).nullable();

export const qualitySchema: z.ZodType<ClaimQuality> = z.object({
  deviceCompleteness: score,
  dataFieldCompleteness: score,
  timeliness: score,
  consistency: score,
  retention: score,
});

export const refusalsSchema: z.ZodType<Refusal[]> = z.array(
  z.object({ line: z.number().nullable(), row: z.number(), field: z.string(), message: z.string(), remedy: z.string() }),
);

export const lossesSchema: z.ZodType<Loss[]> = z.array(
  z.object({ kind: z.enum(LOSS_KINDS), what: z.string(), text: z.string(), count: z.number() }),
);

export const changesSchema: z.ZodType<ImportChanges> = z.object({
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  removed: z.number(),
  segmentsCreated: z.number(),
});

export const basisSchema = z.enum(CLAIM_BASES);
export const importKindSchema = z.enum(IMPORT_KINDS);
