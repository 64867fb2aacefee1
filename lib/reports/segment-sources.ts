import { z } from "zod";
import { SOURCE_FLAGS, SOURCE_STATES } from "./telemetry-states";

const count = z.number().int();

/** The row of one segment in the telemetry map as an assessment keeps it: by family what describeSource says. Times in ms. */
export const segmentSourcesSchema = z.object({
  id: z.string(),
  name: z.string(),
  platforms: z.array(z.string()),
  hosts: count,
  criticality: count,
  observed: count, // analytics observed or better here
  applicable: count,
  met: z.array(z.string()), // families of which something was seen or is claimed
  sources: z.array(
    z.object({
      family: z.string(),
      state: z.enum(SOURCE_STATES),
      flags: z.array(z.enum(SOURCE_FLAGS)).readonly(),
      hosts: count,
      of: count,
      records: count,
      newest: count.nullable(),
      asked: count,
      met: count,
      claims: count,
      analytics: count,
      cited: count,
      served: count,
      quality: z.object({ worst: z.enum(["fail", "warn", "indicative", "pass"]).nullable(), fail: count, warn: count, indicative: count, pass: count }),
    }),
  ),
});
export type SegmentSources = z.infer<typeof segmentSourcesSchema>;
