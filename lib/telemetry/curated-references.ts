import { z } from "zod";
import { foldName } from "./family-of";
import { referenceDigest } from "./reference-digest";
import { EVENT_KEY_KINDS, UNCITED_REASONS, type EventKey, type RecordKindId, type UncitedReason, type Verdict } from "./types";
import macos from "./tables/curated-macos.json";
import table from "./tables/curated-references.json";
import reviewed from "./tables/curated-reviewed.json";
import uncitedTable from "./tables/curated-uncited.json";

/** A reference that somebody read and judged: what it is really about. */
export interface CuratedReference {
  readonly eventKeys: readonly EventKey[];
  readonly kinds: readonly RecordKindId[]; // as cited
  readonly classes: readonly string[]; // equivalents, "DC0032/process-start"
  readonly anyCarrier: boolean; // the words narrow nothing: any record of the platform that carries the component is accepted
  readonly uncited?: UncitedReason; // why kinds is empty, where the act can be seen all the same
  readonly verdict: Verdict;
  readonly confidence: "high" | "medium" | "low";
  readonly reason: string;
  readonly substitute?: string;
  readonly source?: string;
}

const Row = z.object({
  component: z.string(), // "DC0032 Process Creation"
  name: z.string(),
  channels: z.array(z.string()).default([]), // as published, where the words matter to the reader of the table
  references: z.array(z.string().regex(/^AN\d+\/\d+ [0-9a-f]{16}$/)).default([]), // "AN0844/0 <digest>": who cites it first, at which position
  eventKeys: z.array(z.object({ kind: z.enum(EVENT_KEY_KINDS), value: z.string(), channel: z.string().optional() })).default([]),
  kinds: z.array(z.string()),
  classes: z.array(z.string()),
  anyCarrier: z.boolean().default(false),
  uncited: z.enum(UNCITED_REASONS).optional(),
  verdict: z.enum(["producible", "not-producible", "platform-mismatch", "external"]),
  confidence: z.enum(["high", "medium", "low"]),
  reason: z.string(),
  substitute: z.string().optional(),
  source: z.string().optional(),
});

const BY_DIGEST = new Map<string, CuratedReference>();
const SOURCES = new Set<string>(); // component and name that have a judgement: spares a digest for all others
for (const { component, name, channels, references, substitute, source, uncited, ...row } of z.array(Row).parse([...macos, ...reviewed, ...uncitedTable, ...table])) {
  const entry: CuratedReference = { ...row, ...(uncited === undefined ? {} : { uncited }), ...(substitute === undefined ? {} : { substitute }), ...(source === undefined ? {} : { source }) };
  const id = component.slice(0, "DC0000".length);
  SOURCES.add(sourceKey(id, name));
  for (const channel of channels) BY_DIGEST.set(referenceDigest(id, name, channel), entry);
  for (const reference of references) BY_DIGEST.set(reference.slice(reference.indexOf(" ") + 1), entry);
}

/** What was judged about this triple, or null. */
export function curatedReference(componentId: string, name: string, channel: string): CuratedReference | null {
  return SOURCES.has(sourceKey(componentId, name)) ? (BY_DIGEST.get(referenceDigest(componentId, name, channel)) ?? null) : null;
}

/** Every judgement, once. */
export function curatedReferences(): readonly CuratedReference[] {
  return [...new Set(BY_DIGEST.values())];
}

function sourceKey(componentId: string, name: string): string {
  return `${componentId}\n${foldName(name).toLowerCase()}`;
}
