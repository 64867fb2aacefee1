import { RestsOn } from "@/components/how-computed/rests-on";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody } from "@/components/layout/page-header";
import { FlagWords } from "@/components/status/status-word";
import { StatusGlyph } from "@/components/status/status-glyph";
import type { OverrideActions } from "@/components/resolutions/override-dialog";
import type { LinkActions } from "@/components/rules/rule-links";
import type { TestActions } from "@/components/tests/test-actions";
import type { TuningActions } from "@/components/tuning/tuning-actions";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Prose } from "@/components/ui/prose";
import type { AnalyticView } from "@/lib/reports/analytic-view";
import { AnalyticTabs } from "./analytic-tabs";
import { EvidenceDrawer } from "./evidence-drawer";
import { RequirementChain } from "./requirement-chain";
import { SegmentStrip } from "./segment-strip";
import { StatusHistory } from "./status-history";
import { TechniqueStatements } from "./technique-statements";
import { StatusWord } from "@/components/status/status-word";

/** One analytic: the answer, then the proof, then the definition. The drawer stands beside what it explains. */
export function AnalyticPage({ view, actions, decide, testActions, tuningActions }: { view: AnalyticView; actions: OverrideActions; decide: LinkActions["decide"]; testActions: TestActions; tuningActions: TuningActions }) {
  const { analytic, chosen, verdict } = view;
  const technique = analytic.techniques[0];
  const requirement = chosen && view.stage !== null ? chosen.cell.requirements[view.stage] : undefined;
  return (
    <div className={requirement ? "grid flex-1 grid-cols-[minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_432px]" : "flex flex-1 flex-col"}>
      <PageBody>
        <div className="flex flex-wrap items-start gap-3">
          <div className="min-w-0 flex-1 basis-72">
            <h1>
              {technique?.name ?? analytic.name} on {analytic.platforms.join(", ") || "any platform of its domain"}
            </h1>
            <div className="mt-0.5 flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-ink-2">
              <code>{analytic.id}</code>
              {analytic.strategy ? (
                <span>
                  <strong>{analytic.strategy.id}</strong> {analytic.strategy.name}
                </span>
              ) : null}
              {analytic.techniques.map((entry) => (
                <span key={entry.id}>
                  <strong>{entry.id}</strong> {entry.name}
                </span>
              ))}
              {[...new Map(analytic.techniques.flatMap((entry) => entry.tactics).map((tactic) => [tactic.id, tactic])).values()].map((tactic) => (
                <span key={tactic.id}>
                  <strong>{tactic.id}</strong> {tactic.name}
                </span>
              ))}
              <span>
                version {analytic.version}, ATT&CK {analytic.domain} {analytic.release}
              </span>
              <RestsOn />
            </div>
          </div>
          <CopyButton text={analytic.id} label="Copy id" />
        </div>
        {chosen && verdict ? (
          <Card className="px-4 py-3.5">
            <h2 className="mb-0.5 flex flex-wrap items-center gap-2 text-lg">
              <StatusGlyph status={chosen.cell.status} flags={chosen.cell.flags} />
              {verdict.title}
              <FlagWords flags={chosen.cell.flags} />
            </h2>
            <p className="max-w-[80ch] text-base leading-[22px] text-pretty text-ink-2">
              <Prose of={verdict.say} />
            </p>
            {chosen.cell.asPublished ? (
              <p className="flex flex-wrap items-center gap-x-2 gap-y-1 pt-1.5 text-ink-2">
                As published by ATT&CK: <StatusWord status={chosen.cell.asPublished.status} />
                <span className="text-xs text-ink-3">
                  Above it is by{" "}
                  <KeptLink href={`/packs/${analytic.id}`} className="text-accent underline">
                    its pack
                  </KeptLink>
                  ’s requirements.
                </span>
              </p>
            ) : null}
          </Card>
        ) : (
          <Card className="px-4 py-3.5 text-ink-2">
            {view.assessments.length === 0 ? (
              <>
                Nothing was assessed yet, so there is no answer for any segment.{" "}
                <KeptLink href="/assessments" className="text-accent underline">
                  Run an assessment
                </KeptLink>
              </>
            ) : (
              (view.notAsked ?? "This analytic does not apply to the chosen segment. Choose another below, or see the sibling for its platform.")
            )}
          </Card>
        )}
        {view.strip.length > 0 ? <SegmentStrip strip={view.strip} analytic={analytic.id} chosen={chosen?.segmentId ?? null} /> : null}
        {chosen && chosen.cell.requirements.length > 0 ? <RequirementChain view={view} chosen={chosen} /> : null}
        <TechniqueStatements statements={view.statements} />
        <AnalyticTabs view={view} actions={actions} decide={decide} testActions={testActions} tuningActions={tuningActions} />
        {view.assessments.length > 1 && view.history.length > 0 ? <StatusHistory assessments={view.assessments} rows={view.history} /> : null}
      </PageBody>
      {requirement ? <EvidenceDrawer requirement={requirement} stage={(view.stage ?? 0) + 1} records={view.records} measured={view.measured} trail={trailOf(view)} /> : null}
    </div>
  );
}

/** The edges that begin or end at the open stage. */
function trailOf({ edges, stage }: AnalyticView): AnalyticView["edges"] {
  return edges.filter(({ from, to }) => from === stage || to === stage);
}
