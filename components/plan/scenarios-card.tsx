"use client";
import { parseAsArrayOf, parseAsString, useQueryState } from "nuqs";
import { ConfirmButton, type Confirmed } from "@/components/forms/confirm-button";
import { KeptLink } from "@/components/layout/kept-link";
import { ProjectedBar, ProjectedShare } from "@/components/metric/projected-share";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Table, Td, Th } from "@/components/ui/table";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import type { ScenarioView } from "@/lib/reports/plan-view";
import { shortMoney } from "@/lib/shared/format-money";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { nameAction, type Titles } from "./plan-words";
import type { Plan } from "./use-plan";

/** Saved scenarios; those that are ticked stand side by side. */
export function ScenariosCard({ doc, plan, scenarios, titles, remove }: { doc: PlanDoc; plan: Plan; scenarios: readonly ScenarioView[]; titles: Titles; remove: (id: string) => Promise<Confirmed> }) {
  const [compared, setCompared] = useQueryState("compare", parseAsArrayOf(parseAsString).withDefault([]).withOptions({ history: "replace" }));
  const positions = new Map(doc.actions.map((action, n) => [`${doc.segments[action.segment]?.id} ${action.collection}`, n]));
  const open = scenarios.filter(({ id }) => compared.includes(id));
  return (
    <Card className="pb-1">
      <CardHeader title="Scenarios" note={counted(scenarios.length, "saved choice")} say={scenarios.length === 0 ? "Switch collections on and save the choice under a name; saved ones stand here side by side." : "As the scorer saw them when they were saved. Tick several to see them side by side."} />
      {scenarios.length === 0 ? null : (
        <ul className="mt-2 text-xs">
          {scenarios.map((scenario) => {
            const { id, name, note, outcome, choices, at, by, assessmentId } = scenario;
            const known = choices.flatMap(({ segment, collection }) => positions.get(`${segment} ${collection}`) ?? []);
            return (
              <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-t px-3 py-1.5 md:grid-cols-[minmax(0,1fr)_150px_auto] md:px-4">
                <div className="min-w-0">
                  <Checkbox checked={compared.includes(id)} onChange={() => void setCompared(compared.includes(id) ? compared.filter((one) => one !== id) : [...compared, id])}>
                    <span className="truncate text-sm font-medium text-ink" title={name}>{name}</span>
                  </Checkbox>
                  <span className="block pl-6 text-ink-3">
                    {by}, {formatTime(Date.parse(at))}, against assessment {assessmentId}
                    {note === "" ? "" : `. ${note}`}
                  </span>
                </div>
                <span className="text-right whitespace-nowrap max-md:hidden">
                  {counted(choices.length, "collection")}, {shortMoney(outcome.cost, outcome.currency)}
                  <span className="block text-ink-3">+{formatCount(outcome.cells)} cells</span>
                </span>
                <span className="flex items-center gap-1">
                  <Button variant="ghost" onClick={() => plan.choose(known)} disabled={known.length === 0} title={known.length === choices.length ? undefined : `${counted(choices.length - known.length, "collection")} of it ${choices.length - known.length === 1 ? "is" : "are"} not among the plans of this assessment`}>
                    Switch on
                  </Button>
                  <Button asChild variant="ghost">
                    <KeptLink href={`/matrix?whatif=${encodeURIComponent(`scenario:${id}`)}`} aria-label={`${name} on the matrix`}>
                      Matrix
                    </KeptLink>
                  </Button>
                  <ConfirmButton variant="ghost" label="Forget" title={`Forget "${name}"?`} description="The scenario goes; assessments and plans stay." confirm="Forget it" act={() => remove(id)} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {open.length > 1 ? <SideBySide doc={doc} scenarios={open} titles={titles} positions={positions} /> : null}
    </Card>
  );
}

function SideBySide({ doc, scenarios, titles, positions }: { doc: PlanDoc; scenarios: readonly ScenarioView[]; titles: Titles; positions: ReadonlyMap<string, number> }) {
  const keys = [...new Set(scenarios.flatMap(({ choices }) => choices.map(({ segment, collection }) => `${segment} ${collection}`)))].sort();
  const label = (key: string): string => {
    const action = doc.actions[positions.get(key) ?? -1];
    const [segment = "", collection = ""] = [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)];
    const where = doc.segments.find(({ id }) => id === segment)?.name ?? "a segment that is gone";
    return `${action === undefined ? collection : nameAction(action, titles)} in ${where}`;
  };
  return (
    <Table label="Scenarios side by side" className="mt-2 border-t">
      <thead>
        <tr>
          <Th>Side by side</Th>
          {scenarios.map(({ id, name }) => (
            <Th key={id}>{name}</Th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <Td className="text-ink-2">Headline</Td>
          {scenarios.map(({ id, outcome }) => (
            <Td key={id} className="min-w-56">
              <ProjectedShare now={outcome.before} then={outcome.after} n={outcome.n} cells={outcome.cells} />
              <ProjectedBar now={outcome.before} then={outcome.after} n={outcome.n} />
            </Td>
          ))}
        </tr>
        <tr>
          <Td className="text-ink-2">Cost a year</Td>
          {scenarios.map(({ id, outcome }) => (
            <Td key={id}>{shortMoney(outcome.cost, outcome.currency)}</Td>
          ))}
        </tr>
        {keys.map((key) => (
          <tr key={key}>
            <Td className="min-w-52">{label(key)}</Td>
            {scenarios.map(({ id, choices }) => (
              <Td key={id}>{choices.some(({ segment, collection }) => `${segment} ${collection}` === key) ? "yes" : <span className="text-ink-3">–</span>}</Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
