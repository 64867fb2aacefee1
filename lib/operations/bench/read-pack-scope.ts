import type { PackManifest } from "@/lib/detection/packs/pack-schema";
import { readPackFiles } from "@/lib/detection/packs/store";
import { tuneRules, type ElementValue } from "@/lib/detection/packs/tune-rules";
import type { PlaceholderValues } from "@/lib/detection/sigma/rule-types";
import type { OperationContext } from "../context";
import { joinDocuments } from "./join-documents";

/** The rules of a pack in force as one text, with its defaults or other values in place. */
export async function readPackScope(ctx: Pick<OperationContext, "db">, manifest: PackManifest, values: ReadonlyMap<string, ElementValue>): Promise<{ readonly text: string; readonly values: PlaceholderValues }> {
  const files = await readPackFiles(ctx.db, manifest);
  const rules = manifest.rules.flatMap((file) => {
    const bytes = files.get(file);
    return bytes === undefined ? [] : [{ file, text: Buffer.from(bytes).toString("utf8") }];
  });
  const tuned = tuneRules({ manifest, rules }, values);
  return { text: joinDocuments(tuned.files.map(({ text }) => text)), values: tuned.placeholders };
}
