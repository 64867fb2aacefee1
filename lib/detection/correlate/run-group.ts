import type { LinkedCorrelation } from "../sigma/link-rules";
import { runCounting } from "./run-counting";
import { runOrdered } from "./run-ordered";
import { runTemporal } from "./run-temporal";
import type { Firing, Item } from "./match-types";

/** What a correlation asks of the items of one group. An explanation asks again with one demand less (explain/find-nearest-miss.ts). */
export interface CorrelationSpec extends Pick<LinkedCorrelation, "type" | "timespanMs" | "thresholds" | "fields" | "percentile"> {
  readonly stages: number; // how many rules or correlations it refers to
  /** The name under which the records of a stage carry a field (aliases). */
  fieldOf(stage: number, field: string): string;
}

/**
 * The firings within one group. Windows slide: after each item, the window holds what is at most `timespan` older, the edge
 * included. After a firing the group is silent until the window holds nothing of it any more, so at most once per timespan.
 *
 * @param items in the order of their last moment
 */
export function runGroup(spec: CorrelationSpec, items: readonly Item[]): Firing[] {
  switch (spec.type) {
    case "temporal":
      return runTemporal(spec, items);
    case "temporal_ordered":
      return runOrdered(spec, items);
    default:
      return runCounting(spec, items);
  }
}
