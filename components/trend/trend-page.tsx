import { ChartSpline, Download } from "lucide-react";
import { Trend, TrendKey } from "@/components/charts/trend";
import { PolicyLink } from "@/components/how-computed/rests-on";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Metric } from "@/components/metric/metric";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Prose } from "@/components/ui/prose";
import { Table, Td, Th } from "@/components/ui/table";
import type { Sentence } from "@/lib/reports/sentence";
import type { TrendView } from "@/lib/reports/trend-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

const KIND_WORDS = { engine: "engine", release: "release", fleet: "fleet", policy: "policy", imports: "imports" } as const;

/** The numbers over the assessments, with what moved the ground under them; newest first in the table. */
export function TrendPage({ trend, say, segment }: { trend: TrendView; say: Sentence; segment: string | null }) {
  const { points, excluded } = trend;
  const csv = `/api/trend?${new URLSearchParams({ ...(segment === null ? {} : { segment }), domains: trend.domains.join(",") })}`;
  return (
    <PageBody of={null}>
      <PageHeader
        title={trend.segment === null ? "Trend" : `Trend of ${trend.segment}`}
        say={<Prose of={say} />}
        actions={
          points.length + excluded.length === 0 ? undefined : (
            <Button asChild>
              <a href={csv} download>
                <Download size={14} aria-hidden /> CSV
              </a>
            </Button>
          )
        }
      />
      {trend.choices.length > 1 || (points.length === 0 && trend.choices.length > 0) ? <DomainChoice domains={trend.domains} choices={trend.choices} /> : null}
      {points.length === 0 ? (
        <EmptyState
          icon={ChartSpline}
          title="No point yet"
          action={
            <Button asChild variant="primary">
              <KeptLink href="/assessments?run=1">Run an assessment</KeptLink>
            </Button>
          }
        >
          Every assessment that is run at its own time is a point of the trend.
        </EmptyState>
      ) : (
        <>
          <Card className="flex flex-col pb-2">
            <CardHeader title="Observable share" how="observed-share" note="weighted, %; counted once beside it" say="Hatched: what claims would have to prove. Dotted: the lower bound, what rests on references that name an event. Dashed: each cell counted once." />
            <div className="px-3">
              <Trend points={points.map(({ at, label, observed, uniform, validated, marks }) => ({ at: Date.parse(at), label, observed: observed.value, ceiling: observed.high, low: observed.low, uniform: uniform.value, validated: validated.value, ...markOf(marks) }))} summary={say.map((part) => (typeof part === "string" ? part : part.strong)).join("")} className="h-[300px]" />
              <TrendKey bounds />
            </div>
          </Card>
          <Card className="pb-1">
            <CardHeader title="Points" note={counted(points.length, "assessment")} say="What moved the ground since the point before: engine, release, fleet, policy; and what was imported." />
            <PointTable points={points} />
          </Card>
        </>
      )}
      {excluded.length > 0 ? (
        <Card className="pb-1">
          <CardHeader title="Outside the trend" note={counted(excluded.length, "assessment")} say="As of a time more than 24 hours from when they were run: they tell what is known now about then." />
          <Table label="Assessments outside the trend" className="mt-1">
            <thead>
              <tr>
                <Th>Assessment</Th>
                <Th>As of</Th>
                <Th>Run</Th>
                <Th number how="observed-share">
            Observed, interval
          </Th>
              </tr>
            </thead>
            <tbody>
              {excluded.map(({ assessment, label, at, ranAt, observed }) => (
                <tr key={assessment} className="hover:bg-hover">
                  <Td>
                    <KeptLink href={`/assessments/${assessment}`} className="font-medium hover:underline">
                      {label}
                    </KeptLink>{" "}
                    <Pill>as of, run later</Pill>
                  </Td>
                  <Td className="whitespace-nowrap">{formatTime(Date.parse(at))}</Td>
                  <Td className="whitespace-nowrap">{formatTime(Date.parse(ranAt))}</Td>
                  <Td number>
                    <Metric measure="observed-share" size="row" {...observed} />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Card>
      ) : null}
    </PageBody>
  );
}

/** Which domains the assessments looked at; each choice is a link. Numbers of other domains are of other analytics, so they share no line. */
function DomainChoice({ domains, choices }: Pick<TrendView, "domains" | "choices">) {
  return (
    <nav aria-label="Domains of the assessments" className="flex flex-wrap items-center gap-2">
      {choices.map((choice) => {
        const on = choice.domains.join() === domains.join();
        return (
          <KeptLink
            key={choice.domains.join()}
            href={`/trend?${new URLSearchParams({ domains: choice.domains.join(",") })}`}
            aria-current={on ? "true" : undefined}
            className={classNames("inline-flex h-6 items-center gap-1.5 rounded-full border px-2.5 text-xs", on ? "border-transparent bg-accent-soft font-medium text-accent" : "border-line-2 bg-surface text-ink-2 hover:bg-hover")}
          >
            {choice.domains.map((domain) => DOMAIN_WORD[domain] ?? domain).join(" and ")} <span className={on ? undefined : "text-ink-3"}>{formatCount(choice.assessments)}</span>
          </KeptLink>
        );
      })}
    </nav>
  );
}

const DOMAIN_WORD: Readonly<Record<string, string>> = { enterprise: "Enterprise", mobile: "Mobile", ics: "ICS" };

/** On the chart only what moves the ground; imports would stand on every point. */
function markOf(marks: TrendView["points"][number]["marks"]): { readonly mark?: string } {
  const ground = marks.filter(({ kind }) => kind !== "imports").map(({ kind, text }) => (kind === "policy" ? (text.split(":")[0] ?? text) : text));
  return ground.length === 0 ? {} : { mark: ground.join(", ") };
}

function PointTable({ points }: { points: TrendView["points"] }) {
  return (
    <Table label="Points of the trend" className="mt-1">
      <thead>
        <tr>
          <Th>Assessment</Th>
          <Th>As of</Th>
          <Th number how="observed-share">
            Observed, interval
          </Th>
          <Th number how="uniform-share">
            Counted once
          </Th>
          <Th number how="validated-share">
            Validated
          </Th>
          <Th number>Hosts</Th>
          <Th className="min-w-64">Since the point before</Th>
        </tr>
      </thead>
      <tbody className="align-top">
        {[...points].reverse().map((point, index, rows) => {
          const before = rows[index + 1];
          return (
            <tr key={point.assessment} className="hover:bg-hover">
              <Td className="leading-6">
                <KeptLink href={`/assessments/${point.assessment}`} className="inline-block font-medium hover:underline">
                  {point.label}
                </KeptLink>
                <div className="text-xs leading-6">
                  <PolicyLink version={point.policy} />
                </div>
              </Td>
              <Td className="whitespace-nowrap">{formatTime(Date.parse(point.at))}</Td>
              <Td number>
                <Metric measure="observed-share" size="row" {...point.observed} />
              </Td>
              <Td number>
                <Metric measure="uniform-share" size="row" {...point.uniform} />
              </Td>
              <Td number>
                <Metric measure="validated-share" size="row" {...point.validated} />
              </Td>
              <Td number>
                {formatCount(point.hosts)}
                <div className="text-xs text-ink-2">{counted(point.segments, "segment")}</div>
              </Td>
              <Td className="text-xs">
                <ul>
                  {point.marks.map(({ kind, text }, mark) => (
                    <li key={mark}>
                      <span className="text-ink-3">{KIND_WORDS[kind]}</span> {text}
                    </li>
                  ))}
                </ul>
                {before === undefined ? (
                  <span className="text-ink-3">the first point</span>
                ) : (
                  <KeptLink href={`/assessments/compare?a=${before.assessment}&b=${point.assessment}`} className="text-accent underline">
                    What changed since {before.label}
                  </KeptLink>
                )}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
