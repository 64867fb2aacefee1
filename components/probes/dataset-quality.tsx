import { Card, CardHeader } from "@/components/ui/card";
import type { SourceReport } from "@/lib/operations/get-quality";
import { SourceQualityList, sayGrades } from "./source-quality";

/** The quality of one file, a card per source. */
export function DatasetQuality({ sources }: { sources: readonly SourceReport[] }) {
  return (
    <>
      {sources.map((source) => (
        <Card key={source.family ?? "all"} className="pb-1">
          <CardHeader title={`Quality: ${source.title}`} note={source.family ?? "what speaks of several sources"} say={`Of ${source.probes.length} probes, ${sayGrades(source)}.`} />
          <div className="mt-2">
            <SourceQualityList source={source} />
          </div>
        </Card>
      ))}
    </>
  );
}
