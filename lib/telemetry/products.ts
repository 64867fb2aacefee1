import { z } from "zod";
import { componentsOfKind, kindsOfFamily, splitKind } from "./record-kinds";
import table from "./products.json";
import type { RecordKindId } from "./types";

/** A product in one configuration, and the record kinds that it would write: our own reasoned table. */
export interface Product {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  readonly configuration: string;
  readonly platforms: readonly string[]; // ATT&CK's spelling
  readonly take: readonly string[]; // "family:key"; a key that ends in "*" stands for all that begin so
  readonly leave?: readonly string[] | undefined; // of those, what it does not write
  readonly why: string; // what it gives and what not, in a sentence
  readonly source: string; // who says so
}

const pattern = z.string().regex(/^[a-z0-9-]+:.+$/);
const Row: z.ZodType<Product> = z.object({
  id: z.string(),
  group: z.string(),
  name: z.string(),
  configuration: z.string(),
  platforms: z.array(z.string()).nonempty(),
  take: z.array(pattern).nonempty(),
  leave: z.array(pattern).optional(),
  why: z.string().min(1),
  source: z.string().min(1),
});

/** Products in the order of their groups. */
export const PRODUCTS: readonly Product[] = z.array(Row).parse(table);

/**
 * The record kinds that a product would write and that carry a data component.
 *
 * @param asked kinds that requirements accept: families without a closed list of keys are completed from them
 */
export function kindsOfProduct({ take, leave = [] }: Pick<Product, "take" | "leave">, asked: readonly RecordKindId[] = []): RecordKindId[] {
  const families = new Set(take.map((name) => splitKind(name).family));
  const known = [...families].flatMap((family) => [...kindsOfFamily(family), ...asked.filter((kind) => splitKind(kind).family === family)]);
  return [...new Set(known)].filter((kind) => take.some((name) => means(name, kind)) && !leave.some((name) => means(name, kind)) && componentsOfKind(kind).length > 0).sort();
}

function means(name: string, kind: RecordKindId): boolean {
  return name.endsWith("*") ? kind.startsWith(name.slice(0, -1)) : kind === name;
}
