import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { PolicyView } from "@/lib/operations/get-policy-view";
import { counted } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { ExclusionsCard } from "./exclusions-card";
import type { PolicyActions } from "./policy-actions";
import { PolicyForm } from "./policy-form";

/** The rules that every verdict follows: the policy with its versions, and what somebody declared not applicable. */
export function PolicyPage({ view, actions }: { view: PolicyView; actions: PolicyActions }) {
  const { policy, lines, versions, exclusions, segments, today } = view;
  const inForce = exclusions.filter(({ state }) => state === "in force").length;
  return (
    <PageBody of={null}>
      <PageHeader title={`Policy, version ${policy.version}`} say={`What proof takes. Every assessment keeps the version that it ran under; ${inForce === 0 ? "no cell is excluded" : `${counted(inForce, "cell is", "cells are")} excluded`}.`} />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
        <PolicyForm version={policy.version} lines={lines} actions={actions} />
        <Card>
          <CardHeader title="Versions" note={counted(versions.length, "version")} />
          <Table label="Versions of the policy">
            <thead>
              <tr>
                <Th number>No.</Th>
                <Th>When and why</Th>
                <Th>What changed</Th>
              </tr>
            </thead>
            <tbody>
              {versions.map(({ version, at, by, reason, changes }) => (
                <tr key={version} id={`version-${version}`} className="scroll-mt-16 target:bg-accent-soft">
                  <Td number className="align-top">
                    {version}
                  </Td>
                  <Td className="align-top">
                    <div className="text-pretty">{reason}</div>
                    <div className="text-xs text-ink-3">
                      {at === null ? "" : `${formatTime(Date.parse(at))}, `}
                      {by}
                    </div>
                  </Td>
                  <Td className="align-top font-mono text-xs">
                    {changes.length === 0 ? <span className="font-sans text-ink-3">the defaults</span> : null}
                    {changes.map(({ key, from, to }) => (
                      <div key={key} className="whitespace-nowrap">
                        {key} {from} → {to}
                      </div>
                    ))}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Card>
      </div>
      <ExclusionsCard exclusions={exclusions} segments={segments} today={today} actions={actions} />
    </PageBody>
  );
}
