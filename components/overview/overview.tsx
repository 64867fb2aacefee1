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
import { GapList } from "./gap-list";
import { PrintButton } from "./print-button";
import { SegmentBars } from "./segment-bars";

/** The executive page: fits a screen, prints to one A4. causes: what changed by cause, which may come later than the rest. */
export function Overview({ view, actions, causes }: { view: OverviewView; actions?: ReactNode; causes?: ReactNode }) {
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
              <Trend points={view.trend} summary={view.trendSay.map((part) => (typeof part === "string" ? part : part.strong)).join("")} className="min-h-[210px] flex-1 xl:max-h-[460px]" />
              <TrendKey />
            </div>
          ) : null}
        </Card>
      </div>
      <div className="grid flex-1 gap-3 xl:grid-cols-2 print:grid-cols-2">
        <GapList gaps={view.gaps} say={<Prose of={view.gapsSay} />} limit={3} />
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
          {view.changes ? <Suspense fallback={<SegmentChangeList changes={view.changes} />}>{causes ?? <SegmentChangeList changes={view.changes} />}</Suspense> : null}
        </Card>
      </div>
    </PageBody>
  );
}
