import { z } from "zod";
import { DOMAINS } from "@/lib/catalog/types";
import { LAYER_STANDS } from "@/lib/evidence/navigator/compare-layer";
import { layerSchema } from "@/lib/evidence/navigator/layer-schema";
import { compareLayer } from "@/lib/operations/compare-layer";
import { exportLayer } from "@/lib/operations/export-layer";
import { importLayer } from "@/lib/operations/import-layer";
import { listLayers } from "@/lib/operations/list-layers";
import { removeLayer } from "@/lib/operations/remove-layer";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";
import { assessmentId, assessmentParameter } from "../schemas";

const TAG = "Navigator layers";

const layerParameter = z.strictObject({ layer: z.string().describe("id of an imported layer") });
const layerRowSchema = z.object({ id: z.string(), name: z.string(), domain: z.enum(DOMAINS), attack: z.string().nullable(), fileName: z.string(), fileDigest: z.string(), techniques: z.int(), marked: z.int(), refused: z.int(), importedAt: z.string(), importedBy: z.string() });

/** Layers of ATT&CK Navigator: ours to take away, somebody's to compare with. */
export const NAVIGATOR_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "exportLayer",
    method: "GET",
    path: "/assessments/{assessment}/layer",
    tag: TAG,
    summary: "A layer of the fleet or of one segment, format 4.5",
    says: "The score is the observable share in percent; what is unknown has no score.",
    parameters: assessmentParameter,
    query: z.strictObject({ segment: z.string().describe("name or id; default: the fleet").optional(), domain: z.enum(DOMAINS).describe("default: enterprise").optional() }),
    response: layerSchema,
    run: async (ctx, { path, query }) => (await exportLayer(ctx, { ...query, assessment: assessmentId(path.assessment) })).layer,
  }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "listLayers", method: "GET", path: "/layers", tag: TAG, summary: "Imported layers, newest first", response: z.object({ items: z.array(layerRowSchema) }), run: async (ctx) => ({ items: await listLayers(ctx) }) }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "importLayer",
    method: "POST",
    path: "/layers",
    tag: TAG,
    summary: "Keep somebody's layer, to be compared with",
    says: "Formats 4.0 to 4.5. It proves nothing and enters no assessment. The same layer again changes nothing.",
    body: z.strictObject({ fileName: z.string().min(1).max(200).describe("where it came from"), layer: z.record(z.string(), z.unknown()).describe("the layer as Navigator saves it") }),
    response: z.object({ layer: layerRowSchema, again: z.boolean(), refusals: z.array(z.object({ position: z.int(), field: z.string(), message: z.string() })).describe("entries that were not understood, the first fifty") }),
    status: 201,
    run: async (ctx, { body }) => {
      const { layer, again } = await importLayer(ctx, { fileName: body.fileName, content: Buffer.from(JSON.stringify(body.layer)) });
      return { layer, again, refusals: layer.doc.refused };
    },
    locate: ({ layer }) => `/api/v1/layers/${layer.id}/comparison`,
  }),
  jsonEndpoint({ ...TAKES_NOTHING, id: "removeLayer", method: "DELETE", path: "/layers/{layer}", tag: TAG, summary: "Take an imported layer away", parameters: layerParameter, response: z.object({ removed: z.string() }), run: async (ctx, { path }) => ({ removed: (await removeLayer(ctx, path.layer)).id }) }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "compareLayer",
    method: "GET",
    path: "/layers/{layer}/comparison",
    tag: TAG,
    summary: "An imported layer beside what is proven here",
    parameters: layerParameter,
    query: z.strictObject({ assessment: z.int().min(1).describe("default: the newest").optional(), segment: z.string().describe("name or id; default: the fleet").optional() }),
    response: z.object({
      layer: layerRowSchema,
      assessment: z.int(),
      segment: z.string().nullable(),
      counts: z.record(z.enum(LAYER_STANDS), z.int()),
      techniques: z.array(z.object({ technique: z.string(), name: z.string(), stand: z.enum(LAYER_STANDS), score: z.number().nullable(), comment: z.string(), k: z.int(), n: z.int() })),
    }),
    run: (ctx, { path, query: { assessment, ...query } }) => compareLayer(ctx, { ...query, layer: path.layer, assessment: assessment ?? null }),
  }),
];
