import { z } from "zod";
import type { SigmaLogsource } from "../../sigma/rule-types";

/** Sigma's field name -> names under which the records of a source hold it; the first that a record has answers. */
export const mappingDocSchema = z.record(z.string(), z.array(z.string()).min(1));
export type MappingDoc = z.infer<typeof mappingDocSchema>;

/** Renames for the rules of a logsource; a part that is null holds for any. */
export interface FieldRenames {
  readonly scope: SigmaLogsource;
  readonly fields: MappingDoc;
}

/** A version of the renames of a scope. */
export interface FieldMappingRow extends FieldRenames {
  readonly scopeKey: string;
  readonly version: number;
  readonly state: "set" | "withdrawn";
  readonly reason: string;
  readonly fileName: string;
  readonly at: string;
  readonly by: string;
}

/** "product/category/service", * for any: the key of a scope, and how people name it. */
export function scopeKey({ product, category, service }: SigmaLogsource): string {
  return [product, category, service].map((part) => part ?? "*").join("/");
}

/** The scope that a key names. */
export function scopeOf(key: string): SigmaLogsource {
  const [product = "*", category = "*", service = "*"] = key.split("/").map((part) => part.trim().toLowerCase());
  const orNull = (part: string): string | null => (part === "*" || part === "" ? null : part);
  return { product: orNull(product), category: orNull(category), service: orNull(service) };
}

/** The newest version of every scope that is not withdrawn. */
export function mappingsInForce(rows: readonly FieldMappingRow[]): FieldMappingRow[] {
  const newest = new Map<string, FieldMappingRow>();
  for (const row of rows) if ((newest.get(row.scopeKey)?.version ?? 0) < row.version) newest.set(row.scopeKey, row);
  return [...newest.values()].filter(({ state }) => state === "set").sort((a, b) => (a.scopeKey < b.scopeKey ? -1 : 1));
}
