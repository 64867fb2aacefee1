import type { ReactNode } from "react";
import { ClaimCondition } from "@/components/imports/claim-condition";
import { DatasetTable } from "@/components/imports/dataset-table";
import { MeasurementList } from "@/components/measurements/measurement-list";
import { HowComputed } from "@/components/how-computed/how-computed";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Metric } from "@/components/metric/metric";
import { Legend } from "@/components/status/legend";
import { StatusBar } from "@/components/status/status-bar";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { SegmentView } from "@/lib/operations/get-segment-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { pointSize } from "@/lib/shared/format-share";
import { formatIsoDay, spellTimes } from "@/lib/shared/format-time";
import { HostLists } from "./host-lists";
import { TargetCard } from "./target-card";
import { TargetForm, type SaveTarget } from "./target-form";

const FILES_SHOWN = 25;

/** One segment: how it stands, what holds it back, what is claimed and sampled, and which of its hosts were never seen. */
export function SegmentPage({ view, actions, quality, setTarget }: { view: SegmentView; actions: ReactNode; quality: ReactNode; setTarget: SaveTarget }) {
  const { segment, assessed, claims, datasets, gaps, target, targetChanges } = view;
  return (
    <PageBody>
      <PageHeader
        numbers={assessed !== null}
        title={segment.name}
        say={`${segment.platforms.map(({ name, hosts }) => (hosts === null ? name : `${name} ${formatCount(hosts)}`)).join(", ")} · ${counted(segment.assets, "host")} · criticality ${segment.criticality}${segment.owner ? ` · owned by ${segment.owner}` : ""}${segment.timeZone ? ` · ${segment.timeZone}` : ""}${segment.tags.length > 0 ? ` · ${segment.tags.join(", ")}` : ""}${segment.retiredAt ? " · retired" : ""}`}
        actions={actions}
      />
      {assessed ? (
        <div className="grid gap-3 lg:grid-cols-[260px_300px_minmax(0,1fr)]">
          <Card className="px-4 py-2.5">
            <h2 className="text-xs font-medium text-ink-2">Observable share</h2>
            <Metric measure="observed-share" {...assessed.headline.observed} target={segment.target?.value ?? null} kWord="observed" />
          </Card>
          <TargetCard target={target} changes={targetChanges} edit={segment.retiredAt ? null : <TargetForm segment={segment.name} target={segment.target} save={setTarget} />} />
          <Card className="flex flex-col gap-2 px-4 py-2.5">
            <h2 className="text-xs font-medium text-ink-2">
              Analytics by status
              <HowComputed measure="status-counts" inputs={[["Counted", counted(assessed.headline.applicable, "applicable cell")]]} />
            </h2>
            <StatusBar counts={assessed.headline.counts} label={segment.name} height={28} />
            <div className="flex flex-wrap justify-between gap-2">
              <Legend />
              <KeptLink href={`/analytics?segment=${segment.id}`} className="text-accent hover:underline">
                Open analytics
              </KeptLink>
            </div>
          </Card>
        </div>
      ) : (
        <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_300px]">
          <Card className="px-4 py-3 text-ink-2">
            This segment is not part of the chosen assessment.{" "}
            <KeptLink href="/assessments" className="text-accent underline">
              Run an assessment
            </KeptLink>
          </Card>
          <TargetCard target={target} changes={targetChanges} edit={segment.retiredAt ? null : <TargetForm segment={segment.name} target={segment.target} save={setTarget} />} />
        </div>
      )}
      {gaps.length > 0 ? (
        <Card className="pb-1">
          <CardHeader
            title="Largest gaps"
            note="points of the whole observable share lost to each"
            action={
              <KeptLink href={`/gaps?segment=${segment.id}`} className="text-accent underline">
                All gaps
              </KeptLink>
            }
          />
          <Table label="Largest gaps" stacked>
            <thead>
              <tr>
                <Th>Kind</Th>
                <Th>What</Th>
                <Th>Why</Th>
                <Th number how="gap-points">
                  Points
                </Th>
                <Th number>Cells</Th>
                <Th number>Lack only this</Th>
              </tr>
            </thead>
            <tbody>
              {gaps.slice(0, 12).map((gap, index) => (
                <tr key={index}>
                  <Td className="text-xs text-ink-3">{gap.kind === "none" ? "cannot be closed" : gap.kind}</Td>
                  <Td className="font-medium">{gap.key === undefined ? gap.what : <KeptLink href={`/gaps/${gap.key}`} className="hover:underline">{gap.what}</KeptLink>}</Td>
                  <Td className="text-ink-2">{spellTimes(gap.why)}</Td>
                  <Td number head="Points" className="font-semibold">{pointSize(gap.points)}</Td>
                  <Td number head="Cells">{formatCount(gap.cells)}</Td>
                  <Td number head="Lack only this">{formatCount(gap.alone)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Card>
      ) : null}
      {quality}
      <HostLists roster={view.roster} neverSeen={assessed?.neverSeen ?? null} foreign={assessed?.foreign ?? []} assets={segment.assets} />
      <Card className="pb-1">
        <CardHeader title="Claims" note={counted(claims.length, "claim")} say={claims.length === 0 ? "No inventory row speaks of this segment." : "What inventories say is collected here. A claim is not proof."} />
        {claims.length > 0 ? (
          <Table label="Claims" stacked>
            <thead>
              <tr>
                <Th>Source</Th>
                <Th>Log source</Th>
                <Th>Data component</Th>
                <Th>Basis</Th>
                <Th number>Hosts</Th>
                <Th>As of</Th>
              </tr>
            </thead>
            <tbody>
              {claims.map((claim) => (
                <tr key={claim.id}>
                  <Td>
                    {claim.source} <span className="text-xs text-ink-3">{claim.product}</span>
                    <div className="text-xs [overflow-wrap:anywhere] text-ink-3">from {claim.fileName}</div>
                  </Td>
                  <Td className="font-mono" head="Log source">
                    {claim.logSource} <span className="text-ink-3">{claim.channel}</span>
                  </Td>
                  <Td className="text-ink-2" head="Data component">
                    {claim.component || "all of it"}
                    <ClaimCondition condition={claim.condition} off={claim.hostsReporting === 0} />
                    {claim.note ? <div className="text-xs [overflow-wrap:anywhere] text-ink-3">{claim.note}</div> : null}
                  </Td>
                  <Td head="Basis">{claim.basis}</Td>
                  <Td number head="Hosts">{claim.hostsReporting === null ? <span className="text-ink-3">not said</span> : formatCount(claim.hostsReporting)}</Td>
                  <Td className="whitespace-nowrap text-ink-2" head="As of">{claim.asOf === null ? "no date" : formatIsoDay(claim.asOf)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        ) : null}
      </Card>
      <MeasurementList segmentId={segment.id} measurements={view.measurements} retired={segment.retiredAt !== null} />
      {datasets.length > 0 ? <DatasetTable datasets={datasets.slice(0, FILES_SHOWN)} segmentNames={{ [segment.id]: segment.name }} /> : null}
      {datasets.length > FILES_SHOWN ? (
        <p className="text-xs text-ink-2">
          The newest {FILES_SHOWN} of {counted(datasets.length, "file")}.{" "}
          <KeptLink href={`/imports?segment=${encodeURIComponent(segment.id)}`} className="text-accent underline">
            All of them
          </KeptLink>
        </p>
      ) : null}
    </PageBody>
  );
}
