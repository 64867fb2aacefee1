import { Download } from "lucide-react";
import { PolicyLink } from "@/components/how-computed/rests-on";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { CopyButton } from "@/components/ui/copy-button";
import type { CheckStep, PackagePart } from "@/lib/evidence/describe-package";
import type { EvidenceView, OfferedEvidence } from "@/lib/operations/get-evidence-view";
import { formatTime } from "@/lib/shared/format-time";
import { EvidenceOffers } from "./evidence-offers";
import { Provenance } from "./provenance";

/** The auditor's way out: one assessment as a package, what is in it, and how to check it alone. */
export function EvidencePage({ view }: { view: EvidenceView }) {
  const { chosen } = view;
  return (
    <PageBody>
      <PageHeader
        title="Evidence"
        say={
          <>
            <strong>{chosen.label}</strong> as a package that can be checked without this server: {view.size}, each with its SHA-256. It carries no signature yet.
          </>
        }
        actions={
          <Button asChild variant="primary">
            {/* Not a Link: a package is made when it is asked for, never in advance. */}
            <a href={`/api/evidence/${chosen.id}`}>
              <Download size={14} aria-hidden />
              Download {chosen.label}
            </a>
          </Button>
        }
      />
      <div className="grid gap-3 lg:grid-cols-2">
        <Package chosen={chosen} parts={view.parts} size={view.size} />
        <Checks steps={view.steps} />
      </div>
      <EvidenceOffers offered={view.offered} chosen={chosen.id} />
    </PageBody>
  );
}

function Package({ chosen, parts, size }: { chosen: OfferedEvidence; parts: readonly PackagePart[]; size: string }) {
  return (
    <Card className="pb-1">
      <CardHeader title="What the package holds" note={size} say="The same assessment over the same samples gives the same bytes. Every export is a line of the audit log." action={chosen.runLater ? <Pill>as of, run later</Pill> : undefined} />
      <Provenance
        className="px-3 pt-2 pb-3 md:px-4"
        rows={[
          ["File", chosen.fileName],
          ["As of", formatTime(chosen.at)],
          ["Run", `${formatTime(chosen.ranAt)} by ${chosen.actor}`],
          ["Catalog", chosen.releases],
          ["Policy", <PolicyLink key="policy" version={chosen.policy} />],
          ["Engine", chosen.engine],
          ["Input", `sha256 ${chosen.inputDigest}`],
          ["Result", `sha256 ${chosen.resultDigest}`],
        ]}
      />
      <ul>
        {parts.map((part) => (
          <li key={part.path} className="grid gap-x-3 border-t px-3 py-1 text-xs leading-[17px] sm:grid-cols-[230px_minmax(0,1fr)] md:px-4">
            <code className="text-ink [overflow-wrap:anywhere]">{part.path}</code>
            <span className="text-ink-2">
              {part.holds}
              {part.onlyIfAny === true && <span className="text-ink-3"> Only where there are any.</span>}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Checks({ steps }: { steps: readonly CheckStep[] }) {
  return (
    <Card className="self-start pb-1">
      <CardHeader title="How to check it" note="VERIFY.md in the package says the same" say="Steps 1 and 2 need only sha256sum. To learn that the package itself was not exchanged, compare the SHA-256 of tagmanifest-sha256.txt with one that reached you by another way." />
      <ol className="mt-2">
        {steps.map((step, index) => (
          <li key={step.title} className="border-t px-3 py-3 md:px-4">
            <h3 className="font-medium">
              {index + 1}. {step.title}
            </h3>
            <p className="max-w-[76ch] text-pretty text-ink-2 [overflow-wrap:anywhere]">{step.says}</p>
            <div className="mt-2 flex flex-wrap items-start gap-2">
              {/* Never wrapped: a command that breaks at a hyphen reads as another. */}
              <pre role="region" aria-label={`Commands of step ${index + 1}`} tabIndex={0} className="scroll-hint min-w-0 flex-1 basis-60 overflow-x-auto rounded-md border bg-surface-2 px-3 py-1.5 font-mono text-xs leading-[18px]">{step.commands.join("\n")}</pre>
              <CopyButton text={step.commands.join("\n")} label="Copy" aria-label={`Copy the commands of step ${index + 1}`} />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
