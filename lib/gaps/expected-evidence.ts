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

type ExpectedKinds = Pick<ExpectedEvidence, "kinds" | "moreKinds">;

/** Opens the search for what evidence gaps ask for. Segments mostly miss the same: what a family needs of the same references is worked out once. */
export function openExpectedEvidence(input: ScoringInput): (lines: readonly AlternativeInput[], hosts: number, family: string) => ExpectedEvidence {
  const { policy } = input;
  const known = new Map<string, ExpectedKinds>();
  /**
   * @param lines the references that stand for what is missing
   * @param hosts the largest population of a cell
   * @param family of the gap: its own records come first, since that source is what has to be mended
   */
  return (lines, hosts, family) => {
    const sets = [...new Set(lines.map(({ accepts }) => accepts))].sort((a, b) => a - b);
    const key = `${sets.join(",")} ${family}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = listKinds(input, sets, family)));
    const sources = [...new Map(lines.map(({ name, channel }) => [`${name}\n${channel}`, { name, channel }])).entries()].sort(([a], [b]) => compareCodeUnits(a, b)).map(([, source]) => source);
    return {
      sources: sources.slice(0, MOST_SOURCES),
      ...found,
      hosts,
      hostsNeeded: hostsNeeded(hosts, policy.minHostsPercent, policy.minHostsCap),
      minEvents: policy.minEvents,
      freshDays: policy.freshDays,
      fillPercent: policy.fillPercent,
    };
  };
}

function listKinds({ acceptSets, fieldSets, policy }: ScoringInput, sets: readonly number[], family: string): ExpectedKinds {
  const kinds = new Map<string, { cited: boolean; required: Set<string>; anyOf: Map<string, readonly string[]> }>();
  for (const set of sets) {
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
  const ordered = [...kinds].sort(([a, x], [b, y]) => Number(familyOfKind(b) === family) - Number(familyOfKind(a) === family) || Number(y.cited) - Number(x.cited) || compareCodeUnits(a, b));
  return {
    kinds: ordered.slice(0, MOST_KINDS).map(([kind, { cited, required, anyOf }]) => ({
      kind,
      met: cited ? "as-cited" : "equivalent",
      required: [...required].sort(compareCodeUnits),
      anyOf: [...anyOf].sort(([a], [b]) => compareCodeUnits(a, b)).map(([, group]) => [...group]),
    })),
    moreKinds: Math.max(0, ordered.length - MOST_KINDS),
  };
}
