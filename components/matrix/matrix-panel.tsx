"use client";
import { ExternalLink, X } from "lucide-react";
import { useRef, useEffect, type ReactNode } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Metric } from "@/components/metric/metric";
import { StatusBar } from "@/components/status/status-bar";
import { StatusGlyph } from "@/components/status/status-glyph";
import { FlagWords, StatusWord } from "@/components/status/status-word";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import type { MatrixTechniqueView } from "@/lib/reports/matrix-technique-view";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { spellTimes } from "@/lib/shared/format-time";
import { useTechnique } from "./ask-technique";
import { sayStand, type LayerStands } from "./layer-stands";
import type { Gains } from "./open-gains";
import { PanelAnalytics } from "./panel-analytics";
import type { GroupNumber, ScopeNumbers } from "./read-numbers";
import { PanelGains } from "./panel-gains";
import { SegmentMultiples } from "./segment-multiples";

export interface MatrixPanelProps {
  readonly view: MatrixView;
  readonly technique: number;
  readonly tactic: number;
  readonly numbers: readonly ScopeNumbers[];
  readonly groups: readonly string[]; // names of those chosen that use it
  readonly stands: LayerStands | null; // of a layer that is laid over
  readonly gains: Gains | null; // of a choice that is thought through
  readonly onSelect: (technique: number, tactic: number) => void;
  readonly onClose: () => void;
  readonly hrefOfSegment: (segment: string) => string;
}

/** One technique: how much of it is observed, why not all of it, and what unlocks it. */
export function MatrixPanel({ view, technique: position, tactic, numbers, groups, stands, gains, onSelect, onClose, hrefOfSegment }: MatrixPanelProps) {
  const technique = view.techniques[position];
  const [scope] = view.scopes;
  const asked = useTechnique(technique?.id ?? "", { assessment: view.assessment, segment: scope.segment });
  const panel = useRef<HTMLElement>(null);
  // Below the grid, on narrow screens, the panel would open out of sight.
  useEffect(() => {
    const box = panel.current?.getBoundingClientRect();
    if (box && box.top > window.innerHeight - 80) panel.current?.scrollIntoView({ block: "start" });
  }, []);
  if (technique === undefined) return null;
  const below = view.techniques.flatMap((other, index) => (other.parent === position ? [index] : []));
  const parent = view.techniques[technique.parent];
  const analytics = [...new Set([technique, ...below.flatMap((child) => view.techniques[child] ?? [])].flatMap((member) => member.analytics))];
  return (
    <aside ref={panel} aria-label="Chosen technique" className="flex w-full shrink-0 flex-col border-t bg-surface xl:w-[356px] xl:border-t-0 xl:border-l print:hidden">
      <div className="border-b px-4 pt-2.5 pb-3">
        <div className="flex items-center gap-1">
          <span className="min-w-0 flex-1 truncate font-mono text-ink-2">
            {technique.id} · {view.tactics[tactic]?.id} {view.tactics[tactic]?.name}
          </span>
          <a href={`https://attack.mitre.org/techniques/${technique.id.replace(".", "/")}`} target="_blank" rel="noreferrer" aria-label={`${technique.id} at MITRE`} title="At MITRE" className="grid size-7 place-items-center text-ink-3 hover:text-ink">
            <ExternalLink size={14} aria-hidden />
          </a>
          <IconButton label="Close" onClick={onClose}>
            <X size={16} aria-hidden />
          </IconButton>
        </div>
        <h2 className="text-lg leading-6">
          {parent ? <span className="text-ink-2">{parent.name}: </span> : null}
          {technique.name}
        </h2>
        {numbers.map((own, index) => (
          <PanelScope key={index} name={numbers.length > 1 || scope.segment === null ? (view.scopes[index]?.name ?? "") : ""} own={own.own(position)} whole={below.length > 0 ? own.whole(position) : undefined} below={below.length} />
        ))}
        {stands === null ? null : (
          <p className="mt-1.5 text-xs text-pretty text-ink-2">
            {stands.name}: {sayStand(stands, [position])}
            {below.length === 0 ? "" : `. Its sub-techniques: ${sayStand(stands, below)}`}.
          </p>
        )}
        {groups.length > 0 ? <p className="mt-1.5 text-xs text-ink-2">Used by {groups.join(", ")}.</p> : null}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
        {gains === null ? null : <PanelGains view={view} technique={position} gains={gains} />}
        {asked.state === "asking" ? <div role="status" className="h-40 animate-pulse rounded-lg bg-surface-3 motion-reduce:animate-none"><span className="sr-only">Reading why</span></div> : null}
        {asked.state === "failed" ? <p role="alert" className="text-attn">{asked.why}</p> : null}
        {asked.state === "there" ? <Answer view={asked.view} scope={scope.segment} hrefOfSegment={hrefOfSegment} /> : null}
        {below.length > 0 ? (
          <Section title={`${counted(below.length, "sub-technique")}`}>
            <ul>
              {below.map((child) => {
                const sub = view.techniques[child];
                const number = numbers[0]?.own(child);
                return sub === undefined ? null : (
                  <li key={sub.id} className="border-t">
                    <button type="button" onClick={() => onSelect(child, tactic)} className="flex min-h-8 w-full items-center gap-2 text-left hover:bg-hover">
                      <StatusGlyph status={number?.status ?? "not-applicable"} flags={number?.flags} size={18} />
                      <span className="font-mono text-ink-2">{sub.id}</span>
                      <span className="min-w-0 flex-1 truncate">{sub.name}</span>
                      <span className="text-xs whitespace-nowrap text-ink-3">{number === undefined ? "" : `${formatCount(number.k)}/${formatCount(number.n)}`}</span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </Section>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-2 border-t px-4 py-2.5">
        <Button asChild variant="primary">
          <KeptLink href={analytics.length === 1 ? `/analytics/${analytics[0] ?? ""}` : `/analytics?q=${encodeURIComponent(technique.id)}`}>{analytics.length === 1 ? `Open ${analytics[0] ?? ""}` : `Open ${counted(analytics.length, "analytic")}`}</KeptLink>
        </Button>
        <span className="ml-auto text-xs text-ink-3 max-sm:hidden">
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> <Kbd>←</Kbd> <Kbd>→</Kbd> <Kbd>esc</Kbd>
        </span>
      </div>
    </aside>
  );
}

function PanelScope({ name, own, whole, below }: { name: string; own: GroupNumber | undefined; whole: GroupNumber | undefined; below: number }) {
  const shown = whole ?? own;
  if (shown === undefined) return <p className="mt-1 text-ink-2">{name === "" ? "" : `${name}: `}nothing of it applies here.</p>;
  return (
    <div className="mt-1.5">
      {name === "" ? null : <h3>{name}</h3>}
      <div className="flex flex-wrap items-center gap-x-2">
        <StatusWord status={shown.status} flags={shown.flags} />
        <FlagWords flags={shown.flags} />
      </div>
      <div className="mt-1">
        <Metric measure="observed-share" size="line" how value={shown.value} low={shown.low} high={shown.high} k={shown.k} n={shown.n} kWord="observed" />
      </div>
      <div className="mt-1.5">
        <StatusBar counts={shown.counts} height={14} />
      </div>
      {whole === undefined ? null : (
        <p className="mt-1 text-xs text-ink-3">
          with its {counted(below, "sub-technique")}; by itself {own === undefined ? "nothing applies" : `${own.status}, ${formatCount(own.k)} of ${counted(own.n, "cell")}`}
        </p>
      )}
    </div>
  );
}

function Answer({ view, scope, hrefOfSegment }: { view: MatrixTechniqueView; scope: string | null; hrefOfSegment: (segment: string) => string }) {
  return (
    <>
      {view.unlock ? (
        <Section title="Closest unlock">
          <div className="rounded-md border border-dashed border-line-2 bg-surface-2 px-3 py-2">
            <p className="font-medium">{view.unlock.what}</p>
            <p className="mt-0.5 text-xs text-pretty text-ink-2">
              {KIND[view.unlock.kind]} in {view.unlock.segment.name}: {view.unlock.alone > 0 ? `alone unlocks ${counted(view.unlock.alone, "analytic")} there` : `is part of what ${counted(view.unlock.cells, "analytic")} there lack`}. {spellTimes(view.unlock.why)}
            </p>
            <p className="mt-1 flex flex-wrap gap-x-3 text-xs">
              <KeptLink href={gapsHref(view.unlock.what, view.unlock.segment.id)} className="text-accent hover:underline">
                Open the gap
              </KeptLink>
              <KeptLink href={`/plan?segment=${encodeURIComponent(view.unlock.segment.id)}`} className="text-accent hover:underline">
                Plan it
              </KeptLink>
            </p>
          </div>
        </Section>
      ) : null}
      {view.causes.length > 0 ? (
        <Section title={`What keeps ${counted(view.open, "cell")} below observed`}>
          <ul>
            {view.causes.map((cause) => (
              <li key={`${cause.what} ${cause.why}`} className="border-t py-1.5 text-xs leading-4">
                <span className="flex gap-2">
                  <KeptLink href={gapsHref(cause.what, scope)} className="min-w-0 flex-1 font-medium hover:underline">
                    {cause.what}
                  </KeptLink>
                  <span className="whitespace-nowrap text-ink-3">{scope === null ? `${counted(cause.cells, "cell")}, ${counted(cause.segments, "segment")}` : counted(cause.cells, "cell")}</span>
                </span>
                <span className="block text-pretty text-ink-2">{spellTimes(cause.why)}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {view.analytics.length > 0 ? (
        <Section title={counted(view.analytics.length, "analytic")}>
          <PanelAnalytics analytics={view.analytics} fleet={scope === null} />
        </Section>
      ) : null}
      {view.segments.length > 1 ? (
        <Section title={`Same technique in ${counted(view.segments.length, "segment")}`}>
          <SegmentMultiples segments={view.segments} current={scope} hrefOf={hrefOfSegment} />
        </Section>
      ) : null}
    </>
  );
}

/** The backlog, narrowed to what a cause is called. */
function gapsHref(what: string, segment: string | null): string {
  return `/gaps?${new URLSearchParams({ q: what, ...(segment === null ? {} : { segment }) })}`;
}

const KIND = { repair: "Repairing it", prove: "Proving it with samples", configure: "Collecting it", buy: "Buying it" } as const;

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-3.5">
      <h3 className="mb-1">{title}</h3>
      {children}
    </section>
  );
}
