import { HowComputed } from "@/components/how-computed/how-computed";
import type { MeasureId } from "@/components/how-computed/measures";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { StatusWord } from "@/components/status/status-word";
import { MoreRows } from "@/components/tables/more-rows";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Table, Td, Th } from "@/components/ui/table";
import type { GapView } from "@/lib/reports/gap-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { pointSize } from "@/lib/shared/format-share";
import { formatDate, formatIsoDay, spellTimes } from "@/lib/shared/format-time";
import type { GapActions } from "./gap-actions";
import { GapEditing } from "./gap-editing";
import { GapHistory } from "./gap-history";
import { CAUSE_WORD, CLOSING_WORD, KIND_WORD, STATE_WORD } from "./gap-words";
import { GapEvidence } from "./gap-evidence";

/** One gap, whole: what is missing and why, who does what until when, which cells wait for it, what would close it, what happened to it. */
export function GapPage({ view, actions }: { view: GapView; actions: GapActions }) {
  const { gap, cells } = view;
  return (
    <PageBody of={view.assessment.id}>
      <PageHeader
        numbers
        title={`${gap.id} · ${gap.what}`}
        say={<Say view={view} />}
        actions={
          <>
            <GapEditing gap={gap} set={actions.set} />
            <CopyButton text={view.ticket} label="Ticket text" />
            <Button asChild variant="ghost">
              <KeptLink href="/plan">Plan</KeptLink>
            </Button>
          </>
        }
      />
      <Figures view={view} />
      <div className="grid gap-3 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-3">
          <Card aria-labelledby="why">
            <CardHeader id="why" title="Why the cells are open" note="heaviest first" />
            <ul className="pt-2">
              {gap.causes.map(({ code, why, cells: count }) => (
                <li key={code} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-t px-3 py-2 md:px-4">
                  <span className="min-w-0">
                    <span className="font-medium">{CAUSE_WORD[code]}</span>
                    <span className="block text-pretty text-ink-2">{spellTimes(why)}</span>
                  </span>
                  <span className="text-right text-xs text-ink-3">{counted(count, "cell")}</span>
                </li>
              ))}
            </ul>
          </Card>
          <Card aria-labelledby="cells" className="pb-2">
            <CardHeader id="cells" title="Cells" note={`${counted(cells.length, "analytic")} in ${gap.segment}, as of ${view.assessment.label}`} say={gap.cells === 0 ? "No cell lacks this now: these are the ones it held." : `${formatCount(gap.alone)} of ${counted(gap.cells, "cell")} ${gap.alone === 1 ? "lacks" : "lack"} nothing else.`} />
            <Table label="Cells of this gap" className="mt-2">
              <thead>
                <tr>
                  <Th>Analytic</Th>
                  <Th>Technique</Th>
                  <Th>Status</Th>
                  <Th>Lacks too</Th>
                </tr>
              </thead>
              <tbody>
                <MoreRows
                  first={40}
                  columns={4}
                  rows={cells.map(({ analytic, technique, status, also }) => (
                    <tr key={analytic}>
                      <Td>
                        <KeptLink href={`/analytics/${analytic}?segment=${gap.segmentId}`} className="font-mono text-accent underline">
                          {analytic}
                        </KeptLink>
                      </Td>
                      <Td>{technique}</Td>
                      <Td>
                        <StatusWord status={status} />
                      </Td>
                      <Td>
                        {also.length === 0 ? (
                          <span className="text-ink-3">nothing else</span>
                        ) : (
                          <span className="flex flex-wrap gap-x-2">
                            {also.map(({ id, what }) => (
                              <KeptLink key={id} href={`/gaps/${id}`} title={what} className="font-mono text-accent underline">
                                {id}
                              </KeptLink>
                            ))}
                          </span>
                        )}
                      </Td>
                    </tr>
                  ))}
                />
              </tbody>
            </Table>
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <GapEvidence gap={gap} />
          <GapHistory gap={gap.id} events={view.events} comment={actions.comment} />
        </div>
      </div>
    </PageBody>
  );
}

function Say({ view: { gap, segmentOwner, overdue } }: { view: GapView }) {
  const closing = gap.closing === null ? "" : ` (${CLOSING_WORD[gap.closing]})`;
  return (
    <>
      In{" "}
      <KeptLink href={`/segments/${gap.segmentId}`} className="text-accent underline">
        {gap.segment}
      </KeptLink>
      . <strong>{STATE_WORD[gap.state]}</strong>
      {gap.lapsed ? <span className="font-medium text-attn">: its acceptance ended on {formatIsoDay(gap.expires ?? "")}</span> : gap.state === "accepted" ? ` until ${formatIsoDay(gap.expires ?? "")}` : closing}
      {gap.reason === "" ? "" : `, because: ${gap.reason}`}. {gap.owner === "" ? `Nobody owns it yet${segmentOwner === "" ? "" : `; the segment is ${segmentOwner}'s`}` : <>Owner <strong>{gap.owner}</strong></>},{" "}
      {gap.due === null ? "no due date" : <span className={overdue ? "font-medium text-attn" : undefined}>due {formatIsoDay(gap.due)}{overdue ? ", overdue" : ""}</span>}. Found first on {formatDate(Date.parse(gap.openedAt))}.
    </>
  );
}

function Figures({ view: { gap, currency } }: { view: GapView }) {
  const figures: readonly (readonly [label: string, value: string, note: string, how?: MeasureId])[] = [
    ["Cells", formatCount(gap.cells), `below observed for want of this; ${formatCount(gap.alone)} lack nothing else`],
    ["Points", pointSize(gap.points), "of the fleet's observable share, divided over all that its cells lack", "gap-points"],
    ["Closing it alone", pointSize(gap.alonePoints), `points at full reach, by ${counted(gap.alone, "cell")}`, "gap-alone"],
    ["Action", KIND_WORD[gap.kind], gap.cost === null ? "no collection can close it" : `about ${formatCount(gap.cost)} ${currency} a year, ${pointSize(gap.gain ?? 0)} points for each ${formatCount(10_000)}`],
  ];
  return (
    <Card>
      <dl className="grid gap-px sm:grid-cols-2 xl:grid-cols-4">
        {figures.map(([label, value, note, how]) => (
          <div key={label} className="px-3 py-2.5 md:px-4">
            <dt className="text-xs text-ink-3">
              {label}
              {how === undefined ? null : <HowComputed measure={how} inputs={[["Counted", `${formatCount(gap.cells)} cells, ${formatCount(gap.alone)} lack nothing else`]]} />}
            </dt>
            <dd className="text-lg font-semibold">{value}</dd>
            <dd className="text-xs text-ink-2">{note}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
