import { ChartSpline, GitCompareArrows } from "lucide-react";
import type { ReactNode } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";

/** Ways on from the list of assessments. compare: there are two, so that there is a difference. */
export function AssessmentActions({ compare, run }: { compare: boolean; run: ReactNode }) {
  return (
    <>
      {compare ? (
        <>
          <Button asChild>
            <KeptLink href="/trend">
              <ChartSpline size={14} aria-hidden />
              Trend
            </KeptLink>
          </Button>
          <Button asChild>
            <KeptLink href="/assessments/compare">
              <GitCompareArrows size={14} aria-hidden />
              What changed
            </KeptLink>
          </Button>
        </>
      ) : null}
      {run}
    </>
  );
}
