import { counted } from "@/lib/shared/format-number";
import { strong, type Sentence } from "./sentence";
import type { SourceCell, TelemetryMapView } from "./telemetry-states";

/** What stands out in a map, trouble first. A source counts once per segment, as it does in the map. */
export function sayTelemetry({ cells, families, segments }: Pick<TelemetryMapView, "cells" | "families" | "segments">): Sentence {
  const of = (test: (cell: SourceCell) => boolean): number => cells.filter(test).length;
  const trouble: Sentence[] = [
    counting(of(({ state }) => state === "silent"), "is silent", "are silent"),
    counting(of(({ state }) => state === "stale"), "sent nothing in the window", "sent nothing in the window"),
    counting(of(({ flags }) => flags.includes("contradicted")), "contradicts what is claimed of it", "contradict what is claimed of them"),
    counting(of(({ state }) => state === "thin"), "arrives and proves nothing", "arrive and prove nothing"),
  ].filter((part) => part.length > 0);
  const arriving = of(({ records }) => records > 0);
  const needed = of(({ family, cited }) => cited > 0 && families[family]?.needed === true);
  const senders = new Set(cells.filter(({ records }) => records > 0).map(({ segment }) => segment)).size;
  const start: Sentence = [strong(counted(arriving, "source")), ` ${arriving === 1 ? "sends" : "send"} fresh records, from ${senders} of ${counted(segments.length, "segment")}; analytics name ${counted(needed, "source")} there.`];
  if (trouble.length === 0) return [...start, " None is silent, stale or contradicted."];
  return [...start, " ", ...trouble.flatMap((part, index) => (index === 0 ? part : [index === trouble.length - 1 ? " and " : ", ", ...part])), "."];
}

function counting(count: number, one: string, many: string): Sentence {
  return count === 0 ? [] : [strong(String(count)), ` ${count === 1 ? one : many}`];
}
