import type { ReactNode } from "react";
import { RestsOn } from "@/components/how-computed/rests-on";
import { OfAssessment } from "@/components/how-computed/shown-assessment";
import { CrumbName } from "./crumb-name";

/** The page's title, one paragraph, and its actions. crumb: what the breadcrumb calls it, where the address has but a machine's id. numbers: the page shows numbers of an assessment, and names it with its policy. */
export function PageHeader({ title, crumb, say, actions, numbers }: { title: ReactNode; crumb?: string; say?: ReactNode; actions?: ReactNode; numbers?: boolean }) {
  return (
    <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
      {crumb === undefined ? null : <CrumbName name={crumb} />}
      <div className="min-w-0 flex-1 basis-80">
        <h1>{title}</h1>
        {say || numbers ? (
          <p className="max-w-[860px] text-pretty text-ink-2">
            {say} {numbers ? <RestsOn /> : null}
          </p>
        ) : null}
      </div>
      {actions ? <div className="flex max-w-full min-w-0 flex-wrap items-center gap-2 print:hidden">{actions}</div> : null}
    </div>
  );
}

/** The column of blocks that every page is. of: the assessment that its figures are of, where the address does not say it; null: of none, or of several. */
export function PageBody({ of, children }: { of?: number | null; children: ReactNode }) {
  return <div className="flex w-full flex-1 flex-col gap-3 px-3 py-3 md:px-5 print:p-0">{of === undefined ? children : <OfAssessment id={of}>{children}</OfAssessment>}</div>;
}
