"use client";
import { useSearchParams } from "next/navigation";
import { PolicyLink } from "@/components/how-computed/rests-on";
import type { ShellView } from "@/lib/reports/shell-view";

/** On every screen and in print: which assessment, release and policy, the digest of its inputs, and MITRE's notice. */
export function Footer({ assessments, notice }: Pick<ShellView, "assessments" | "notice">) {
  const value = useSearchParams().get("assessment");
  const chosen = assessments.find((assessment) => String(assessment.id) === value) ?? assessments[0];
  return (
    <footer className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-4 gap-y-0.5 border-t bg-surface px-3 py-1.5 text-xs text-ink-3 md:px-5 print:mt-2 print:px-0 print:text-[9.5px]">
      {chosen ? (
        <>
          <span>
            {chosen.label} · {chosen.releases} · <PolicyLink version={chosen.policy} />
            {chosen.weights === "uniform" ? null : ` · weights ${chosen.weights}`}
          </span>
          <span className="font-mono" title={chosen.digest}>
            sha256 {chosen.digest.slice(0, 8)}…{chosen.digest.slice(-4)}
          </span>
        </>
      ) : (
        <span>no assessment yet</span>
      )}
      <span className="md:ml-auto">{notice}</span>
    </footer>
  );
}
