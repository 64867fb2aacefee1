import { kindsOfProduct } from "@/lib/telemetry/products";
import { additionsOf, askedKinds, listProducts } from "@/lib/reports/telemetry-products";
import { projectAdditions, type WhatIf } from "@/lib/reports/telemetry-what-if";
import type { ProductChoice, WhatIfView } from "@/lib/reports/telemetry-what-if-view";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { maySee, readTelemetry } from "./telemetry/read-evidence";

/** Scoring every product is a matter of moments up to so many cells; for larger fleets only the chosen one is scored. */
const MOST_RANKED_CELLS = 6000;

// Gains of all products over the whole fleet: a function of documents that never change.
let last: { readonly key: string; readonly gains: ReadonlyMap<string, ProductChoice["gain"]> } | null = null;

/**
 * Products that somebody could collect from, and what the chosen one would give where (design: as a claim, never as a fact);
 * null when nothing was assessed. Nothing is stored.
 *
 * @param query.segment id; null: every segment that has one of the product's platforms
 * @throws SightlineError NOT_FOUND for an unknown assessment or product
 */
export async function getWhatIf(ctx: OperationContext, query: { readonly assessment: number | null; readonly product: string | null; readonly segment: string | null }): Promise<WhatIfView | null> {
  authorize(ctx, "assessment.read", query.segment === null ? "none" : [query.segment]);
  const found = await readTelemetry(ctx, query.assessment);
  if (found === null) return null;
  const { input, result } = found.evidence;
  const asked = askedKinds(input);
  const products = listProducts();
  const key = `${found.row.id} ${found.row.resultDigest}`;
  const ranked = result.cells.length <= MOST_RANKED_CELLS;
  let gains = last?.key === key ? last.gains : null;
  if (ranked && gains === null) {
    const computed = new Map<string, ProductChoice["gain"]>();
    for (const product of products) {
      const { fleet } = projectAdditions(input, result, additionsOf(input, product, kindsOfProduct(product, asked), null));
      computed.set(product.id, { claimed: fleet.claimed, cells: fleet.cells });
      await new Promise(setImmediate); // other requests go on between two products
    }
    last = { key, gains: (gains = computed) };
  }
  const segments = input.segments.filter(({ id }) => maySee(ctx, id)).map(({ id, name, platforms }) => ({ id, name, platforms: platforms.map((platform) => platform.name) }));
  const choices = products.map((product): ProductChoice => {
    const { id, group, name, configuration, platforms, why, source } = product;
    return { id, group, name, configuration, platforms, why, source, segments: segments.filter((segment) => segment.platforms.some((platform) => platforms.includes(platform))).length, kinds: kindsOfProduct(product, asked).length, gain: ranked && ctx.segments === "all" ? (gains?.get(id) ?? null) : null };
  });
  const chosen = query.product === null ? null : products.find(({ id }) => id === query.product);
  if (chosen === undefined) throw new SightlineError("NOT_FOUND", `There is no product "${query.product ?? ""}".`);
  const kinds = chosen === null ? [] : kindsOfProduct(chosen, asked);
  return {
    assessment: found.row.id,
    at: input.at,
    products: choices.filter((choice) => choice.segments > 0).sort((a, b) => (b.gain?.claimed ?? 0) - (a.gain?.claimed ?? 0) || (b.gain?.cells ?? 0) - (a.gain?.cells ?? 0)),
    ranked: ranked && ctx.segments === "all",
    segments,
    chosen: chosen === null ? null : { product: chosen.id, segment: query.segment, kinds, result: shown(ctx, projectAdditions(input, result, additionsOf(input, chosen, kinds, query.segment).filter(({ segment }) => maySee(ctx, segment)))) },
  };
}

/** The fleet's ceiling speaks of every segment: only who may see all of them reads it. */
function shown(ctx: OperationContext, result: WhatIf): WhatIf {
  return ctx.segments === "all" ? result : { ...result, fleet: { ...result.fleet, ceiling: { now: null, then: null, n: 0 } } };
}
