import { Printer } from "lucide-react";
import { Suspense, type ReactNode } from "react";
import { Trend, TrendKey } from "@/components/charts/trend";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader } from "@/components/ui/card";
import { Prose } from "@/components/ui/prose";
import type { OverviewView } from "@/lib/reports/overview-view";
import { SegmentChangeList } from "./change-list";
import { FiveNumbers } from "./five-numbers";
import { FrontierCard } from "./frontier-card";
import { GapList } from "./gap-list";
import { PrintButton } from "./print-button";
import { SegmentBars } from "./segment-bars";

/**
 * The executive page: fits a screen, prints to one A4.
 *
 * @param causes what changed by cause, which may come later than the rest
 * @param trace starts tracing the efficient plans, where nobody has
 */
export function Overview({ view, actions, causes, trace }: { view: OverviewView; actions?: ReactNode; causes?: ReactNode; trace?: ReactNode }) {
  const shown = changesShown(view);
  return (
    <PageBody>
      <PageHeader
        numbers
        title={<Prose of={view.title} />}
        say={<Prose of={view.lead} />}
        actions={
          <>
            <PrintButton>
              <Printer size={14} aria-hidden />
              Print A4
            </PrintButton>
            {actions}
          </>
        }
      />
      <FiveNumbers view={view} />
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1.62fr)_minmax(0,1fr)]">
        <SegmentBars rows={view.segments} say={<Prose of={view.segmentsSay} />} />
        <Card className="flex flex-col">
          <CardHeader
            title="Trend"
            note="weighted share, %"
            say={<Prose of={view.trendSay} />}
            action={
              <KeptLink href="/trend" className="text-xs text-accent underline">
                All points
              </KeptLink>
            }
          />
          {view.trend.length > 0 ? (
            <div className="flex flex-1 flex-col px-3 pb-2">
              <Trend points={view.trend} summary={view.trendSay.map((part) => (typeof part === "string" ? part : part.strong)).join("")} className="min-h-[188px] flex-1 xl:max-h-[460px]" />
              <TrendKey />
            </div>
          ) : null}
        </Card>
      </div>
      <div className="grid flex-1 gap-3 xl:grid-cols-2 print:grid-cols-2">
        {view.frontier ? <FrontierCard frontier={view.frontier} /> : <GapList gaps={view.gaps} say={<Prose of={view.gapsSay} />} currency={view.currency} limit={view.segment === null ? 2 : 3} more={view.segment === null ? <Untraced trace={trace} /> : undefined} />}
        <Card>
          <CardHeader
            title="What changed"
            note={view.changes ? `since ${view.changes.since}` : undefined}
            say={view.changes ? undefined : "There is no earlier assessment to compare with."}
            action={
              view.changes ? (
                <KeptLink href="/assessments/compare" className="text-xs text-accent underline">
                  All changes
                </KeptLink>
              ) : undefined
            }
          />
          {view.changes ? <Suspense fallback={<SegmentChangeList changes={view.changes} shown={shown} />}>{causes ?? <SegmentChangeList changes={view.changes} shown={shown} />}</Suspense> : null}
        </Card>
      </div>
    </PageBody>
  );
}

/** How many changes stand beside the frontier, or beside the gaps that are taller. */
export function changesShown(view: Pick<OverviewView, "frontier">): number {
  return view.frontier ? 3 : 5;
}

/** The frontier has its place here once its plans are traced. */
function Untraced({ trace }: { trace: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t px-3 py-2 text-xs text-ink-2 md:px-4 print:hidden">
      <span className="flex-1 basis-60">Which collections win most for every budget stands here once the plans of this assessment are traced.</span>
      {trace}
    </div>
  );
}
