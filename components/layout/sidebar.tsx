"use client";
import { usePathname } from "next/navigation";
import type { ShellView } from "@/lib/reports/shell-view";
import { classNames } from "@/components/ui/class-names";
import { BrandMark } from "./brand-mark";
import { KeptLink } from "./kept-link";
import { isCurrent, NAVIGATION, usesRail } from "./navigation";

/** The list of screens: full width, or icons only on screens that need the room. */
export function NavList({ rail, runningJobs, openAlerts, onGo }: { rail?: boolean; runningJobs: number; openAlerts: number; onGo?: () => void }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Screens" className="flex flex-col gap-px">
      {NAVIGATION.map((group) => (
        <div key={group.label ?? "top"} className="flex flex-col gap-px">
          {group.label ? rail ? <hr className="mx-1 my-1.5" /> : <h3 className="px-2 pt-3 pb-1 text-ink-3">{group.label}</h3> : null}
          {group.items.map(({ href, label, icon: Icon }) => {
            const current = isCurrent(href, pathname);
            return (
              <KeptLink
                key={href}
                href={href}
                title={rail ? label : undefined}
                aria-current={current ? "page" : undefined}
                onClick={onGo}
                className={classNames("flex items-center gap-2 rounded-md text-ink-2 hover:bg-hover hover:text-ink", rail ? "h-8 justify-center" : "h-7 px-2", current && "bg-surface-3 font-medium text-ink")}
              >
                <Icon size={16} strokeWidth={1.75} className={current ? "text-accent" : "text-ink-3"} aria-hidden />
                <span className={rail ? "sr-only" : undefined}>{label}</span>
                {href === "/alerts" && openAlerts > 0 ? <span className={rail ? "sr-only" : "ml-auto text-xs font-normal text-ink-3"}>{openAlerts} open</span> : null}
                {href === "/imports" && runningJobs > 0 ? (
                  <span className={rail ? "sr-only" : "ml-auto text-xs font-normal text-ink-3"}>{runningJobs} running</span>
                ) : null}
              </KeptLink>
            );
          })}
        </div>
      ))}
    </nav>
  );
}

/** The screens at the left edge: a list, or icons where a page needs the width. */
export function Sidebar({ shell }: { shell: ShellView }) {
  const rail = usesRail(usePathname());
  return (
    <aside aria-label="Navigation" className={classNames("hidden shrink-0 border-r bg-surface-2 md:block print:hidden", rail ? "w-[52px]" : "w-[52px] lg:w-52")}>
      <div className="sticky top-0 flex h-dvh flex-col gap-px overflow-y-auto px-2 pb-2">
      <KeptLink href="/" className={classNames("flex h-12 shrink-0 items-center gap-2 px-2 text-base font-semibold tracking-tight", rail ? "justify-center px-0" : "max-lg:justify-center max-lg:px-0")}>
        <BrandMark />
        <span className={rail ? "sr-only" : "max-lg:sr-only"}>Sightline</span>
      </KeptLink>
      <div className={rail ? "hidden" : "hidden lg:block"}>
        <NavList runningJobs={shell.runningJobs} openAlerts={shell.openAlerts} />
      </div>
      <div className={rail ? "block" : "lg:hidden"}>
        <NavList rail runningJobs={shell.runningJobs} openAlerts={shell.openAlerts} />
      </div>
      <div className={classNames("mt-auto flex items-center gap-2 px-2 py-1.5 text-xs text-ink-2", rail ? "hidden" : "max-lg:hidden")} title={shell.actor.authenticated ? undefined : "Actor not authenticated: no accounts exist yet"}>
        <span className="grid size-6 shrink-0 place-items-center rounded-full border border-line-2 bg-surface-3">{shell.actor.name.replace(/^local:/, "").slice(0, 2).toUpperCase()}</span>
        <span className="min-w-0">
          <span className="block truncate">{shell.actor.name}</span>
          <span className="block truncate text-ink-3">{shell.actor.authenticated ? shell.actor.role : "not authenticated"}</span>
        </span>
      </div>
      </div>
    </aside>
  );
}
