import { commonPlatforms } from "@/lib/assessment/common-platforms";
import { indexEvidence } from "@/lib/assessment/index-evidence";
import { openScope, type Scope } from "@/lib/assessment/open-scope";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { placeCells } from "./list-cells";

/** A proven requirement of a cell: its best alternative, and every record kind that proves it. */
export interface Proof {
  readonly analytic: string;
  readonly segment: number; // position in the ScoringInput
  readonly component: { readonly id: string; readonly name: string };
  readonly logSource: string;
  readonly channel: string;
  readonly met: "as-cited" | "equivalent" | null;
  readonly records: number; // jointly filled, in the window, of all these kinds
  readonly hosts: number;
  readonly newest: number | null;
  readonly kinds: readonly ProvingKind[];
}

export interface ProvingKind {
  readonly met: "as-cited" | "equivalent";
  readonly records: number;
  readonly hosts: number;
  readonly group: ProofGroup;
}

/** Records of one kind that fill one set of fields, on hosts of these platforms of one segment: what examples are drawn from. */
export interface ProofGroup {
  readonly key: string;
  readonly segment: number;
  readonly kind: string;
  readonly fieldSet: number;
  readonly platforms: readonly string[];
}

/** Every proven requirement of every cell, in the order of the cells. The scorer's own test says which kinds prove it. */
export function* listProofs(input: ScoringInput, result: ScoringResult): Generator<Proof> {
  const index = indexEvidence(input);
  const scopes = new Map<string, Scope>();
  for (const { analytic: position, segment, cell } of placeCells(input, result)) {
    const analytic = input.analytics[position];
    const place = index.segments[segment];
    const lines = cell && result.details[cell.detail]?.requirements;
    if (!analytic || !place || !lines) continue;
    const platforms = commonPlatforms(analytic, place.input).sort();
    const scopeKey = JSON.stringify([segment, platforms]);
    const scope = scopes.get(scopeKey) ?? openScope(index, place, platforms);
    scopes.set(scopeKey, scope);
    for (const [number, line] of lines.entries()) {
      const requirement = result.requirements[line];
      const best = requirement?.alternatives[requirement.best];
      const alternative = analytic.requirements[number]?.alternatives[requirement?.best ?? -1];
      if (!requirement || !alternative || !best?.proven) continue;
      const { evidence, accepted } = scope.present(alternative);
      const kinds = evidence.flatMap((found): ProvingKind[] => {
        const { kind, fieldSet } = found;
        const met = accepted.met.get(kind);
        if (!found.proven || met === undefined) return [];
        return [{ met, records: found.filled, hosts: found.hosts.length, group: { key: JSON.stringify([segment, kind, fieldSet, platforms]), segment, kind, fieldSet, platforms } }];
      });
      const { name: logSource, channel, met, records, hosts, newest } = best;
      yield { analytic: analytic.id, segment, component: { ...requirement.component }, logSource, channel, met, records, hosts, newest, kinds };
    }
  }
}
