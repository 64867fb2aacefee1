import { INVENTORY_FORMATS } from "@/lib/inventory/formats/index";
import type { InventoryGuide } from "@/lib/inventory/formats/inventory-format";
import { MEASUREMENT_FORMATS } from "@/lib/inventory/measurements/formats";
import { listSegments } from "@/lib/inventory/store";
import type { InventoryImport } from "@/lib/inventory/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listInventoryImports } from "./list-inventory-imports";

export interface InventoryFormatView {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
  readonly segment: "asked" | "optional" | "in the file";
  readonly guide: InventoryGuide;
}

export interface InventoryImportView {
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly formats: readonly InventoryFormatView[];
  readonly imports: readonly InventoryImport[];
}

/** The page of inventory imports: what can be read and what each shows, where files without a segment can go, what came in. */
export async function getInventoryImportView(ctx: OperationContext): Promise<InventoryImportView> {
  authorize(ctx, "inventory.read", "none");
  const [segments, imports] = await Promise.all([listSegments(ctx.db), listInventoryImports(ctx)]);
  return {
    segments: segments.filter((segment) => ctx.segments === "all" || ctx.segments.includes(segment.id)).map(({ id, name }) => ({ id, name })),
    formats: [...INVENTORY_FORMATS, ...MEASUREMENT_FORMATS].map(({ id, label, extensions, segment, guide }) => ({ id, label, extensions, segment: segment ?? "in the file", guide })),
    imports: imports.filter(({ kind }) => kind === "inventory"),
  };
}
