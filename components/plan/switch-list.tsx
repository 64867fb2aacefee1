"use client";
import { RotateCcw } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import { shortMoney } from "@/lib/shared/format-money";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatPoints, pointSize } from "@/lib/shared/format-share";
import { nameAction, type Titles } from "./plan-words";
import type { Plan } from "./use-plan";

const FIRST = 14;

/** Collections to switch on and off. Each shows what it is worth beside the others: lost without it, or won with it. */
export function SwitchList({ doc, plan, titles, children }: { doc: PlanDoc; plan: Plan; titles: Titles; children: ReactNode }) {
  const [all, setAll] = useState(false);
  const [text, setText] = useState("");
  const { marginal } = plan.gains;
  // The order stays while things are switched, so that nothing moves under the pointer: it follows the point of the frontier.
  const order = useMemo(() => {
    const own = new Set(doc.points[plan.point]?.actions ?? []);
    const before = new Map<number, number>();
    doc.points.forEach(({ actions }, n) => actions?.forEach((action) => before.has(action) || before.set(action, n)));
    return doc.actions.map((_, n) => n).sort((a, b) => Number(own.has(b)) - Number(own.has(a)) || (before.get(a) ?? 0) - (before.get(b) ?? 0) || (doc.actions[a]?.cost ?? 0) - (doc.actions[b]?.cost ?? 0));
  }, [doc, plan.point]);
  const wanted = text.trim().toLowerCase();
  const found = wanted === "" ? order : order.filter((n) => `${nameAction(doc.actions[n] ?? NO_ACTION, titles)} ${doc.segments[doc.actions[n]?.segment ?? -1]?.name ?? ""} ${doc.actions[n]?.kind ?? ""}`.toLowerCase().includes(wanted));
  const shown = all || wanted !== "" ? found : found.slice(0, Math.max(FIRST, Math.min(FIRST * 2, plan.chosen.size)));
  return (
    <Card className="flex flex-col">
      <CardHeader title="What if" how="plan-points" note="worth beside the others that are on" />
      <div className="px-3 pt-2 md:px-4">
        <input type="search" aria-label="Find a collection" placeholder="Find a collection" value={text} onChange={(event) => setText(event.target.value)} className="h-7 w-full rounded-md border border-line-2 bg-surface px-2 text-sm text-ink" />
      </div>
      <ul className="mt-1 max-h-[680px] min-h-40 overflow-y-auto pb-1 text-xs" tabIndex={0} aria-label="Collections">
        {shown.map((position) => {
          const action = doc.actions[position];
          if (action === undefined) return null;
          const on = plan.chosen.has(position);
          const worth = marginal[position];
          return (
            <li key={position}>
              <button type="button" role="switch" aria-checked={on} onClick={() => plan.toggle(position)} title={`${action.collection}. ${action.why}`} className="grid w-full grid-cols-[30px_minmax(0,1fr)_auto] items-center gap-x-2 px-3 py-[5px] text-left hover:bg-hover md:px-4">
                <span aria-hidden className={classNames("relative h-4 w-7 rounded-full border", on ? "border-accent bg-accent" : "border-line-2 bg-surface-3")}>
                  <i className={classNames("absolute top-[1px] size-3 rounded-full", on ? "right-[1px] bg-surface" : "left-[1px] bg-ink-3")} />
                </span>
                <span className="min-w-0">
                  <span className="block truncate text-sm">{nameAction(action, titles)}</span>
                  <span className="block truncate text-ink-3">
                    {doc.segments[action.segment]?.name} · {action.kind}
                  </span>
                </span>
                <span className="text-right leading-[17px] whitespace-nowrap">
                  <span className={classNames("block text-sm", on ? "font-semibold" : "text-ink-2")}>
                    {on ? "" : "+"}
                    {formatCount(worth?.cells ?? 0)} <span className="text-xs font-normal text-ink-3">{worth?.cells === 1 ? "cell" : "cells"}</span>
                  </span>
                  <span className="block text-ink-3">
                    {pointSize(Math.round((worth?.value ?? 0) / 1000))} pts · {shortMoney(action.cost, doc.currency)}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
        {found.length === 0 ? <li className="px-4 py-3 text-ink-2">No collection has these words.</li> : null}
        {shown.length < found.length ? (
          <li className="px-3 py-1 md:px-4">
            <Button variant="ghost" onClick={() => setAll(true)}>
              Show all {formatCount(found.length)}
            </Button>
          </li>
        ) : null}
      </ul>
      <div className="mt-auto flex flex-wrap items-center gap-2 border-t px-3 py-2 md:px-4">
        <Button onClick={plan.reset} disabled={!plan.changed}>
          <RotateCcw size={14} aria-hidden />
          Optimum for {shortMoney(doc.points[plan.point]?.cost ?? 0, doc.currency)}
        </Button>
        {children}
        <span className="ml-auto flex items-baseline gap-2 text-xs whitespace-nowrap text-ink-2" aria-live="polite">
          <Pill>not a fact</Pill>
          <span>
            {counted(plan.chosen.size, "collection")}, {shortMoney(plan.cost, doc.currency)}: <b className="text-ink">{formatPoints(Math.round(plan.gains.value / 1000))}</b> pts
          </span>
        </span>
      </div>
    </Card>
  );
}

const NO_ACTION = { family: "", collection: "", title: null };
