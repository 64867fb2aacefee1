import type { GradedProbe } from "@/lib/events/probes/grade-sources";
import type { SourceReport } from "@/lib/operations/get-quality";
import { countGrades, GRADES } from "./grade-word";
import { DimensionList } from "./dimension-list";
import { ProbeRow } from "./probe-row";

/** Every probe of one source, worst first, and DeTT&CT's dimensions read from them. */
export function SourceQualityList({ source }: { source: SourceReport }) {
  return (
    <>
      <div className="border-b">
        {byGrade(source.probes).map((probe) => (
          <ProbeRow key={probe.id} probe={probe} />
        ))}
      </div>
      {source.dimensions.length > 0 ? <DimensionList dimensions={source.dimensions} /> : null}
    </>
  );
}

/** What stands beside a source's name: how many probes came to what. */
export function sayGrades(source: SourceReport): string {
  return countGrades(source.probes.map(({ grade }) => grade));
}

function byGrade(probes: readonly GradedProbe[]): GradedProbe[] {
  return GRADES.flatMap((grade) => probes.filter((probe) => probe.grade === grade));
}
