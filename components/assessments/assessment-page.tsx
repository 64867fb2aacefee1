import { FileCheck2, GitCompareArrows, LayoutDashboard } from "lucide-react";
import type { ReactNode } from "react";
import { Provenance } from "@/components/evidence/provenance";
import { HowComputed, type MeasureInputs } from "@/components/how-computed/how-computed";
import { PolicyLink } from "@/components/how-computed/rests-on";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Metric, PartOfWhole } from "@/components/metric/metric";
import { STATUS_ORDER } from "@/components/status/status-table";
import { StatusWord } from "@/components/status/status-word";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { AssessmentPageView } from "@/lib/operations/get-assessment-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { CountedSamples } from "./counted-samples";
import { SegmentNumbers } from "./segment-numbers";

/** One assessment: its numbers, and everything that was pinned when it ran. */
export function AssessmentPage({ assessment, segments, label, releases, policy, weights, samples }: AssessmentPageView) {
  const { fleet } = assessment.report;
  const hosts = segments.reduce((sum, { doc }) => sum + doc.assets, 0);
  const inputs: MeasureInputs = [
    ["Fleet", `${counted(segments.length, "segment")}, ${counted(hosts, "host")}`],
    ["By status", STATUS_ORDER.filter((status) => fleet.counts[status] > 0).map((status) => `${formatCount(fleet.counts[status])} ${status}`).join(", ")],
    ...(samples === null || samples.length === 0 ? [] : [["Samples", counted(samples.length, "file")] as const]),
    ["Input", `sha256 ${assessment.inputDigest.slice(0, 12)}`],
  ];
  return (
    <PageBody of={assessment.id}>
      <PageHeader
        numbers
        title={
          <span className="inline-flex flex-wrap items-center gap-2">
            {label}
            {assessment.runLater ? <Pill>as of, run later</Pill> : null}
            {assessment.demo ? <Pill>demonstration</Pill> : null}
          </span>
        }
        say={`As of ${formatTime(Date.parse(assessment.at))}, run ${formatTime(Date.parse(assessment.ranAt))} by ${assessment.actor}. ${assessment.runLater ? "More than 24 hours apart, so it stays out of the trend." : "It is immutable: the same input gives the same result."}`}
        actions={
          <>
            <Button asChild>
              <KeptLink href={`/?assessment=${assessment.id}`}>
                <LayoutDashboard size={14} aria-hidden />
                Overview
              </KeptLink>
            </Button>
            <Button asChild>
              <KeptLink href={`/assessments/compare?b=${assessment.id}`}>
                <GitCompareArrows size={14} aria-hidden />
                What changed
              </KeptLink>
            </Button>
            <Button asChild variant="primary">
              <KeptLink href={`/evidence?assessment=${assessment.id}`}>
                <FileCheck2 size={14} aria-hidden />
                Evidence
              </KeptLink>
            </Button>
          </>
        }
      />
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Share title="Observable share">
          <Metric measure="observed-share" inputs={inputs} {...fleet.observed} kWord="observed" />
        </Share>
        <Share title="Each cell counted once">
          <Metric measure="uniform-share" inputs={inputs} {...fleet.uniform.observed} kWord="observed" />
        </Share>
        <Share title="Validated share">
          <Metric measure="validated-share" inputs={inputs} {...fleet.validated} kWord="tested" />
        </Share>
        <Card className="px-4 py-2.5">
          <h2 className="text-xs font-medium text-ink-2">
            {counted(fleet.applicable, "applicable cell")} by status
            <HowComputed measure="status-counts" />
          </h2>
          <ul className="mt-1.5 grid grid-cols-[1fr_auto] gap-x-3 text-xs">
            {STATUS_ORDER.map((status) => (
              <li key={status} className="contents">
                <StatusWord status={status} size={14} />
                <span className="text-right">{formatCount(fleet.counts[status])}</span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
      <Card className="pb-1">
        <CardHeader title="By segment" note={counted(segments.length, "segment")} say="The same formula at every level: weight times reach of the observed cells, over the weight of all applicable ones." />
        <SegmentNumbers segments={segments} assessment={assessment.id} />
      </Card>
      {samples === null || samples.length === 0 ? null : (
        <Card className="pb-1">
          <CardHeader title="Samples" note={counted(samples.length, "file")} say="What the verdicts counted. A file that was removed since stays named here; this assessment does not change." />
          <CountedSamples samples={samples} />
        </Card>
      )}
      <div className="grid gap-3 lg:grid-cols-2">
        <Card className="self-start pb-3">
          <CardHeader title="Pinned" say="What the verdicts rest on. Either digest names one document, byte for byte." />
          <Provenance
            className="px-3 pt-2 md:px-4"
            rows={[
              ["As of", formatTime(Date.parse(assessment.at))],
              ["Run", formatTime(Date.parse(assessment.ranAt))],
              ["By", assessment.actor],
              ["Releases", releases],
              ["Domains", assessment.domains.join(", ")],
              ["Policy", <PolicyLink key="policy" version={assessment.policyVersion} />],
              ["Weights", weights],
              ["Engine", assessment.engine],
              ["Input", `sha256 ${assessment.inputDigest}`],
              ["Result", `sha256 ${assessment.resultDigest}`],
            ]}
          />
          <p className="px-3 pt-2 text-xs text-ink-2 md:px-4">
            {fleet.byComponent === null ? (
              "No applicable weight."
            ) : (
              <>
                <PartOfWhole measure="by-component" millionths={fleet.byComponent} title="of the applicable weight" /> of the applicable weight rests on references that name no event, only a component; such cells never raise the lower bound.
                <HowComputed measure="by-component" />
              </>
            )}
          </p>
        </Card>
        <Card className="pb-1">
          <CardHeader title="Policy" note={`version ${assessment.policyVersion}`} say="When records count as proof." />
          <Table label="Policy" className="mt-1">
            <thead className="sr-only">
              <tr>
                <Th>Meaning</Th>
                <Th className="max-md:hidden print:table-cell">Setting</Th>
                <Th>Value</Th>
              </tr>
            </thead>
            <tbody className="text-xs">
              {policy.map((line) => (
                <tr key={line.key}>
                  <Td className="text-ink-2">
                    {line.says}
                    <code className="block text-ink-3 md:hidden print:hidden">{line.key}</code>
                  </Td>
                  <Td className="font-mono text-ink-3 max-md:hidden print:table-cell">{line.key}</Td>
                  <Td number>{line.value}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Card>
      </div>
    </PageBody>
  );
}

function Share({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="px-4 py-2.5">
      <h2 className="text-xs font-medium text-ink-2">{title}</h2>
      {children}
    </Card>
  );
}
