import { z } from "zod";
import { foldName } from "./family-of";
import { EVENT_KEY_KINDS, type EventKey, type RecordKindId, type Verdict } from "./types";
import table from "./tables/curated-references.json";

/** A reference that somebody read and judged: what it is really about. */
export interface CuratedReference {
  readonly eventKeys: readonly EventKey[];
  readonly kinds: readonly RecordKindId[]; // as cited
  readonly classes: readonly string[]; // equivalents, "DC0032/process-start"
  readonly verdict: Verdict;
  readonly confidence: "high" | "medium" | "low";
  readonly reason: string;
  readonly substitute?: string;
  readonly source?: string;
}

const Row = z.object({
  component: z.string(), // "DC0032 Process Creation"
  name: z.string(),
  channels: z.array(z.string()).nonempty(),
  eventKeys: z.array(z.object({ kind: z.enum(EVENT_KEY_KINDS), value: z.string() })).default([]),
  kinds: z.array(z.string()),
  classes: z.array(z.string()),
  verdict: z.enum(["producible", "not-producible", "platform-mismatch", "external"]),
  confidence: z.enum(["high", "medium", "low"]),
  reason: z.string(),
  substitute: z.string().optional(),
  source: z.string().optional(),
});

const BY_TRIPLE = new Map<string, CuratedReference>();
for (const { component, name, channels, substitute, source, ...row } of z.array(Row).parse(table)) {
  const entry: CuratedReference = { ...row, ...(substitute === undefined ? {} : { substitute }), ...(source === undefined ? {} : { source }) };
  for (const channel of channels) BY_TRIPLE.set(tripleKey(component.slice(0, "DC0000".length), name, channel), entry);
}

/** What was judged about this triple, or null. */
export function curatedReference(componentId: string, name: string, channel: string): CuratedReference | null {
  return BY_TRIPLE.get(tripleKey(componentId, name, channel)) ?? null;
}

function tripleKey(componentId: string, name: string, channel: string): string {
  return `${componentId}\n${foldName(name).toLowerCase()}\n${channel.replace(/\s+/g, " ").trim().toLowerCase()}`;
}
