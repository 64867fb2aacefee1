import { detectInventoryFormat } from "@/lib/inventory/formats/index";
import { recogniseOther } from "@/lib/inventory/formats/recognise-other";
import { looksLikeMeasurement } from "@/lib/inventory/measurements/sort-zip";

export interface OtherContent {
  readonly message: string;
  readonly remedy: string;
}

const IMPORT = "Import it on the page of imports, Inventory, or with sightline inventory import FILE --segment SEGMENT.";

/** What a file without events is that Sightline reads elsewhere: a configuration, an inventory, a measurement; null for anything else. */
export function nameOtherContent(name: string, bytes: Uint8Array): OtherContent | null {
  const text = Buffer.from(bytes).toString("utf8");
  if (looksLikeMeasurement(text)) return { message: "This is a measurement: counts, not events.", remedy: IMPORT };
  const known = recogniseOther(text);
  if (known !== null) return { message: known, remedy: "Import it there." };
  try {
    const { format } = detectInventoryFormat({ name, text });
    return { message: `This is an inventory or a configuration (${format.label}), and holds no events.`, remedy: IMPORT };
  } catch {
    return null; // no inventory either
  }
}
