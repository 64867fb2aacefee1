import type { RequirementJson } from "@/lib/assessment/cell-json";
import { HowComputed } from "@/components/how-computed/how-computed";
import { KeptLink } from "@/components/layout/kept-link";
import { FillShare } from "@/components/metric/metric";
import { FlagWords } from "@/components/status/status-word";
import { StatusGlyph } from "@/components/status/status-glyph";
import { Card, CardHeader } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import type { AnalyticView, StageFills } from "@/lib/reports/analytic-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime, spellTimes } from "@/lib/shared/format-time";
import { ChainRail } from "./chain-rail";
import { EdgeList } from "./edge-list";
import { edgeWords, STATE_WORDS } from "./edge-words";

/** What a requirement is drawn as: proof, claim or nothing. */
function statusOf(requirement: RequirementJson): "observed" | "declared" | "blind" {
  return requirement.met !== null ? "observed" : requirement.evidence === "none" || requirement.evidence === "events" ? "blind" : "declared";
}

/** The requirements of the chosen cell as stages, with the joins between them. Choosing one opens its evidence. */
export function RequirementChain({ view, chosen }: { view: AnalyticView; chosen: NonNullable<AnalyticView["chosen"]> }) {
  const { cell } = chosen;
  const total = cell.requirements[0]?.hostsTotal ?? 0;
  const drawn = view.edges.length > 0;
  return (
    <Card className="pb-4">
      <CardHeader title="Requirement chain" note={`${chosen.segment}, n = ${formatCount(total)} hosts${cell.source === "pack" ? ", curated by a pack" : ""}`} say={cell.requirements.length === 1 ? "One requirement; its best alternative is shown." : "Every critical requirement must be proven; the best alternative of each is shown."} />
      {drawn ? <ChainRail edges={view.edges} stages={cell.requirements.length} /> : null}
      <ol className={classNames("grid gap-3 px-3 md:px-4", drawn ? "grid-cols-[minmax(0,1fr)] pt-3 lg:auto-cols-fr lg:grid-flow-col lg:pt-1" : "pt-3 sm:grid-cols-[repeat(auto-fit,minmax(196px,1fr))]")}>
        {cell.requirements.map((requirement, index) => (
          <Stage key={index} requirement={requirement} fills={view.fills[index] ?? null} number={index + 1} on={view.stage === index} href={`/analytics/${view.analytic.id}?segment=${chosen.segmentId}&stage=${index + 1}`} edges={view.edges.filter(({ from }) => from === index)} />
        ))}
      </ol>
      {drawn ? (
        <EdgeList edges={view.edges} label="Edges of the chain" className="px-3 pt-3 md:px-4" />
      ) : (cell.joins ?? []).length > 0 ? (
        <p className="px-3 pt-3 text-xs text-ink-2 md:px-4">{(cell.joins ?? []).map(({ edge, state }) => `${edge}: ${STATE_WORDS[state]}`).join("; ")}. The version of the pack that drew these edges is not here any more.</p>
      ) : null}
    </Card>
  );
}

function howMet({ met, critical }: RequirementJson): string {
  const how = met === "as-cited" ? "as cited" : met === "equivalent" ? "equivalent" : "not met";
  return critical ? how : `not critical, ${how}`;
}

function Stage({ requirement, fills, number, on, href, edges }: { requirement: RequirementJson; fills: StageFills | null; number: number; on: boolean; href: string; edges: AnalyticView["edges"] }) {
  const status = statusOf(requirement);
  const source = [requirement.name, requirement.channel].filter(Boolean).join(" ");
  return (
    <li className={classNames("relative flex min-w-0 flex-col rounded-lg border bg-surface px-3 py-2.5 hover:bg-hover", on && "border-accent shadow-[0_0_0_1px_var(--accent)]", status === "blind" && !on && "border-dashed border-attn")}>
      <div className="flex items-center gap-2 text-xs text-ink-3">
        <StatusGlyph status={status} flags={requirement.flags} size={18} />
        Stage {number}
        <span className="ml-auto">{howMet(requirement)}</span>
      </div>
      <h3 className="mt-1.5 text-sm font-semibold text-ink">
        <KeptLink href={href} scroll={false} className="after:absolute after:inset-0 after:rounded-lg" aria-current={on ? "true" : undefined}>
          {requirement.component.name}
        </KeptLink>
      </h3>
      <div className="text-xs [overflow-wrap:anywhere] text-ink-2">
        <code className="text-ink-3">{requirement.component.id}</code> <span title={requirement.family}>{requirement.kind ?? requirement.family}</span>
      </div>
      <div className="mt-1 truncate text-xs text-ink-3" title={source}>
        cited: {source}
      </div>
      <div className="text-xs text-ink-3">
        {requirement.override ? (
          <span title={requirement.override.reason}>
            curated by override of {requirement.override.by}: {requirement.override.reason}
          </span>
        ) : (
          `basis: ${requirement.basis}${requirement.met !== null && requirement.evidence === "measured" ? ", measured" : ""}`
        )}
      </div>
      {fills && fills.records > 0 && fills.fields.length > 0 ? (
        <>
          <p className="mt-1.5 text-xs text-ink-3">
            Filled, of {counted(fills.records, "fresh record")} of this kind
            <HowComputed measure="field-fill" inputs={[["Counted", counted(fills.records, "fresh record")]]} />
          </p>
          <dl className="mt-0.5 border-t">
            {fills.fields.map((fill) => (
              <div key={fill.field} className={classNames("flex justify-between gap-2 border-b py-[3px] text-xs", fill.filled === 0 ? "font-medium text-attn" : "text-ink-2")}>
                <dt className="min-w-0 font-mono tracking-[-0.03em] [overflow-wrap:anywhere]" title={fill.field}>
                  {fill.sigma}
                </dt>
                <dd className="whitespace-nowrap">
                  {fill.filled > 0 ? <FillShare filled={fill.filled} n={fills.records} /> : fill.redacted > 0 ? "" : "absent"}
                  {fill.redacted > 0 ? ` ${formatCount(fill.redacted)} redacted` : ""}
                </dd>
              </div>
            ))}
          </dl>
        </>
      ) : null}
      <div className="mt-auto pt-2">
        {edges.map((edge) => (
          <p key={edge.id} className={classNames("pb-1 text-xs lg:hidden", edge.state === "joined" ? "text-ink-2" : "font-medium text-attn")}>
            ↓ to stage {edge.to + 1}: {edgeWords(edge)}, {STATE_WORDS[edge.state]}
          </p>
        ))}
        <span className="text-lg font-semibold">{formatCount(requirement.hosts)}</span> <span className="text-xs text-ink-2">of {formatCount(requirement.hostsTotal)} hosts</span>
        <div className="relative mt-1 h-1.5 rounded-[2px] bg-surface-3" aria-hidden>
          <i className="absolute inset-y-0 left-0 rounded-[2px] bg-accent" style={{ width: `${requirement.hostsTotal > 0 ? (requirement.hosts / requirement.hostsTotal) * 100 : 0}%` }} />
        </div>
        <div className="mt-1 flex flex-wrap justify-between gap-x-2 text-xs text-ink-3">
          <span>{counted(requirement.records, "filled record")}, all kinds</span>
          <span>{requirement.newest ? `newest ${formatTime(Date.parse(requirement.newest))}` : "none fresh"}</span>
        </div>
        {requirement.met === null ? <p className="mt-1 text-xs text-attn">{spellTimes(requirement.why)}</p> : null}
        <div className="flex flex-wrap gap-x-2">
          <FlagWords flags={requirement.flags} />
        </div>
      </div>
    </li>
  );
}
