"use client";
import { KeptLink } from "@/components/layout/kept-link";
import { formatTime } from "@/lib/shared/format-time";
import { useShownAssessment } from "./shown-assessment";

/** At the end of a page's first paragraph: the assessment that its numbers are of, and the policy that it ran under. */
export function RestsOn() {
  const shown = useShownAssessment();
  if (shown === null) return null;
  return (
    <span className="text-xs whitespace-nowrap text-ink-3">
      <KeptLink href={`/assessments/${shown.id}`} className="underline" title={`as of ${formatTime(shown.at)}, ${shown.releases}`}>
        {shown.label}
      </KeptLink>
      {" · "}
      <PolicyLink version={shown.policy} />
      {shown.weights === "uniform" ? null : ` · weights ${shown.weights}`}
    </span>
  );
}

/** "policy v2": leads to what that version says. */
export function PolicyLink({ version }: { version: number }) {
  return (
    <KeptLink href={`/policy#version-${version}`} className="text-accent underline" title="The policy that these numbers follow">
      policy v{version}
    </KeptLink>
  );
}
