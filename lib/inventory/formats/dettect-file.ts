import { z } from "zod";

/** The DeTT&CT data-source administration file, as read: every part may be absent, and scalars come in several spellings. */
const text = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => (value === null ? "" : String(value).trim()));
const texts = z.union([z.array(text), text]).transform((value) => (Array.isArray(value) ? value : [value]).filter((item) => item !== ""));
const oneOrMany = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), z.null().transform((): z.output<T>[] => []), item.transform((value): z.output<T>[] => [value])]);

export const dettectDetailSchema = z.looseObject({
  applicable_to: texts.optional(),
  date_registered: text.optional(),
  date_connected: text.optional(),
  products: texts.optional(),
  available_for_data_analytics: z.unknown().optional(),
  comment: text.optional(),
  data_quality: z.unknown().optional(),
});
export type DettectDetail = z.output<typeof dettectDetailSchema>;

/** 1.1 puts the details below data_source (one or several); 1.0 puts them beside the name. */
export const dettectSourceSchema = z.looseObject({ data_source_name: text, data_source: oneOrMany(z.unknown()).optional() });

export const dettectFileSchema = z.looseObject({
  version: text.optional(),
  file_type: text,
  name: text.optional(),
  domain: text.optional(),
  platform: texts.optional(),
  systems: oneOrMany(z.looseObject({ applicable_to: texts, platform: texts.optional() })).optional(),
  data_sources: oneOrMany(z.unknown()),
  exceptions: oneOrMany(z.unknown()).optional(),
  notes: text.optional(),
});
export type DettectFile = z.output<typeof dettectFileSchema>;
