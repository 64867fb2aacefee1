import { z } from "zod";

export const ALERT_KINDS = ["segment-fallen", "source-silent", "claims-contradicted", "test-withdrawn", "evidence-ageing", "target-missed", "exclusion-ending", "acceptance-ending"] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/**
 * Something that people who answer for a segment want to be told. key says what it is about, and stays while it lasts; cells: how
 * many it costs or threatens; before: of a fall, the number to come back to, in millionths. Times in ms.
 */
export const alertSchema = z.object({
  key: z.string(),
  kind: z.enum(ALERT_KINDS),
  segmentId: z.string(),
  segment: z.string(),
  criticality: z.number().int(),
  owner: z.string(), // "" where nobody is named
  title: z.string(),
  why: z.string(),
  cells: z.number().int(),
  analytics: z.array(z.string()), // of the cells, by id; a row of a list holds the first twenty
  lastHost: z.object({ host: z.string(), at: z.number().int() }).nullable(), // that was seen last in what the cells rest on
  noHost: z.string().default(""), // why no host is named; "" where one is, and in alerts of earlier versions
  before: z.number().int().nullable(),
  immediate: z.boolean(), // not left for the daily digest
});
export type Alert = z.infer<typeof alertSchema>;

export const CRITICAL = 4; // criticality from which on a segment's alerts do not wait
/** How many analytics a row of a list names; the alert by itself names them all. */
export const FIRST_ANALYTICS = 20;
