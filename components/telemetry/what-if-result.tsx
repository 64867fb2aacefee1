import { HowComputed } from "@/components/how-computed/how-computed";
import { KeptLink } from "@/components/layout/kept-link";
import { PartOfWhole } from "@/components/metric/metric";
import { StatusGlyph } from "@/components/status/status-glyph";
import type { WhatIf, WouldSegment } from "@/lib/reports/telemetry-what-if";
import { counted, formatCount } from "@/lib/shared/format-number";

const SHOWN = 60;

/** Per segment: cells that would be claimed, requirements that would be met by a claim, and the ceiling that moves. Hatched throughout. */
export function WhatIfResult({ result }: { result: WhatIf }) {
  const { fleet, segments } = result;
  return (
    <div className="mt-2">
      <p className="border-t px-3 py-2 text-pretty md:px-4" role="status">
        {fleet.cells === 0 ? (
          "It would add nothing: what it writes is claimed or proven already, or no analytic here asks for it."
        ) : (
          <>
            <strong>{counted(fleet.claimed, "cell")}</strong> would be claimed in whole, of {counted(fleet.cells, "cell")} that it touches, in {counted(segments.length, "segment")}.{" "}
            {fleet.ceiling.now === null || fleet.ceiling.then === null ? null : fleet.ceiling.then - fleet.ceiling.now < 500 ? (
              "The fleet’s upper bound would move by less than 0.1 points."
            ) : (
              <>
                If every claim were proven, the fleet’s observed share could reach <PartOfWhole measure="upper-bound" millionths={fleet.ceiling.then} title={`weighted share of ${fleet.ceiling.n} cells`} /> in place of <PartOfWhole measure="upper-bound" millionths={fleet.ceiling.now} title={`weighted share of ${fleet.ceiling.n} cells`} /> (n = {formatCount(fleet.ceiling.n)}).
                <HowComputed measure="upper-bound" inputs={[["Counted", `n = ${counted(fleet.ceiling.n, "cell")}`]]} />
              </>
            )}
          </>
        )}
      </p>
      {segments.map((segment) => (
        <Segment key={segment.id} segment={segment} />
      ))}
    </div>
  );
}

function Segment({ segment }: { segment: WouldSegment }) {
  const { claimed, requirements, cells, byComponent, contradicted, ceiling } = segment;
  return (
    <details className="border-t" open={claimed.length > 0}>
      <summary className="grid cursor-pointer grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-3 py-2 hover:bg-hover md:grid-cols-[minmax(0,1fr)_120px_150px] md:px-4">
        <span className="font-medium">
          {segment.name} <span className="text-xs font-normal text-ink-3">{segment.platforms.join(", ")}</span>
        </span>
        <span className="hidden h-3 overflow-hidden rounded-[3px] border md:flex" aria-hidden>
          <i className="hatch" style={{ flexGrow: claimed.length, flexBasis: 0 }} />
          <i className="bg-surface-3" style={{ flexGrow: Math.max(0, cells - claimed.length), flexBasis: 0 }} />
        </span>
        <span className="text-right text-xs">
          {cells === 0 ? (
            <span className="text-ink-3">adds nothing</span>
          ) : (
            <>
              <b>{formatCount(claimed.length)}</b> of {formatCount(cells)} claimed in whole
            </>
          )}
        </span>
      </summary>
      {cells === 0 ? null : (
        <div className="grid gap-x-6 gap-y-2 px-3 pb-3 text-xs md:grid-cols-2 md:px-4">
          <div>
            <h3>Requirements that would be claimed</h3>
            <ul className="mt-1">
              {requirements.slice(0, 12).map(({ component, cells: count }) => (
                <li key={component} className="flex justify-between gap-3 py-px">
                  <span>{component}</span>
                  <span className="text-ink-2">{counted(count, "cell")}</span>
                </li>
              ))}
              {requirements.length > 12 ? <li className="text-ink-3">and {formatCount(requirements.length - 12)} more</li> : null}
            </ul>
            <p className="mt-1.5 text-ink-2">
              {formatCount(byComponent)} of these {formatCount(cells)} rest on a reference in free text.
              {contradicted > 0 ? <span className="text-attn"> In {formatCount(contradicted)} today’s records of that source speak against it.</span> : null}
              {ceiling.now === null || ceiling.then === null ? null : (
                <>
                  {" "}
                  Upper bound here: <PartOfWhole measure="upper-bound" millionths={ceiling.then} title={`of ${ceiling.n} cells, by weight`} />, now <PartOfWhole measure="upper-bound" millionths={ceiling.now} title={`of ${ceiling.n} cells, by weight`} />.
                </>
              )}
            </p>
          </div>
          <div>
            <h3>Cells that would be claimed in whole</h3>
            {claimed.length === 0 ? <p className="mt-1 text-ink-2">None: another requirement of each is missing too.</p> : null}
            <ul className="mt-1 flex flex-wrap gap-1.5">
              {claimed.slice(0, SHOWN).map(({ analytic, from, to }) => (
                <li key={analytic}>
                  <KeptLink href={`/analytics/${analytic}?segment=${segment.id}`} prefetch={false} title={`${analytic}: ${from} now, would be ${to}`} className="inline-flex h-6 items-center gap-1 rounded-md border border-dashed border-line-2 px-1.5 hover:bg-hover">
                    <StatusGlyph status={from} size={14} silent />
                    <code>{analytic}</code>
                    <span className="sr-only">
                      {from} now, would be {to}
                    </span>
                  </KeptLink>
                </li>
              ))}
              {claimed.length > SHOWN ? <li className="self-center text-ink-3">and {formatCount(claimed.length - SHOWN)} more</li> : null}
            </ul>
          </div>
        </div>
      )}
    </details>
  );
}
