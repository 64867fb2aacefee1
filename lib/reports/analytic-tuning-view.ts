import type { Placeholder } from "@/lib/detection/tuning/rule-tuning";
import type { TuningRow } from "@/lib/detection/tuning/tuning-row";
import type { ValueInForce } from "@/lib/detection/tuning/values-in-force";

/** What can be tuned with the value it has in the chosen segment. */
export interface TunedPlaceholder {
  readonly placeholder: Placeholder;
  readonly values: readonly string[] | null; // null: none, so that rules which ask for it are refused
  readonly from: ValueInForce["from"];
  readonly tuning: TuningRow | null; // the version that gives the value
  readonly expired: TuningRow | null; // one that would, had it not run out
  readonly history: readonly TuningRow[]; // newest first
}

export interface AnalyticTuningView {
  readonly analytic: string;
  readonly segment: { readonly id: string; readonly name: string } | null; // null: it applies to none
  readonly placeholders: readonly TunedPlaceholder[];
  readonly linked: number; // accepted rules
}

/** Puts placeholders, the values in force and the versions of one segment together. */
export function tunePlaceholders(placeholders: readonly Placeholder[], values: readonly ValueInForce[], rows: readonly TuningRow[]): TunedPlaceholder[] {
  return placeholders.map((placeholder): TunedPlaceholder => {
    const own = values.find(({ name }) => name === placeholder.name);
    const history = rows.filter(({ name, scope }) => name === placeholder.name && (scope === "" || scope === placeholder.scope || placeholder.scope === ""));
    const rowOf = (version: ValueInForce["tuning"]): TuningRow | null => (version === null ? null : (history.find((row) => row.scope === version.scope && row.version === version.version) ?? null));
    return { placeholder, values: own?.values ?? null, from: own?.from ?? "none", tuning: rowOf(own?.tuning ?? null), expired: rowOf(own?.expired ?? null), history };
  });
}
