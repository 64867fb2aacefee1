import { Info } from "lucide-react";
import type { ReactNode } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Metric, PartOfWhole } from "@/components/metric/metric";
import { PopoverContent, PopoverRoot, PopoverTrigger } from "@/components/ui/popover";
import type { OverviewView } from "@/lib/reports/overview-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { pointSize } from "@/lib/shared/format-share";

const KIND_WORD = { repair: "Repair", prove: "Prove", configure: "Configure", buy: "Buy" } as const;

/** The five numbers, each with what it counts and how it is computed behind "i". */
export function FiveNumbers({ view }: { view: OverviewView }) {
  const { weakest, troubles } = view;
  return (
    <div className="grid grid-cols-2 rounded-lg border bg-surface lg:grid-cols-5 print:grid-cols-5">
      <Tile label="Observable share" className="col-span-2 lg:col-span-1 print:col-span-1" how="Sum of W × reach over cells that are observed or better, divided by the sum of W over every applicable cell. W = hosts × criticality × technique weight; reach = the smallest share of hosts with fresh proof over the cell’s critical requirements. Below it: each cell counted once.">
        <Metric {...view.observed} kWord="observed" />
      </Tile>
      <Tile label="Validated share" how="The same formula over cells whose linked rule matched a positive sample of this segment and not the negative one, within the policy’s days. The hatched part: observed cells with a linked rule that no test has proven.">
        <Metric {...view.validated} kWord="tested" />
      </Tile>
      <Tile label="Weakest critical segment" how="Among segments of criticality 4 and 5: the one farthest below its target; where none has a target, the one with the lowest observable share. The mark under the bar is the target.">
        {weakest ? (
          <>
            <Metric value={weakest.observed.value} low={weakest.observed.low} high={weakest.observed.high} k={weakest.observed.k} n={weakest.observed.n} target={weakest.target?.value ?? null} />
            <div className="truncate text-xs text-ink-3">
              <KeptLink href={`/segments/${weakest.id}`} className="text-accent underline" title={weakest.name}>
                {weakest.name}
              </KeptLink>
              {weakest.target ? (
                <span title={[weakest.target.date ?? "", weakest.target.owner].filter(Boolean).join(", ")}>
                  {", target "}
                  <PartOfWhole millionths={weakest.target.value} title="observable share to reach" />
                </span>
              ) : (
                ", no target set"
              )}
            </div>
            {weakest.target ? <div className="text-xs text-ink-3">{(weakest.short ?? 0) > 0 ? `${pointSize(weakest.short ?? 0)} points short` : "target reached"}{weakest.target.date ? `, due ${weakest.target.date}` : ""}</div> : null}
          </>
        ) : (
          <Nothing>no segment of criticality 4 or 5</Nothing>
        )}
      </Tile>
      <Tile label="Silent or contradicted" how="Sources of a segment that went silent, or whose claim at least a thousand fresh records of the same source contradict, in this assessment.">
        <div className="mt-1.5 flex items-baseline gap-1.5">
          <span className={`text-2xl font-semibold tracking-[-0.03em] ${troubles.silent + troubles.contradicted > 0 ? "text-attn" : ""}`}>{formatCount(troubles.silent + troubles.contradicted)}</span>
          <span className="text-ink-2">{troubles.silent + troubles.contradicted === 1 ? "source" : "sources"}</span>
        </div>
        <div className="mt-1 text-xs text-ink-3">
          {troubles.silent} silent · {troubles.contradicted} contradicted
        </div>
        <ul className="text-xs text-ink-2">
          {troubles.names.slice(0, 2).map((name) => (
            <li key={name} className="truncate" title={name}>
              {name}
            </li>
          ))}
        </ul>
      </Tile>
      <Tile label="Best action per kind" how="For each kind of action the gap that costs the observable share most, in points; a cell that lacks several things divides its weight over them. Repair: a source that stopped. Prove: claimed, no sample yet. Configure: the product is there and does not write it. Buy: the product is not there. What each costs stands in the backlog.">
        {view.actions.length === 0 ? (
          <Nothing>no gap that a collection could close</Nothing>
        ) : (
          <ul className="mt-1.5 flex flex-col gap-1">
            {view.actions.map((action) => (
              <li key={action.kind} className="flex gap-2 text-xs" title={`${action.what} in ${action.segment}: ${action.why}`}>
                <span className="w-14 shrink-0 text-ink-3">{KIND_WORD[action.kind]}</span>
                <span className="min-w-0 flex-1 truncate">
                  {action.what} · {action.segment}
                </span>
                <span className="font-semibold whitespace-nowrap">{pointSize(action.points)}</span>
              </li>
            ))}
            {view.actions.length < 4 ? <li className="text-xs text-ink-3">{counted(view.gaps.length, "gap")} · points</li> : null}
          </ul>
        )}
      </Tile>
    </div>
  );
}

function Tile({ label, how, className, children }: { label: string; how: string; className?: string; children: ReactNode }) {
  return (
    <div className={`min-w-0 border-t border-l px-3 py-2.5 first:border-t-0 max-lg:nth-[2n]:border-l-0 max-lg:first:border-l-0 md:px-4 lg:border-t-0 lg:first:border-l-0 print:border-t-0 print:px-2 ${className ?? ""}`}>
      <div className="flex items-center justify-between text-xs font-medium text-ink-2">
        <h2 className="text-xs font-medium tracking-normal">{label}</h2>
        <PopoverRoot>
          <PopoverTrigger aria-label={`How ${label.toLowerCase()} is computed`} className="-my-1 -mr-1.5 grid size-6 place-items-center rounded-md text-ink-3 hover:bg-hover print:hidden">
            <Info size={14} aria-hidden />
          </PopoverTrigger>
          <PopoverContent className="text-xs leading-[18px] text-ink-2">{how}</PopoverContent>
        </PopoverRoot>
      </div>
      {children}
    </div>
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return <p className="mt-2 text-base text-ink-2">{children}</p>;
}

