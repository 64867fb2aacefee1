"use client";
import { KeptLink } from "@/components/layout/kept-link";
import { OverrideDialog, type OverrideActions } from "@/components/resolutions/override-dialog";
import { startingKinds } from "@/components/resolutions/starting-kinds";
import { VERDICT_WORDS } from "@/components/resolutions/verdict-words";
import { Table, Td, Th } from "@/components/ui/table";
import type { ShownAnalytic, ShownRequirement } from "@/lib/reports/describe-catalog-object";
import { formatCount } from "@/lib/shared/format-number";

const KINDS = 4;

/** The log sources as ATT&CK cites them, each with its reading, how sure it is and why, and the way to override it. */
export function PublishedReferences({ analytic, actions }: { analytic: Pick<ShownAnalytic, "id" | "platforms" | "requirements">; actions: OverrideActions }) {
  return (
    <Table label="Log-source references">
      <thead>
        <tr>
          <Th>Data component</Th>
          <Th>Cited as</Th>
          <Th>Resolved to</Th>
          <Th>Basis, confidence, reason</Th>
          <Th className="relative">
            <span className="sr-only">Override</span>
          </Th>
        </tr>
      </thead>
      <tbody className="text-xs">
        {analytic.requirements.map((requirement, index) => (
          <tr key={index}>
            <Td className="min-w-36 align-top">
              {requirement.component.name} <code className="text-ink-3">{requirement.component.id}</code>
            </Td>
            <Td className="min-w-44 max-w-64 align-top [overflow-wrap:anywhere]">
              <KeptLink href={`/resolutions/${requirement.reference}`} className="font-mono text-accent hover:underline">
                {requirement.rawName ?? requirement.name}
                <span className="block text-ink-2">{requirement.rawChannel ?? requirement.channel}</span>
              </KeptLink>
            </Td>
            <Td className="min-w-44 max-w-72 align-top">
              <Kinds requirement={requirement} />
            </Td>
            <Td className="min-w-56 max-w-96 align-top text-ink-2">
              {requirement.override ? "curated by override" : requirement.basis}, {requirement.confidence} confidence
              <span className="block">{requirement.reason}</span>
              {requirement.override?.concerns.map((concern) => (
                <span key={concern} className="block text-attn">
                  {concern}
                </span>
              ))}
              {requirement.source ? <span className="block text-ink-3">{requirement.source}</span> : null}
            </Td>
            <Td className="align-top">
              <OverrideDialog
                subject={{
                  reference: requirement.reference,
                  component: requirement.component,
                  name: requirement.name,
                  channel: requirement.channel,
                  platforms: analytic.platforms,
                  analytic: analytic.id,
                  kinds: startingKinds(requirement.basis, requirement.kinds),
                  verdict: requirement.verdict,
                  substitute: requirement.substitute ?? "",
                }}
                actions={actions}
              />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Kinds({ requirement }: { requirement: ShownRequirement }) {
  const { kinds, verdict, substitute, family } = requirement;
  return (
    <>
      <span className={verdict === "producible" ? "text-ink" : "text-attn"}>
        {family}, {VERDICT_WORDS[verdict]}
      </span>
      {substitute ? <span className="block text-ink-2">in its place: {substitute}</span> : null}
      <span className="block font-mono [overflow-wrap:anywhere] text-ink-2" title={kinds.map(({ kind, met }) => `${kind} ${met}`).join("\n")}>
        {kinds.length === 0 ? "accepts no record" : null}
        {kinds.slice(0, KINDS).map(({ kind }) => (
          <span key={kind} className="block">
            {kind}
          </span>
        ))}
        {kinds.length > KINDS ? <span className="font-sans text-ink-3">and {formatCount(kinds.length - KINDS)} more</span> : null}
      </span>
    </>
  );
}
