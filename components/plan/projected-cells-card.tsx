"use client";
import { parseAsString, useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { ProjectedGlyph } from "@/components/status/projected-glyph";
import { StatusGlyph } from "@/components/status/status-glyph";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { Prose } from "@/components/ui/prose";
import { Select } from "@/components/ui/select";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import type { ScenarioChoices } from "@/lib/gaps/plan/scenario";
import type { ProjectedCellsView } from "@/lib/reports/projected-cells";
import { formatCount } from "@/lib/shared/format-number";
import type { Plan } from "./use-plan";

export type ProjectCells = (request: { readonly assessment: number; readonly segment: string; readonly choices: ScenarioChoices }) => Promise<{ readonly ok: true; readonly data: ProjectedCellsView } | { readonly ok: false; readonly message: string }>;
type Shown = { readonly view: ProjectedCellsView } | { readonly error: string };

const FIRST = 48;
const PAUSE_MS = 250; // several switches in a row are one question

/** The cells of a segment that what is switched on would bring to observed, hatched: the scorer's word, asked for anew after each switch. */
export function ProjectedCellsCard({ doc, plan, choices, assessment, project }: { doc: PlanDoc; plan: Plan; choices: ScenarioChoices; assessment: number; project: ProjectCells }) {
  const [asked, setAsked] = useQueryState("cells", parseAsString.withOptions({ history: "replace", shallow: true }));
  const [shown, setShown] = useState<Shown | null>(null);
  const [pending, setPending] = useState(false);
  const [all, setAll] = useState(false);
  const gaining = doc.segments.map(({ id, name }, position) => ({ id, name, cells: plan.gains.groups.get(position)?.cells ?? 0 })).sort((a, b) => b.cells - a.cells || (a.name < b.name ? -1 : 1));
  const [first] = useState(gaining[0]?.id ?? ""); // it stays while things are switched
  const segment = gaining.find(({ id }) => id === asked)?.id ?? first;
  const collections = choices.flatMap((choice) => (choice.segment === segment ? [choice.collection] : [])).join("\n");
  useEffect(() => {
    let stopped = false;
    const timer = setTimeout(async () => {
      setPending(true);
      const answer = await project({ assessment, segment, choices: collections.split("\n").flatMap((collection) => (collection === "" ? [] : [{ segment, collection }])) }).catch(() => null);
      if (stopped) return;
      setShown(answer === null ? { error: "The server did not answer." } : answer.ok ? { view: answer.data } : { error: answer.message });
      setPending(false);
    }, PAUSE_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [assessment, segment, collections, project]);
  const view = shown !== null && "view" in shown ? shown.view : null;
  const cells = view?.cells ?? [];
  return (
    <Card aria-busy={pending} aria-labelledby="projected-cells">
      <CardHeader
        id="projected-cells"
        title={<>Projected cells <Pill className="font-normal">not a fact</Pill></>}
        say={view !== null ? <Prose of={view.say} /> : shown !== null && "error" in shown ? <span role="alert" className="text-attn">{shown.error}</span> : "Asking the scorer."}
        action={<Select label="Segment" value={segment} onChange={(next) => void setAsked(next)} options={gaining.map(({ id, name, cells: won }) => ({ value: id, label: `${name}, ${formatCount(won)}` }))} />}
      />
      <ul className="flex flex-wrap gap-1.5 px-3 pt-2 pb-3 text-xs md:px-4" aria-label="Cells that would become observed">
        {(all ? cells : cells.slice(0, FIRST)).map(({ analytic, technique, from, to, assumedJoin }) => (
          <li key={analytic}>
            <KeptLink href={`/analytics/${analytic}?segment=${view?.segment.id ?? ""}`} prefetch={false} title={`${analytic} ${technique}: ${from} now, would be ${to}${assumedJoin ? " if its records join" : ""}`} className="inline-flex h-6 items-center gap-1 rounded-md border border-dashed border-line-2 px-1.5 hover:bg-hover">
              <StatusGlyph status={from} size={14} silent />
              <span aria-hidden>→</span>
              <ProjectedGlyph status={to} />
              <code>{analytic}</code>
              <span className="sr-only">
                {from} now, would be {to}
                {assumedJoin ? " if its records join" : ""}
              </span>
              {assumedJoin ? <span aria-hidden className="text-ink-3">if joined</span> : null}
            </KeptLink>
          </li>
        ))}
        {!all && cells.length > FIRST ? (
          <li>
            <Button variant="ghost" onClick={() => setAll(true)}>
              Show all {formatCount(cells.length)}
            </Button>
          </li>
        ) : null}
      </ul>
    </Card>
  );
}
