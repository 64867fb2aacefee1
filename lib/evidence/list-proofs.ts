import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import { placeCells } from "./list-cells";

/** A proven requirement of a cell and the group of records that its examples are drawn from. */
export interface Proof {
  readonly analytic: string;
  readonly segment: number; // position in the ScoringInput
  readonly component: { readonly id: string; readonly name: string };
  readonly logSource: string;
  readonly channel: string;
  readonly met: "as-cited" | "equivalent" | null;
  readonly records: number;
  readonly hosts: number;
  readonly newest: number | null;
  readonly group: ProofGroup;
}

/** Records of one kind that fill one set of fields, on hosts of these platforms of one segment. */
export interface ProofGroup {
  readonly key: string;
  readonly segment: number;
  readonly kind: string;
  readonly fieldSet: number;
  readonly platforms: readonly string[];
}

/** Every proven requirement of every cell, in the order of the cells. */
export function* listProofs(input: ScoringInput, result: ScoringResult): Generator<Proof> {
  for (const { analytic: position, segment, cell } of placeCells(input, result)) {
    const analytic = input.analytics[position];
    const place = input.segments[segment];
    const lines = cell && result.details[cell.detail]?.requirements;
    if (!analytic || !place || !lines) continue;
    const platforms = place.platforms.map(({ name }) => name).filter((name) => analytic.platforms.includes(name)).sort();
    for (const [index, line] of lines.entries()) {
      const requirement = result.requirements[line];
      const best = requirement?.alternatives[requirement.best];
      if (!requirement || !best?.proven || best.kind === null) continue;
      const accepts = analytic.requirements[index]?.alternatives[requirement.best]?.accepts ?? -1;
      const fieldSet = input.acceptSets[accepts]?.find(({ kind }) => kind === best.kind)?.fields;
      if (fieldSet === undefined) throw new Error(`${analytic.id} was proven by ${best.kind}, which it does not accept`);
      const { name: logSource, channel, met, records, hosts, newest, kind } = best;
      const key = JSON.stringify([segment, kind, fieldSet, platforms]);
      yield { analytic: analytic.id, segment, component: { ...requirement.component }, logSource, channel, met, records, hosts, newest, group: { key, segment, kind, fieldSet, platforms } };
    }
  }
}
