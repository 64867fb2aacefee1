import { PageBody, PageHeader } from "@/components/layout/page-header";
import { OfAssessment } from "@/components/how-computed/shown-assessment";
import { PolicyLink } from "@/components/how-computed/rests-on";
import { KeptLink } from "@/components/layout/kept-link";
import { Metric } from "@/components/metric/metric";
import { Card, CardHeader } from "@/components/ui/card";
import { Prose } from "@/components/ui/prose";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import type { ComparedAssessment, CompareView } from "@/lib/reports/compare-view";
import type { Stand } from "@/lib/assessment/compare/comparison";
import { ChangedCells } from "./changed-cells";
import { compareHref } from "./compare-links";
import { PickPair } from "./pick-pair";
import { SegmentChanges } from "./segment-changes";
import { Transitions } from "./transitions";
import { Waterfall } from "./waterfall";

/** What changed between two assessments, and which group of inputs moved it. */
export function ComparePage({ view }: { view: CompareView }) {
  const { a, b, from, to, filter, segments, cells } = view;
  const segment = segments.find(({ id }) => id === filter.segment);
  return (
    <PageBody of={null}>
      <PageHeader title={<Prose of={view.title} />} say={<Prose of={view.say} />} actions={<PickPair a={a.id} b={b.id} choices={view.choices} />} />
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
        <Card>
          <CardHeader title="What moved the number" how="points-change" note={segment?.name ?? "the fleet"} say="Weighted observed share. Each group of inputs is swapped in turn and every cell decided again; the parts add up exactly." action={segment ? <KeptLink href={compareHref(view, { segment: null })} className="text-xs text-accent underline">The whole fleet</KeptLink> : undefined} />
          <Waterfall view={view} />
        </Card>
        <div className="grid content-start gap-3 sm:grid-cols-2 xl:grid-cols-1">
          <OfAssessment id={a.id}>
            <Numbers assessment={a} stand={from} />
          </OfAssessment>
          <OfAssessment id={b.id}>
            <Numbers assessment={b} stand={to} />
          </OfAssessment>
        </div>
      </div>
      <Card className="pb-1">
        <CardHeader title="Transitions" note={segment?.name ?? "all segments"} say="Cells by their status before and now. A number leads to its cells." />
        <Transitions view={view} />
      </Card>
      <Card className="pb-1" id="cells">
        <CardHeader title="Changed cells" note={`${formatCount(cells.total)} of ${counted(cells.changed, "changed cell")}`} say="Most weight first. The causes are the groups of inputs that moved the cell on its way, in their order." />
        <ChangedCells view={view} />
      </Card>
      <Card className="pb-1">
        <CardHeader title="By segment" note={counted(segments.length, "segment")} say="Largest change of the weighted share first." />
        <SegmentChanges view={view} />
      </Card>
    </PageBody>
  );
}

function Numbers({ assessment, stand }: { assessment: ComparedAssessment; stand: Stand }) {
  return (
    <Card className="px-4 py-2.5">
      <h2 className="text-xs font-medium text-ink-2">
        <KeptLink href={`/assessments/${assessment.id}`} className="hover:underline">
          {assessment.label}
        </KeptLink>
        , as of {formatTime(assessment.at)}
        {assessment.runLater ? ", run later" : ""}
      </h2>
      <Metric measure="observed-share" value={stand.observed} low={stand.low} high={stand.high} k={stand.k} n={stand.n} kWord="observed" />
      <p className="mt-1 text-xs text-ink-2">
        Counted once: <Metric measure="uniform-share" size="line" how value={stand.uniform} low={null} high={null} k={stand.k} n={stand.n} />
      </p>
      <p className="text-xs text-ink-3">
        {assessment.releases}, <PolicyLink version={assessment.policy} />
      </p>
    </Card>
  );
}
