import { z } from "zod";
import { familyOfKind } from "@/lib/assessment/index-evidence";
import type { AlternativeInput, ScoringInput } from "@/lib/assessment/scoring-input";
import { hostsNeeded } from "@/lib/assessment/weigh-kind";
import { compareCodeUnits } from "@/lib/shared/canonical-json";

/**
 * What an assessment would accept as proof that a gap is closed: records of one of these kinds with these fields, from enough hosts,
 * recent, and filled in so many per cent of the records of the kind. sources: the log sources as ATT&CK cites them.
 */
export const expectedEvidenceSchema = z.object({
  sources: z.array(z.object({ name: z.string(), channel: z.string() })),
  kinds: z.array(z.object({ kind: z.string(), met: z.enum(["as-cited", "equivalent"]), required: z.array(z.string()), anyOf: z.array(z.array(z.string())) })),
  moreKinds: z.number().int(), // accepted too, not listed
  hosts: z.number().int(), // population
  hostsNeeded: z.number().int(),
  minEvents: z.number().int(),
  freshDays: z.number().int(),
  fillPercent: z.number().int(),
});
export type ExpectedEvidence = z.infer<typeof expectedEvidenceSchema>;

const MOST_KINDS = 8;
const MOST_SOURCES = 6;

/**
 * @param lines the references that stand for what is missing
 * @param hosts the largest population of a cell
 * @param family of the gap: its own records come first, since that source is what has to be mended
 */
export function expectedEvidence({ acceptSets, fieldSets, policy }: ScoringInput, lines: readonly AlternativeInput[], hosts: number, family: string): ExpectedEvidence {
  const kinds = new Map<string, { cited: boolean; required: Set<string>; anyOf: Map<string, readonly string[]> }>();
  for (const set of new Set(lines.map(({ accepts }) => accepts))) {
    for (const { kind, met, fields } of acceptSets[set] ?? []) {
      if (met !== "as-cited" && policy.asCitedOnly) continue;
      let known = kinds.get(kind);
      if (!known) kinds.set(kind, (known = { cited: false, required: new Set(), anyOf: new Map() }));
      known.cited ||= met === "as-cited";
      // References differ in the fields they need of one kind: what has them all satisfies each.
      for (const field of fieldSets[fields]?.required ?? []) known.required.add(field);
      for (const group of fieldSets[fields]?.anyOf ?? []) known.anyOf.set(group.join("\n"), group);
    }
  }
  const ordered = [...kinds]
    .map(([kind, { cited, required, anyOf }]): ExpectedEvidence["kinds"][number] => ({
      kind,
      met: cited ? "as-cited" : "equivalent",
      required: [...required].sort(compareCodeUnits),
      anyOf: [...anyOf].sort(([a], [b]) => compareCodeUnits(a, b)).map(([, group]) => [...group]),
    }))
    .sort((a, b) => Number(familyOfKind(b.kind) === family) - Number(familyOfKind(a.kind) === family) || Number(b.met === "as-cited") - Number(a.met === "as-cited") || compareCodeUnits(a.kind, b.kind));
  const sources = [...new Map(lines.map(({ name, channel }) => [`${name}\n${channel}`, { name, channel }])).entries()].sort(([a], [b]) => compareCodeUnits(a, b)).map(([, source]) => source);
  return {
    sources: sources.slice(0, MOST_SOURCES),
    kinds: ordered.slice(0, MOST_KINDS),
    moreKinds: Math.max(0, ordered.length - MOST_KINDS),
    hosts,
    hostsNeeded: hostsNeeded(hosts, policy.minHostsPercent, policy.minHostsCap),
    minEvents: policy.minEvents,
    freshDays: policy.freshDays,
    fillPercent: policy.fillPercent,
  };
}
