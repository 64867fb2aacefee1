import { ConfirmButton } from "@/components/forms/confirm-button";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Delta, Metric } from "@/components/metric/metric";
import { Card, CardHeader } from "@/components/ui/card";
import { MoreRows } from "@/components/tables/more-rows";
import { Segmented } from "@/components/ui/segmented";
import { Table, Td, Th } from "@/components/ui/table";
import type { ReleaseEffect } from "@/lib/reports/release-effect";
import { counted, formatCount, formatSigned } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { AnalyticList, ChangedList, DeprecatedList, RepointedList } from "./effect-lists";

type MakeCurrentAction = () => Promise<{ readonly ok: true; readonly data: string } | { readonly ok: false; readonly message: string }>;
type Measured = ReleaseEffect["fleet"]["from"];

/** What an imported release would change if it were current: the numbers of every segment, and what is behind them. */
export function EffectPage({ effect, choices, makeCurrent }: { effect: ReleaseEffect; choices: readonly { readonly domain: string; readonly release: string }[]; makeCurrent: MakeCurrentAction }) {
  const { domain, from, to, added, changed, retired, deprecated, repointed, fleet, segments } = effect;
  const name = `ATT&CK ${domain} ${to}`;
  return (
    <PageBody of={null}>
      <PageHeader
        title={`${name} on today’s evidence`}
        say={`${counted(added.length, "analytic")} added, ${formatCount(changed.length)} changed, ${formatCount(retired.length)} retired; ${counted(repointed.length, "strategy", "strategies")} moved to another technique. ${domain} ${from} stays current until you decide; nothing here is stored. Decided as of ${formatTime(Date.parse(effect.at))}.`}
        actions={
          <ConfirmButton
            label="Make current"
            title={`Make ${name} current?`}
            description={`The next assessment asks what it asks, in place of ${domain} ${from}. Assessments that were run keep their release, and ${domain} ${from} can be made current again.`}
            confirm="Make current"
            keep="Leave it"
            gives
            goTo="/catalog"
            act={makeCurrent}
          />
        }
      />
      {choices.length > 1 ? (
        <div>
          <Segmented label="Release" items={choices.map((one) => ({ href: `/catalog/effect?release=${one.domain}-${one.release}`, label: `${one.domain} ${one.release}`, current: one.domain === domain && one.release === to }))} />
        </div>
      ) : null}
      <Card className="pb-1">
        <CardHeader title="Effect on the numbers" note={counted(segments.length, "segment")} say="The same records, claims and policy, asked by either release. Weighted observed share, and each cell counted once." />
        <Table label="Effect by segment" className="mt-1">
          <thead>
            <tr>
              <Th>Segment</Th>
              <Th number>
                {domain} {from}
              </Th>
              <Th number how="observed-share">
                {domain} {to}
              </Th>
              <Th number how="points-change">
                Share
              </Th>
              <Th number>Observed cells</Th>
              <Th number>Applicable</Th>
              <Th number how="uniform-share">
                Counted once, {to}
              </Th>
            </tr>
          </thead>
          <tbody>
            <Row name={<strong>The fleet</strong>} {...fleet} />
            <MoreRows
              first={24}
              columns={7}
              rows={segments.map(({ id, segment, ...numbers }) => (
                <Row
                  key={id}
                  name={
                    <KeptLink href={`/segments/${id}`} className="font-medium hover:underline">
                      {segment}
                    </KeptLink>
                  }
                  {...numbers}
                />
              ))}
            />
          </tbody>
        </Table>
      </Card>
      {effect.contentCompared ? null : <p className="text-ink-2">The starter catalogue has no texts of MITRE’s, so changes of description and moved strategies are not known; changed analytics are those that ask something else.</p>}
      <div className="grid gap-3 xl:grid-cols-2">
        {added.length > 0 ? (
          <Card className="self-start pb-1">
            <CardHeader title="Added" note={counted(added.length, "analytic")} say="What they would be in the segments that they apply to." />
            <AnalyticList label="Added analytics" rows={added} linked={false} />
          </Card>
        ) : null}
        {changed.length > 0 ? (
          <Card className="self-start pb-1">
            <CardHeader title="Changed" note={counted(changed.length, "analytic")} say={effect.formalOnly === null ? "By what they ask." : `By content, never by a date; ${counted(effect.formalOnly, "object")} more differ in dates, spec versions or false flags alone.`} />
            <ChangedList rows={changed} />
          </Card>
        ) : null}
        {repointed.length > 0 ? (
          <Card className="self-start pb-1">
            <CardHeader title="Moved to another technique" note={counted(repointed.length, "strategy", "strategies")} say="Their analytics keep their numbers, so histories here do not break; a history by technique does." />
            <RepointedList rows={repointed} />
          </Card>
        ) : null}
        {retired.length > 0 ? (
          <Card className="self-start pb-1">
            <CardHeader title="Retired" note={counted(retired.length, "analytic")} say="They would no longer be asked." />
            <AnalyticList label="Retired analytics" rows={retired} linked />
          </Card>
        ) : null}
        {deprecated.length > 0 ? (
          <Card className="self-start pb-1">
            <CardHeader title="Of deprecated strategies" note={counted(deprecated.length, "analytic")} say="They would no longer apply anywhere." />
            <DeprecatedList rows={deprecated} />
          </Card>
        ) : null}
      </div>
    </PageBody>
  );
}

function Row({ name, from, to, points, cells }: { name: React.ReactNode; from: Measured; to: Measured; points: number; cells: number }) {
  return (
    <tr className="hover:bg-hover">
      <Td>{name}</Td>
      <Td number>
        <Metric measure="observed-share" size="row" value={from.value} low={from.low} high={from.high} k={from.k} n={from.n} />
      </Td>
      <Td number>
        <Metric measure="observed-share" size="row" value={to.value} low={to.low} high={to.high} k={to.k} n={to.n} />
      </Td>
      <Td number>
        <Delta millionths={points} />
      </Td>
      <Td number>{cells === 0 ? "0" : formatSigned(cells)}</Td>
      <Td number>{to.n === from.n ? "0" : formatSigned(to.n - from.n)}</Td>
      <Td number>
        <Metric measure="uniform-share" size="row" value={to.uniform} low={null} high={null} k={to.k} n={to.n} />
      </Td>
    </tr>
  );
}
