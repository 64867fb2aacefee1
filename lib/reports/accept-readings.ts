import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { polledForm } from "@/lib/telemetry/polled-rows";
import { carries } from "@/lib/telemetry/record-kinds";

/**
 * A scoring input whose references accept readings of osquery's lists as an assessment would if they were claimed: beside each table
 * that a reference accepts, the reading of it that shows the component. An assessment accepts only readings that somebody
 * claims or has seen, so one that is merely thought of is not among them yet.
 *
 * @param kinds that are thought of; those that are no readings, or are accepted already, change nothing
 */
export function acceptReadings(input: ScoringInput, kinds: readonly string[]): ScoringInput {
  const readings = [...new Set(kinds)].flatMap((kind) => {
    const table = polledForm(kind)?.table;
    return table === undefined ? [] : [{ kind, table }];
  });
  if (readings.length === 0) return input;
  const acceptSets = [...input.acceptSets];
  const made = new Map<string, number>();
  const widen = (accepts: number, component: string): number => {
    const set = input.acceptSets[accepts] ?? [];
    const more = readings.flatMap(({ kind, table }) => {
      const whole = set.find((accept) => accept.kind === table);
      return whole === undefined || set.some((accept) => accept.kind === kind) || !carries(kind, component) ? [] : [{ ...whole, kind }];
    });
    if (more.length === 0) return accepts;
    const key = `${accepts}\n${more.map(({ kind }) => kind).join("\n")}`;
    const known = made.get(key) ?? acceptSets.push([...set, ...more]) - 1;
    made.set(key, known);
    return known;
  };
  const analytics = input.analytics.map((analytic) => ({
    ...analytic,
    requirements: analytic.requirements.map((requirement) => ({ ...requirement, alternatives: requirement.alternatives.map((alternative) => ({ ...alternative, accepts: widen(alternative.accepts, requirement.component.id) })) })),
  }));
  return { ...input, analytics, acceptSets };
}
