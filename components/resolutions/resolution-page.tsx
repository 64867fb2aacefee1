import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { ResolutionRow } from "@/lib/reports/resolution-rows";
import type { ResolutionView } from "@/lib/reports/resolution-view";
import { counted } from "@/lib/shared/format-number";
import { formatIsoDay } from "@/lib/shared/format-time";
import { OverrideDialog, type OverrideActions } from "./override-dialog";
import { OverrideHistory } from "./override-history";
import { RequiredFields } from "./required-fields";
import { subjectOf } from "./subject-of";
import { BASIS_WORDS, UNCITED_WORDS, VERDICT_WORDS } from "./verdict-words";
import type { WithdrawAction } from "./withdraw-override";

/** One log source: its reading per platform, what would stand without overrides, and every version of them. */
export function ResolutionPage({ view, actions, withdraw }: { view: ResolutionView; actions: OverrideActions; withdraw: WithdrawAction }) {
  return (
    <PageBody>
      <PageHeader
        crumb={`${view.name} ${view.channel}`.trim()}
        title={
          <span className="[overflow-wrap:anywhere]">
            {view.name} <span className="font-mono font-normal text-ink-2">{view.channel}</span>
          </span>
        }
        say={
          <>
            {view.component.name} <code className="text-ink-3">{view.component.id}</code>, named <code>{view.reference}</code> on the command line
          </>
        }
        actions={
          <>
            <CopyButton text={view.reference} label="Copy its name" />
            {view.readings[0] ? <OverrideDialog subject={subjectOf(view, view.readings)} actions={actions} variant="primary" /> : null}
          </>
        }
      />
      {view.readings.length === 0 ? <Card className="px-4 py-3.5 text-ink-2">No analytic of a current release cites it any more. Its overrides are kept below.</Card> : null}
      {view.readings.map((row) => (
        <Reading key={row.platform ?? ""} row={row} published={view.published.find(({ platform }) => platform === row.platform)} />
      ))}
      {view.fields.length > 0 ? (
        <Card className="px-4 py-3.5">
          <RequiredFields kinds={view.fields} />
        </Card>
      ) : null}
      <OverrideHistory reference={view.reference} history={view.history} withdraw={withdraw} />
    </PageBody>
  );
}

function Reading({ row, published }: { row: ResolutionRow; published: ResolutionRow | undefined }) {
  return (
    <Card className="pb-3">
      <CardHeader title={row.platform ?? "No platform named"} note={`${VERDICT_WORDS[row.verdict]}, ${row.confidence} confidence`} say={row.reason} />
      <dl className="grid gap-x-4 gap-y-1.5 px-3 pt-2 text-xs sm:grid-cols-[10rem_minmax(0,1fr)] md:px-4 [&_dt]:text-ink-3">
        <dt>Basis</dt>
        <dd>{row.override ? "curated by override" : BASIS_WORDS[row.basis]}</dd>
        {row.override ? (
          <>
            <dt>Override</dt>
            <dd>
              version {row.override.version} by {row.override.by}, {formatIsoDay(row.override.at)}: {row.override.reason}
              {row.override.concerns.map((concern) => (
                <span key={concern} className="block text-attn">
                  {concern}
                </span>
              ))}
              {published ? <span className="block text-ink-2">Without it: {VERDICT_WORDS[published.verdict]}, {published.basis}, {published.confidence} confidence. {published.reason}</span> : null}
            </dd>
          </>
        ) : null}
        {row.source ? (
          <>
            <dt>Who says so</dt>
            <dd>{row.source}</dd>
          </>
        ) : null}
        {row.substitute ? (
          <>
            <dt>In its place</dt>
            <dd className="text-attn">{row.substitute}</dd>
          </>
        ) : null}
        <dt>Family</dt>
        <dd>{row.family}</dd>
        <dt>Named by the reference</dt>
        <dd className="font-mono">{row.eventKeys.map(({ value }) => value).join(", ") || "no record"}</dd>
        <dt>Accepted as cited</dt>
        <dd className="font-mono [overflow-wrap:anywhere]">{row.asCited.join(", ") || <span className="font-sans">none{row.uncited ? `: ${UNCITED_WORDS[row.uncited]}` : ""}</span>}</dd>
        <dt>Accepted as equivalents</dt>
        <dd className="font-mono [overflow-wrap:anywhere]">{row.equivalents.join(", ") || "none"}</dd>
        <dt>Cited by</dt>
        <dd className="flex flex-wrap gap-x-2">
          {counted(row.analytics.length, "analytic")}:{" "}
          {row.analytics.map((id) => (
            <KeptLink key={id} href={`/analytics/${id}`} className="text-accent hover:underline">
              {id}
            </KeptLink>
          ))}
        </dd>
      </dl>
    </Card>
  );
}
