import type { ReactNode } from "react";
import { ShownAssessments } from "@/components/how-computed/shown-assessment";
import { ConfirmButton, type Confirmed } from "@/components/forms/confirm-button";
import { StatusSprite } from "@/components/status/status-sprite";
import { Toasts } from "@/components/ui/toast";
import type { ShellView } from "@/lib/reports/shell-view";
import { formatTime } from "@/lib/shared/format-time";
import { Breadcrumbs } from "./breadcrumbs";
import { CommandPalette } from "./command-palette";
import { CrumbNames } from "./crumb-name";
import { Footer } from "./footer";
import { KeyboardHelp } from "./keyboard-help";
import { NavDrawer } from "./nav-drawer";
import { AssessmentPicker, SegmentPicker } from "./pickers";
import { Sidebar } from "./sidebar";
import { ThemeToggle } from "./theme-toggle";

/** The frame of every page: screens on the left, where we are and for what on top, what it rests on at the foot. */
export function AppShell({ shell, removeDemo, children }: { shell: ShellView; removeDemo: () => Promise<Confirmed>; children: ReactNode }) {
  const names = Object.fromEntries([...shell.segments.map((segment) => [segment.id, segment.name]), ...shell.assessments.map((assessment) => [String(assessment.id), assessment.label])]);
  return (
    <>
      <StatusSprite />
      <a href="#content" className="sr-only z-50 rounded-md bg-ink px-3 py-1 text-surface focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to content
      </a>
      <div className="flex min-h-dvh print:block print:min-h-0">
        <Sidebar shell={shell} />
        <div className={`flex min-w-0 flex-1 flex-col ${shell.demoAt === null ? "[--notice:0px]" : "[--notice:30px]"}`} /* the height of what stands between head and page, for pages as high as the window */>
          <CrumbNames>
            <header className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-2 border-b bg-surface px-3 md:px-5 print:hidden">
              <NavDrawer shell={shell} />
              <Breadcrumbs names={names} />
              <div className="flex-1" />
              <SegmentPicker segments={shell.segments} className="hidden max-w-48 md:inline-flex" />
              <AssessmentPicker assessments={shell.assessments} className="hidden max-w-72 md:inline-flex" />
              <CommandPalette segments={shell.segments} />
              <ThemeToggle />
            </header>
            {shell.demoAt === null ? null : (
              <aside aria-label="Demonstration data" className="flex flex-wrap items-center gap-x-2 border-b bg-surface-2 px-3 py-0.5 max-md:[&_button]:-ml-2.5 text-xs text-ink-2 md:px-5 print:hidden">
                <span>Demonstration fleet: its telemetry is invented, its times are counted from {formatTime(shell.demoAt)}.</span>
                <ConfirmButton
                  variant="ghost"
                  label={<span className="text-xs">Remove it</span>}
                  title="Remove the demonstration fleet?"
                  description="Its segments, rosters, inventories, samples, exclusions, rules, readings of log sources and assessments go. The starter catalogue, the packs, the policy, the audit log and everything of your own stay. It can be loaded again with sightline demo load."
                  confirm="Remove the demonstration"
                  act={removeDemo}
                  goTo="/"
                />
              </aside>
            )}
            <main id="content" tabIndex={-1} className="flex min-w-0 flex-1 flex-col outline-none">
              <ShownAssessments assessments={shell.assessments}>{children}</ShownAssessments>
            </main>
          </CrumbNames>
          <Footer assessments={shell.assessments} notice={shell.notice} />
        </div>
      </div>
      <KeyboardHelp />
      <Toasts />
    </>
  );
}
