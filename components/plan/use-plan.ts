"use client";
import { parseAsArrayOf, parseAsInteger, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import { clauseGains, type ClauseGains } from "@/lib/shared/clause-gains";
import { kneeOf } from "@/lib/shared/knee-of";
import { costOfChoice } from "./plan-words";

/** A choice of collections, as the address has it: a point of the frontier, and what was switched on or off beside it. */
export interface Plan {
  readonly point: number; // position in doc.points
  readonly chosen: ReadonlySet<number>;
  readonly changed: boolean; // not the point's own choice
  readonly held: boolean; // the point's actions are kept
  readonly cost: number;
  readonly gains: ClauseGains;
  choosePoint(point: number): void;
  toggle(action: number): void;
  choose(actions: readonly number[]): void;
  reset(): void;
}

const list = parseAsArrayOf(parseAsInteger).withDefault([]);
const PARSERS = { at: parseAsInteger, plus: list, minus: list };

export function usePlan(doc: PlanDoc): Plan {
  const [{ at, plus, minus }, set] = useQueryStates(PARSERS, { history: "replace", shallow: true });
  const point = at !== null && at >= 0 && at < doc.points.length ? at : kneeOf(doc.points);
  const base = doc.points[point]?.actions ?? null;
  const chosen = useMemo(() => new Set([...(base ?? []).filter((action) => !minus.includes(action)), ...plus.filter((action) => action >= 0 && action < doc.actions.length)]), [base, plus, minus, doc]);
  const gains = useMemo(() => clauseGains(doc, doc.actions.length, chosen), [doc, chosen]);
  const own = new Set(base ?? []);
  const write = (next: ReadonlySet<number>): void => void set({ at: point, plus: [...next].filter((action) => !own.has(action)).sort((a, b) => a - b), minus: [...own].filter((action) => !next.has(action)).sort((a, b) => a - b) });
  return {
    point,
    chosen,
    changed: plus.length > 0 || minus.length > 0,
    held: base !== null,
    cost: costOfChoice(doc, chosen),
    gains,
    choosePoint: (next) => void set({ at: next, plus: [], minus: [] }),
    toggle(action) {
      const next = new Set(chosen);
      if (!next.delete(action)) next.add(action);
      write(next);
    },
    choose: (actions) => write(new Set(actions)),
    reset: () => void set({ plus: [], minus: [] }),
  };
}
