import { projectAdditions, type Addition } from "@/lib/reports/telemetry-what-if";
import { askedKinds } from "@/lib/reports/telemetry-products";
import type { WhatIfConfiguration } from "@/lib/reports/telemetry-what-if-view";
import { SightlineError } from "@/lib/shared/errors";
import { kindsOfClaim } from "@/lib/telemetry/resolve-claim";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { parseInventory } from "./inventory/plan-file";
import { readSource } from "./inventory/read-source";
import { readTelemetry } from "./telemetry/read-evidence";

/**
 * What a configuration would give a segment if it were in force there: read by the formats of the inventory, thought through
 * by the scorer, and stored nowhere.
 *
 * @throws SightlineError NOT_FOUND without an assessment of the segment; whatever reading the file throws
 */
export async function previewWhatIf(ctx: OperationContext, request: { readonly fileName: string; readonly content: Uint8Array; readonly segment: string; readonly assessment: number | null }): Promise<WhatIfConfiguration> {
  authorize(ctx, "assessment.read", [request.segment]);
  const found = await readTelemetry(ctx, request.assessment);
  const segment = found?.evidence.input.segments.find(({ id }) => id === request.segment);
  if (found === null || segment === undefined) throw new SightlineError("NOT_FOUND", "No assessment holds this segment.", { remedy: "Run an assessment first." });
  const { input, result } = found.evidence;
  const file = await readSource(ctx, { fileName: request.fileName, content: request.content });
  const { format, parsed } = await parseInventory(ctx, file, { source: { fileName: request.fileName, content: request.content }, segment: segment.name });
  const asked = askedKinds(input);
  const additions = parsed.claims.flatMap(({ claim }): Addition[] => {
    if (claim.hostsReporting === 0) return [];
    const kinds = [...new Set(segment.platforms.flatMap(({ name }) => kindsOfClaim(claim, name, asked).kinds))];
    return kinds.length === 0 ? [] : [{ segment: segment.id, name: claim.product || claim.source || claim.logSource, kinds, hosts: claim.hostsReporting, ...(claim.condition ? { condition: claim.condition } : {}) }];
  });
  return {
    fileName: request.fileName,
    format: format.label,
    claims: additions.length,
    kinds: [...new Set(additions.flatMap(({ kinds }) => kinds))].sort(),
    conditional: additions.filter(({ condition }) => condition !== undefined).length,
    refused: parsed.refused.map(({ message }) => message),
    losses: parsed.losses.map(({ text }) => text),
    result: projectAdditions(input, result, additions),
  };
}
