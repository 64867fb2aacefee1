import { z } from "zod";
import { DOMAINS } from "@/lib/catalog/types";
import { diffCatalog } from "@/lib/operations/diff-catalog";
import { listSnapshots } from "@/lib/operations/list-snapshots";
import { setCurrentRelease } from "@/lib/operations/set-current-release";
import { showCatalogObjects } from "@/lib/operations/show-catalog-objects";
import { SightlineError } from "@/lib/shared/errors";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";

const TAG = "Catalogue";

const snapshotSchema = z.object({
  id: z.string(),
  domain: z.enum(DOMAINS),
  release: z.string(),
  origin: z.enum(["mitre", "starter"]),
  digest: z.string(),
  current: z.boolean(),
  importedAt: z.string(),
  importedBy: z.string(),
  objectCount: z.int(),
  issueCount: z.int(),
});

const objectSchema = z.looseObject({ id: z.string(), stixId: z.string(), type: z.string(), name: z.string(), domain: z.enum(DOMAINS), release: z.string(), origin: z.enum(["mitre", "starter"]), rawSha256: z.string().nullable() });

const diffObject = z.object({ stixId: z.string(), type: z.string(), id: z.string().nullable(), name: z.string().nullable() });

/** ATT&CK as it was imported. */
export const CATALOG_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({ ...TAKES_NOTHING, id: "listSnapshots", method: "GET", path: "/catalog", tag: TAG, summary: "Imported releases", response: z.object({ items: z.array(snapshotSchema) }), run: async (ctx) => ({ items: await listSnapshots(ctx) }) }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "setCurrentRelease",
    method: "PUT",
    path: "/catalog/current",
    tag: TAG,
    summary: "Make an imported release the current one of its domain",
    says: "See first what it would change: `GET /catalog/effect`. Assessments that ran keep theirs.",
    body: z.strictObject({ release: z.string().describe("a release such as 19.1 or mobile-19.1") }),
    response: snapshotSchema,
    run: (ctx, { body }) => setCurrentRelease(ctx, body.release),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "diffCatalog",
    method: "GET",
    path: "/catalog/diff",
    tag: TAG,
    summary: "What really changed between two releases",
    says: "By normalised content, never by the modified date.",
    query: z.strictObject({ a: z.string().describe("a release such as 18.1"), b: z.string() }),
    response: z.object({
      domain: z.enum(DOMAINS),
      a: z.string(),
      b: z.string(),
      scope: z.enum(["all", "detection"]),
      counts: z.record(z.string(), z.object({ added: z.int(), removed: z.int(), changed: z.int() })),
      added: z.array(diffObject),
      removed: z.array(diffObject),
      changed: z.array(diffObject.extend({ fields: z.array(z.string()) })),
      revoked: z.array(diffObject),
      deprecated: z.array(diffObject),
      repointed: z.array(z.object({ id: z.string(), name: z.string(), from: z.array(z.string()), to: z.array(z.string()) })),
      formalOnly: z.int(),
    }),
    run: (ctx, { query }) => diffCatalog(ctx, query),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getObject",
    method: "GET",
    path: "/catalog/objects/{id}",
    tag: TAG,
    summary: "An ATT&CK object with what is linked to it",
    says: "An analytic comes with every log-source reference as Sightline reads it: family, event keys, basis, verdict.",
    parameters: z.strictObject({ id: z.string().regex(/^[A-Za-z]{1,4}\d{4}(\.\d{3})?$/, "is an id such as AN0749, DET0268, T1560.002 or DC0032") }),
    query: z.strictObject({ release: z.string().describe("default: the current one").optional() }),
    response: objectSchema,
    run: async (ctx, { path, query }) => {
      const [object] = await showCatalogObjects(ctx, { ids: [path.id], ...query });
      if (object === undefined) throw new SightlineError("NOT_FOUND", `No imported release holds ${path.id}.`, { field: "id" });
      return { ...object };
    },
  }),
];
