"use client";
import { useState } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import { shortMoney } from "@/lib/shared/format-money";
import { counted, formatCount } from "@/lib/shared/format-number";
import { pointSize } from "@/lib/shared/format-share";
import { spellTimes } from "@/lib/shared/format-time";
import { nameAction, type Titles } from "./plan-words";
import { unlocksOf } from "./unlocks-of";
import type { Plan } from "./use-plan";

const FIRST = 16;

/** What is switched on, as a list to work off: kind, why, cost and what it brings alone and with one other. */
export function PlanTable({ doc, plan, titles }: { doc: PlanDoc; plan: Plan; titles: Titles }) {
  const [all, setAll] = useState(false);
  const unlocks = unlocksOf(doc, plan.chosen);
  const chosen = [...plan.chosen].sort((a, b) => (plan.gains.marginal[b]?.value ?? 0) - (plan.gains.marginal[a]?.value ?? 0) || a - b);
  const needs = [...new Set(chosen.flatMap((action) => doc.actions[action]?.needs ?? []))].flatMap((need) => doc.needs[need] ?? []);
  return (
    <Card>
      <CardHeader
        title="The plan"
        note={`${counted(chosen.length, "collection")}, ${shortMoney(plan.cost, doc.currency)} a year`}
        say="Points and cells are what the plan would lose without the row, so they do not add up: a chain counts only when all of its records arrive."
        action={<KeptLink href="/gaps" className="text-accent hover:underline">Gap backlog</KeptLink>}
      />
      {chosen.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">Nothing is switched on.</p>
      ) : (
        <Table label="The plan" className="mt-2" stacked>
          <thead>
            <tr>
              <Th>Collection</Th>
              <Th>Segment</Th>
              <Th>Kind</Th>
              <Th>Why it is open</Th>
              <Th number how="plan-points">
                Points
              </Th>
              <Th number>Cells</Th>
              <Th number>Alone</Th>
              <Th>Together with one other</Th>
              <Th number>Cost a year</Th>
            </tr>
          </thead>
          <tbody>
            {(all ? chosen : chosen.slice(0, FIRST)).map((position) => {
              const action = doc.actions[position];
              if (action === undefined) return null;
              const [worth, own] = [plan.gains.marginal[position], unlocks.get(position)];
              const partner = own?.partner;
              return (
                <tr key={position}>
                  <Td className="min-w-52">
                    <span className="font-medium">{nameAction(action, titles)}</span>
                    <span className="block font-mono text-xs text-ink-3 [overflow-wrap:anywhere]">{action.collection}</span>
                  </Td>
                  <Td className="whitespace-nowrap">{doc.segments[action.segment]?.name}</Td>
                  <Td>{action.kind}</Td>
                  <Td className="min-w-44 text-ink-2" head="Open">{spellTimes(action.why)}</Td>
                  <Td number head="Points">{pointSize(Math.round((worth?.value ?? 0) / 1000))}</Td>
                  <Td number head="Cells">{formatCount(worth?.cells ?? 0)}</Td>
                  <Td number head="Alone">{formatCount(own?.alone ?? 0)}</Td>
                  <Td className="min-w-40 text-xs text-ink-2" head="Together">{partner === undefined ? "–" : `${formatCount(partner.cells)} with ${nameAction(doc.actions[partner.action] ?? action, titles)}`}</Td>
                  <Td number head="Cost a year" title={`licence ${formatCount(action.licence)}, ${formatCount(action.volumeGbPerDay, 2)} GB a day, ${formatCount(action.effortDays, 1)} days of effort`}>
                    {shortMoney(action.cost, doc.currency)}
                    <span className="block text-xs text-ink-3 max-md:ml-1.5 max-md:inline">{action.stated ? "stated" : "estimate"}</span>
                  </Td>
                </tr>
              );
            })}
            {!all && chosen.length > FIRST ? (
              <tr>
                <Td colSpan={9}>
                  <Button variant="ghost" onClick={() => setAll(true)}>
                    Show all {formatCount(chosen.length)}
                  </Button>
                </Td>
              </tr>
            ) : null}
            {needs.map((need) => (
              <tr key={`${need.segment} ${need.name}`}>
                <Td className="text-ink-2" colSpan={8}>
                  {need.segment === null ? `Licence ${need.name}, paid once for all segments` : `${titles[need.name] ?? need.name}: licence and roll-out in ${doc.segments[need.segment]?.name ?? ""}, paid once`}
                </Td>
                <Td number>{shortMoney(need.cost, doc.currency)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
