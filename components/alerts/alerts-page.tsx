import { BellOff } from "lucide-react";
import Link from "next/link";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import type { AlertRow } from "@/lib/alerts/alert-rows";
import type { AlertChoice } from "@/lib/alerts/chosen-alerts";
import type { AlertsView } from "@/lib/operations/get-alerts-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatIsoDay, formatTime, spellTimes } from "@/lib/shared/format-time";
import type { AlertActions } from "./alert-actions";
import { AlertFilter } from "./alert-filter";
import { KIND_WORD } from "./alert-words";
import { ChannelsCard } from "./channels-card";
import { QuietAlert } from "./quiet-alert";

/** What people who answer for a segment are told, where it is sent, and what was sent. */
export function AlertsPage({ view, choice, actions }: { view: AlertsView; choice: AlertChoice; actions: AlertActions }) {
  const { everything, loud, silenced, mended, concerned, unfolded } = view;
  const elsewhere = everything.length - loud.length - silenced.length;
  return (
    <PageBody>
      <PageHeader
        title={loud.length === 0 ? "No alert asks for attention" : `${counted(loud.length, "alert")} ask${loud.length === 1 ? "s" : ""} for attention`}
        say={
          loud.length === 0
            ? "Every assessment looks for sources gone silent, segments fallen, proof about to run out, claims that records contradict, tests withdrawn and targets missed."
            : `${concerned === 0 ? "" : `They concern ${counted(concerned, "cell")}. `}An alert closes itself when an assessment finds it mended.`
        }
      />
      <AlertFilter open={everything} choice={choice} />
      {loud.length === 0 && elsewhere > 0 ? (
        <EmptyState icon={BellOff} title="None of these stands open here" action={<Button asChild><Link href="/alerts">Show every open alert</Link></Button>}>
          {counted(elsewhere, "open alert")} {elsewhere === 1 ? "is" : "are"} of other segments or kinds.
        </EmptyState>
      ) : loud.length === 0 ? (
        <EmptyState icon={BellOff} title="Nothing stands open">
          The next assessment looks again.
        </EmptyState>
      ) : (
        <AlertList title="Open" note={`${formatCount(loud.length)} of ${counted(everything.length, "open alert")}`} rows={loud} lines={{ choice, unfolded, actions }} />
      )}
      {silenced.length > 0 ? <AlertList title="Acknowledged and snoozed" note={formatCount(silenced.length)} rows={silenced} lines={{ choice, unfolded, actions }} /> : null}
      <ChannelsCard channels={view.channels} deliveries={view.deliveries} actions={actions} />
      {mended.length > 0 ? <AlertList title="Mended" note="in the last 30 days" rows={mended} lines={{ choice, unfolded, actions: null }} /> : null}
    </PageBody>
  );
}

interface Lines {
  readonly choice: AlertChoice;
  readonly unfolded: AlertsView["unfolded"];
  readonly actions: AlertActions | null;
}

const SHARES: ReadonlySet<string> = new Set(["segment-fallen", "target-missed"]); // their titles name observable shares

function AlertList({ title, note, rows, lines }: { title: string; note: string; rows: readonly AlertRow[]; lines: Lines }) {
  return (
    <Card aria-label={title}>
      <CardHeader title={title} note={note} {...(rows.some(({ alert }) => SHARES.has(alert.kind)) ? { how: "observed-share" as const } : {})} />
      <ul className="mt-2">
        {rows.map((row) => (
          <AlertLine key={row.id} row={row} lines={lines} />
        ))}
      </ul>
    </Card>
  );
}

const SHOWN = 6;

function AlertLine({ row, lines: { choice, unfolded, actions } }: { row: AlertRow; lines: Lines }) {
  const { id, alert, openedAt, closedAt, acknowledged, quietUntil, quietBy, quietReason } = row;
  const whole = unfolded?.alert === id ? unfolded.analytics : null;
  const shown = whole ?? alert.analytics.slice(0, SHOWN);
  const rest = alert.cells - shown.length;
  return (
    <li id={`alert-${id}`} className="flex flex-wrap items-start gap-x-4 gap-y-1.5 border-t px-3 py-2.5 md:px-4">
      <div className="min-w-0 flex-1 basis-96">
        <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <h3 className="font-medium">{spellTimes(alert.title)}</h3>
          <Pill>{KIND_WORD[alert.kind]}</Pill>
          {alert.immediate ? <Pill title="Sent at once: the segment is critical">criticality {alert.criticality}</Pill> : null}
        </div>
        <p className="text-pretty text-ink-2">{spellTimes(alert.why)}</p>
        {shown.length > 0 ? (
          <p className="text-xs text-ink-2">
            {counted(alert.cells, "cell")}:{" "}
            {shown.map((analytic, index) => (
              <span key={analytic}>
                {index > 0 ? ", " : ""}
                <KeptLink href={`/analytics/${analytic}?segment=${alert.segmentId}`} className="font-mono text-accent hover:underline">
                  {analytic}
                </KeptLink>
              </span>
            ))}
            {whole === null && rest > 0 ? (
              <>
                {" "}
                <KeptLink href={unfoldHref(choice, id)} scroll={false} aria-label={`Name the other ${counted(rest, "cell")}: ${alert.title}`} className="inline-block min-h-6 text-accent underline">
                  and {formatCount(rest)} more
                </KeptLink>
              </>
            ) : whole !== null && whole.length > SHOWN ? (
              <>
                {" "}
                <KeptLink href={unfoldHref(choice, null)} scroll={false} className="inline-block min-h-6 text-accent underline">
                  show fewer
                </KeptLink>
              </>
            ) : null}
          </p>
        ) : null}
        {acknowledged !== null || quietUntil !== null ? (
          <p className="text-xs text-ink-3">
            {acknowledged !== null ? `Acknowledged ${formatTime(Date.parse(acknowledged))}` : `Quiet until ${formatIsoDay(quietUntil ?? "")}`} by {quietBy}: {quietReason}
          </p>
        ) : null}
      </div>
      <dl className="grid shrink-0 basis-72 grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-2 text-xs text-ink-2">
        <dt className="text-ink-3">Segment</dt>
        <dd className="[overflow-wrap:anywhere]">
          <KeptLink href={`/segments/${alert.segmentId}`} className="-my-1 inline-block min-h-6 min-w-6 py-1 hover:underline">
            {alert.segment}
          </KeptLink>
        </dd>
        <dt className="text-ink-3">Owner</dt>
        <dd className="[overflow-wrap:anywhere]">{alert.owner === "" ? "nobody is named" : alert.owner}</dd>
        {alert.lastHost === null && alert.noHost === "" ? null : (
          <>
            <dt className="text-ink-3">Last seen</dt>
            <dd className="[overflow-wrap:anywhere]">{alert.lastHost === null ? alert.noHost : `${alert.lastHost.host}, ${formatTime(alert.lastHost.at)}`}</dd>
          </>
        )}
        <dt className="text-ink-3">{closedAt === null ? "Since" : "Mended"}</dt>
        <dd>{formatTime(Date.parse(closedAt ?? openedAt))}</dd>
      </dl>
      {actions === null ? null : <QuietAlert id={id} title={alert.title} silenced={acknowledged !== null || quietUntil !== null} quiet={actions.quiet} />}
    </li>
  );
}

/** The page with every analytic of one alert; null: of none. */
function unfoldHref({ kinds }: AlertChoice, alert: number | null): string {
  const query = new URLSearchParams({ ...(kinds.length === 0 ? {} : { kind: kinds.join(",") }), ...(alert === null ? {} : { alert: String(alert) }) }).toString();
  return `/alerts${query === "" ? "" : `?${query}`}${alert === null ? "" : `#alert-${alert}`}`;
}
