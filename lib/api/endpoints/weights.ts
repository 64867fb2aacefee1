import { z } from "zod";
import { weightEffectJsonSchema, weightListJsonSchema } from "@/lib/assessment/weights/weights-json";
import { chooseWeightProfile } from "@/lib/operations/choose-weight-profile";
import { getWeightEffect } from "@/lib/operations/get-weight-effect";
import { importWeightProfile } from "@/lib/operations/import-weight-profile";
import { listThreatGroups } from "@/lib/operations/list-threat-groups";
import { listWeightProfiles } from "@/lib/operations/list-weight-profiles";
import { setWeightProfile } from "@/lib/operations/set-weight-profile";
import { jsonEndpoint, TAKES_NOTHING, type Endpoint } from "../endpoint";
import { fileNameParameter } from "../schemas";

const TAG = "Decisions";

/** How much each technique weighs. The uniform number always stands beside a weighted one. */
export const WEIGHT_ENDPOINTS: readonly Endpoint[] = [
  jsonEndpoint({ ...TAKES_NOTHING, id: "listWeightProfiles", method: "GET", path: "/weights", tag: TAG, summary: "Weight profiles, every version", response: z.object({ items: weightListJsonSchema }), run: async (ctx) => ({ items: await listWeightProfiles(ctx) }) }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "setWeightProfile",
    method: "POST",
    path: "/weights",
    tag: TAG,
    summary: "Write the next version of a profile from what threat groups use",
    says: "It counts only once it is chosen.",
    body: z.strictObject({
      name: z.string(),
      groups: z.array(z.string()).describe("ids, names or aliases"),
      asOf: z.string().describe("ISO date from which uses age; default: today").optional(),
      fullDays: z.int().describe("default 365").optional(),
      declineDays: z.int().describe("default 1,460").optional(),
      floor: z.number().min(0).max(1).describe("default 0").optional(),
      reason: z.string().optional(),
    }),
    response: z.object({ name: z.string(), version: z.int(), techniques: z.int().describe("that weigh something else than one") }),
    status: 201,
    run: async (ctx, { body: { name, groups, asOf, fullDays, declineDays, floor, reason } }) =>
      setWeightProfile(ctx, { name, groups, ...(asOf === undefined ? {} : { asOf }), ...(fullDays === undefined ? {} : { fullDays }), ...(declineDays === undefined ? {} : { declineDays }), ...(floor === undefined ? {} : { floor }), ...(reason === undefined ? {} : { reason }) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "importWeightProfile",
    method: "POST",
    path: "/weights/import",
    tag: TAG,
    summary: "Write the next version of a profile from a CSV: technique,weight",
    says: "1 is the weight that a technique has in the uniform profile. It counts only once it is chosen. A line that cannot be read refuses the file.",
    takes: "text/csv",
    query: z.strictObject({ name: z.string().describe("of the profile"), fileName: fileNameParameter, reason: z.string().optional() }),
    body: z.string().describe("columns technique and weight"),
    response: z.object({ name: z.string(), version: z.int(), techniques: z.int(), unknown: z.array(z.string()).describe("that no imported catalogue holds; their weights are kept") }),
    status: 201,
    run: (ctx, { query: { name, fileName, reason }, body }) => importWeightProfile(ctx, { name, fileName, text: body, ...(reason === undefined ? {} : { reason }) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "listThreatGroups",
    method: "GET",
    path: "/weights/groups",
    tag: TAG,
    summary: "Threat groups of the current catalogues",
    says: "None in the starter catalogue.",
    response: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), aliases: z.array(z.string()), techniques: z.int(), newest: z.string().nullable().describe("day of the newest dated use") })) }),
    run: async (ctx) => ({ items: await listThreatGroups(ctx) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "chooseWeightProfile",
    method: "PUT",
    path: "/weights/choice",
    tag: TAG,
    summary: "Let a version of a profile count from the next assessment on",
    says: "Assessments that ran keep theirs.",
    body: z.strictObject({ name: z.string(), version: z.int().min(1).describe("default: the newest").optional(), reason: z.string().optional() }),
    response: z.object({ name: z.string(), version: z.int() }),
    run: (ctx, { body: { name, version, reason } }) => chooseWeightProfile(ctx, { name, ...(version === undefined ? {} : { version }), ...(reason === undefined ? {} : { reason }) }),
  }),
  jsonEndpoint({
    ...TAKES_NOTHING,
    id: "getWeightEffect",
    method: "GET",
    path: "/weights/effect",
    tag: TAG,
    summary: "What a profile does beside uniform weights",
    query: z.strictObject({ name: z.string(), version: z.int().min(1).describe("default: the newest").optional(), assessment: z.int().min(1).describe("default: the newest").optional() }),
    response: weightEffectJsonSchema,
    run: (ctx, { query: { name, version, assessment } }) => getWeightEffect(ctx, { name, assessment: assessment ?? null, ...(version === undefined ? {} : { version }) }),
  }),
];
