import { z } from "zod";

/** Answers of `aws cloudtrail describe-trails`, `get-event-selectors` and `get-trail-status`, as the command line prints them. */
const flag = z.boolean().optional();

export const trailSchema = z.looseObject({
  Name: z.string().default(""),
  TrailARN: z.string().default(""),
  HomeRegion: z.string().default(""),
  IsMultiRegionTrail: flag,
  IsOrganizationTrail: flag,
  IncludeGlobalServiceEvents: flag,
  HasCustomEventSelectors: flag,
  IsLogging: flag,
});
export type Trail = z.infer<typeof trailSchema>;

export const basicSelectorSchema = z.looseObject({
  ReadWriteType: z.enum(["All", "ReadOnly", "WriteOnly"]).default("All"),
  IncludeManagementEvents: z.boolean().default(true),
  DataResources: z.array(z.looseObject({ Type: z.string(), Values: z.array(z.string()).default([]) })).default([]),
  ExcludeManagementEventSources: z.array(z.string()).default([]),
});

const words = z.array(z.string()).default([]);
export const advancedSelectorSchema = z.looseObject({
  Name: z.string().default(""),
  FieldSelectors: z.array(
    z.looseObject({ Field: z.string(), Equals: words, NotEquals: words, StartsWith: words, NotStartsWith: words, EndsWith: words, NotEndsWith: words }),
  ),
});

export const selectorsSchema = z.looseObject({
  TrailARN: z.string().default(""),
  EventSelectors: z.array(z.unknown()).nullish(),
  AdvancedEventSelectors: z.array(z.unknown()).nullish(),
});
export type Selectors = z.infer<typeof selectorsSchema>;

export const trailListSchema = z.looseObject({ trailList: z.array(z.unknown()) });

/** One selector of either kind, in the same words. */
export interface Selection {
  readonly category: "management" | "data" | "other";
  readonly access: "all" | "read" | "write";
  readonly types: readonly string[]; // resource types of data events; empty: all
  readonly conditions: readonly string[]; // what else narrows it
}

/** Basic selectors: one may ask for management events and for data events of several types. */
export function fromBasic(selector: z.infer<typeof basicSelectorSchema>): readonly Selection[] {
  const access = selector.ReadWriteType === "ReadOnly" ? "read" : selector.ReadWriteType === "WriteOnly" ? "write" : "all";
  const excluded = selector.ExcludeManagementEventSources;
  const management: Selection[] = selector.IncludeManagementEvents ? [{ category: "management", access, types: [], conditions: excluded.length > 0 ? [`without events of ${excluded.join(", ")}`] : [] }] : [];
  const data = selector.DataResources.map(({ Type, Values }): Selection => {
    const every = Values.some((value) => /^arn:aws[a-z-]*:(?:s3|lambda|dynamodb)(?::::?)?$/.test(value));
    return { category: "data", access, types: [Type], conditions: every || Values.length === 0 ? [] : [`only ${Values.join(", ")}`] };
  });
  return [...management, ...data];
}

/** Advanced selectors: field by field; what is no category, type or access is a condition. */
export function fromAdvanced(selector: z.infer<typeof advancedSelectorSchema>): Selection {
  let category: Selection["category"] = "other";
  let access: Selection["access"] = "all";
  const types: string[] = [];
  const conditions: string[] = [];
  for (const { Field, ...tests } of selector.FieldSelectors) {
    if (Field === "eventCategory") category = tests.Equals.includes("Management") ? "management" : tests.Equals.includes("Data") ? "data" : "other";
    else if (Field === "readOnly" && tests.Equals.length === 1) access = tests.Equals[0] === "true" ? "read" : "write";
    else if (Field === "resources.type" && tests.Equals.length > 0) types.push(...tests.Equals);
    else conditions.push(`${Field} ${sayTests(tests)}`);
  }
  return { category, access, types, conditions };
}

const TESTS = [
  ["Equals", "is"],
  ["NotEquals", "is not"],
  ["StartsWith", "starts with"],
  ["NotStartsWith", "does not start with"],
  ["EndsWith", "ends with"],
  ["NotEndsWith", "does not end with"],
] as const;

function sayTests(tests: Readonly<Record<(typeof TESTS)[number][0], readonly string[]>>): string {
  return TESTS.filter(([key]) => tests[key].length > 0).map(([key, said]) => `${said} ${tests[key].join(" or ")}`).join(" and ");
}
