import { z } from "zod";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { familyById } from "@/lib/telemetry/family-of";

const column = z.string().min(1).max(200);

/**
 * What the columns of a table mean, as a person says it: which holds the time and which the host, what kind of record a row
 * is, and which canonical field each other column fills. It is part of the dataset's options, so that it is repeatable.
 */
export const csvMappingSchema = z.object({
  time: z.object({ column }).strict(),
  host: z.object({ column }).strict().optional(),
  kind: z
    .object({
      family: z.string().refine((id) => familyById(id) !== null, "must be a family of log sources, such as windows-sysmon"),
      key: z.union([z.object({ column }).strict(), z.object({ value: z.string().min(1).max(200) }).strict()]),
    })
    .strict(),
  fields: z.record(z.string().refine((id) => CANONICAL_FIELDS.has(id), "must be a canonical field, such as image or src_ip"), column).default({}),
});
export type CsvMapping = z.infer<typeof csvMappingSchema>;
