import { z } from "zod";
import { CLAIM_BASES } from "@/lib/inventory/types";
import { ORIGINS } from "@/lib/events/dataset-types";
import { getSegment } from "@/lib/operations/get-segment";
import { listDatasets } from "@/lib/operations/list-datasets";
import { listSegments } from "@/lib/operations/list-segments";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";
import { segmentSchema } from "../schemas";

const TAG = "Segments";

const claimSchema = z.object({
  source: z.string(),
  product: z.string(),
  logSource: z.string(),
  channel: z.string(),
  component: z.string(),
  hostsReporting: z.int().nullable(),
  basis: z.enum(CLAIM_BASES),
  asOf: z.string().nullable(),
  condition: z.string(),
  note: z.string(),
});

const datasetSchema = z.object({
  id: z.string(),
  segmentId: z.string(),
  fileName: z.string(),
  contentDigest: z.string(),
  format: z.string(),
  origin: z.enum(ORIGINS),
  label: z.string().nullable(),
  records: z.int(),
  refused: z.int(),
  untimed: z.int(),
  first: z.string().nullable(),
  last: z.string().nullable(),
  importedAt: z.string(),
  importedBy: z.string(),
});

/** The fleet: its segments, what is said to be collected there, and the samples that were imported. */
export const SEGMENT_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listSegments",
    method: "GET",
    path: "/segments",
    tag: TAG,
    summary: "Segments of the fleet, by name",
    query: z.strictObject({ retired: z.boolean().describe("retired ones too").default(false) }),
    response: z.object({ items: z.array(segmentSchema.extend({ rosterHosts: z.int().nullable(), claims: z.int() })) }),
    run: async (ctx, { query }) => ({ items: await listSegments(ctx, query) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getSegment",
    method: "GET",
    path: "/segments/{segment}",
    tag: TAG,
    summary: "A segment and its claims",
    parameters: z.strictObject({ segment: z.string().describe("name or id") }),
    response: z.object({ segment: segmentSchema, claims: z.array(claimSchema) }),
    run: (ctx, { path }) => getSegment(ctx, path.segment),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listDatasets",
    method: "GET",
    path: "/datasets",
    tag: TAG,
    summary: "Imported samples, newest first",
    query: z.strictObject({ segment: z.string().describe("only of this segment: its name or id").optional() }),
    response: z.object({ items: z.array(datasetSchema) }),
    run: async (ctx, { query }) => ({ items: await listDatasets(ctx, query.segment === undefined ? {} : { segmentId: (await getSegment(ctx, query.segment)).segment.id }) }),
  }),
];
