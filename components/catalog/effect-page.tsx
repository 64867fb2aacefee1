import { ConfirmButton } from "@/components/forms/confirm-button";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Delta, Metric } from "@/components/metric/metric";
import { Card, CardHeader } from "@/components/ui/card";
import { MoreRows } from "@/components/tables/more-rows";
import { Progress } from "@/components/ui/progress";
import { Segmented } from "@/components/ui/segmented";
import { Table, Td, Th } from "@/components/ui/table";
import type { ReleasePair } from "@/lib/catalog/list-release-pairs";
import type { ReleaseEffect } from "@/lib/reports/release-effect";
import { counted, formatCount, formatSigned } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { AnalyticList, ChangedList, DeprecatedList, RepointedList } from "./effect-lists";

type MakeCurrentAction = () => Promise<{ readonly ok: true; readonly data: string } | { readonly ok: false; readonly message: string }>;
type Measured = ReleaseEffect["fleet"]["from"];

const WAYS = { ahead: "", since: "since ", back: "back to " } as const;

interface AskedPair {
  readonly domain: string;
  readonly from: string;
  readonly to: string;
}

const findPair = (pairs: readonly ReleasePair[], { domain, from, to }: AskedPair): ReleasePair | undefined => pairs.find((pair) => pair.domain === domain && pair.from === from && pair.to === to);
const titleOf = ({ domain, from, to }: AskedPair, shown: ReleasePair | undefined): string => (shown?.way === "since" ? `What ATT&CK ${domain} ${to} changed since ${from}` : `ATT&CK ${domain} ${to} on today’s evidence`);

/** While both releases are scored: which, and that it takes a while. */
export function EffectWaiting({ asked, pairs }: { asked: AskedPair; pairs: readonly ReleasePair[] }) {
  const shown = findPair(pairs, asked);
  return (
    <PageBody of={null}>
      <PageHeader title={titleOf(asked, shown)} say={`Every segment is scored by ${asked.from} and by ${asked.to} on the evidence of today. A large fleet takes a minute; the answer is kept until evidence changes.`} />
      <PairChoice pairs={pairs} shown={shown} />
      <Card className="px-4 py-3.5" role="status">
        <p className="mb-2 text-ink-2">Scoring both releases</p>
        <Progress label="Scoring both releases" done={0} total={null} />
      </Card>
    </PageBody>
  );
}

function PairChoice({ pairs, shown }: { pairs: readonly ReleasePair[]; shown: ReleasePair | undefined }) {
  if (pairs.length < 2) return null;
  return (
    <div>
      <Segmented label="Release" items={pairs.map((one) => ({ href: `/catalog/effect?release=${one.domain}-${one.to}&from=${one.domain}-${one.from}`, label: `${WAYS[one.way]}${one.domain} ${one.way === "since" ? one.from : one.to}`, current: one === shown }))} />
    </div>
  );
}

/** What a release would change if it were current, or changed since an older one: the numbers of every segment, and what is behind them. */
export function EffectPage({ effect, pairs, makeCurrent }: { effect: ReleaseEffect; pairs: readonly ReleasePair[]; makeCurrent: MakeCurrentAction }) {
  const { domain, from, to, added, changed, retired, deprecated, repointed, fleet, segments } = effect;
  const name = `ATT&CK ${domain} ${to}`;
  const shown = findPair(pairs, effect);
  const known = shown?.way === "since"; // it is current: what it changed is no projection
  const choosable = shown?.way === "ahead" || shown?.way === "back";
  return (
    <PageBody of={null}>
      <PageHeader
        title={titleOf(effect, shown)}
        say={`${counted(added.length, "analytic")} added, ${formatCount(changed.length)} changed, ${formatCount(retired.length)} retired; ${counted(repointed.length, "strategy", "strategies")} moved to another technique. ${known ? `Both asked of today’s evidence; ${domain} ${to} is current` : choosable ? `${domain} ${from} stays current until you decide` : `Held against ${domain} ${from}`}; nothing here is stored. Decided as of ${formatTime(Date.parse(effect.at))}.`}
        actions={
          choosable ? (
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
          ) : undefined
        }
      />
      <PairChoice pairs={pairs} shown={shown} />
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
      {effect.contentCompared ? null : <p className="text-ink-2">The starter catalogue is an excerpt of ATT&amp;CK without MITRE’s texts: only what the excerpt holds is compared, changes of description are not known, and changed analytics are those that ask something else. Import MITRE’s bundles to compare whole releases.</p>}
      <div className="grid gap-3 xl:grid-cols-2">
        {added.length > 0 ? (
          <Card className="self-start pb-1">
            <CardHeader title="Added" note={counted(added.length, "analytic")} say={`What they ${known ? "are" : "would be"} in the segments that they apply to.`} />
            <AnalyticList label="Added analytics" rows={added} linked={known} />
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
            <CardHeader title="Retired" note={counted(retired.length, "analytic")} say={known ? "They are no longer asked; what they would be today." : "They would no longer be asked."} />
            <AnalyticList label="Retired analytics" rows={retired} linked={!known} />
          </Card>
        ) : null}
        {deprecated.length > 0 ? (
          <Card className="self-start pb-1">
            <CardHeader title="Of deprecated strategies" note={counted(deprecated.length, "analytic")} say={`They ${known ? "no longer apply" : "would no longer apply"} anywhere.`} />
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
