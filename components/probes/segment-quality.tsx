import { ChevronRight } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import type { Claim, ClaimQuality } from "@/lib/inventory/types";
import type { SourceReport } from "@/lib/operations/get-quality";
import { counted } from "@/lib/shared/format-number";
import { GradeWord } from "./grade-word";
import { SourceQualityList, sayGrades } from "./source-quality";

/** The quality of what a segment sends, a line per source with what is wrong by name; the probes behind it. */
export function SegmentQuality({ sources, claims }: { sources: readonly SourceReport[]; claims: readonly Claim[] }) {
  if (sources.length === 0) return null;
  return (
    <Card className="pb-1">
      <CardHeader title="Quality of the records" note={counted(sources.filter(({ family }) => family !== null).length, "source")} say="Probes over every production and exercise file of this segment, added up. They explain and flag; none of them raises a status." />
      <div className="mt-2">
        {sources.map((source) => (
          <details key={source.family ?? "all"} className="group/source border-t">
            <summary className="grid cursor-pointer list-none grid-cols-[14px_minmax(0,1fr)] items-baseline gap-x-2 gap-y-0.5 px-3 py-1.5 hover:bg-hover md:grid-cols-[14px_minmax(0,240px)_minmax(0,1fr)_minmax(0,300px)] md:px-4 [&::-webkit-details-marker]:hidden">
              <ChevronRight size={13} aria-hidden className="self-center text-ink-3 group-open/source:rotate-90" />
              <span className="font-medium">{source.title}</span>
              <span className="col-start-2 flex flex-wrap gap-x-3 text-xs md:col-start-auto">
                {source.probes.filter(({ grade }) => grade === "fail" || grade === "warn").map((probe) => (
                  <span key={probe.id} title={probe.says} className="inline-flex gap-1 whitespace-nowrap">
                    {probe.label} <GradeWord grade={probe.grade} />
                  </span>
                ))}
              </span>
              <span className="col-start-2 text-xs text-ink-2 md:col-start-auto md:text-right">{sayGrades(source)}</span>
            </summary>
            <SourceQualityList source={source} />
          </details>
        ))}
      </div>
      <StatedScores claims={claims} />
    </Card>
  );
}

const DIMENSIONS: readonly (readonly [key: keyof ClaimQuality, label: string])[] = [["deviceCompleteness", "device completeness"], ["dataFieldCompleteness", "data field completeness"], ["timeliness", "timeliness"], ["consistency", "consistency"], ["retention", "retention"]];

/** Scores that somebody gave in DeTT&CT: kept as a statement beside what the probes compute. */
function StatedScores({ claims }: { claims: readonly Claim[] }) {
  const scored = claims.flatMap(({ id, component, product, asOf, quality }) => (quality === null ? [] : [{ id, component, product, asOf, quality }]));
  if (scored.length === 0) return null;
  return (
    <details className="border-t px-3 py-2 text-xs md:px-4">
      <summary className="cursor-pointer font-medium">
        The dimensions as somebody scored them in DeTT&amp;CT <span className="font-normal text-ink-3">{counted(scored.length, "statement")}</span>
      </summary>
      <ul className="mt-1 text-ink-2">
        {scored.map(({ id, component, product, asOf, quality }) => (
          <li key={id} className="mt-0.5">
            <b className="font-medium text-ink">{component || "all components"}</b> {product} {asOf === null ? "" : `(${asOf})`}: {DIMENSIONS.map(([key, label]) => `${label} ${quality[key] ?? "unknown"}`).join(", ")}
          </li>
        ))}
      </ul>
    </details>
  );
}
