import type { ReactNode } from "react";
import type { JobView } from "@/lib/jobs/job-types";
import { JobList } from "./job-list";

/** A page with its jobs docked beside it, below it on narrow screens. */
export function JobPanel({ jobs, children }: { jobs: readonly JobView[]; children: ReactNode }) {
  return (
    <div className="grid flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] xl:grid-cols-[minmax(0,1fr)_308px] xl:grid-rows-1">
      <div className="flex min-w-0 flex-col">{children}</div>
      <aside aria-label="Jobs" className="border-t bg-surface xl:border-t-0 xl:border-l">
        <JobList initial={jobs} />
      </aside>
    </div>
  );
}
