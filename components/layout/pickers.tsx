"use client";
import { Layers, ScanEye } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Select } from "@/components/ui/select";
import type { ShellView } from "@/lib/reports/shell-view";
import { formatTime } from "@/lib/shared/format-time";

/** Sets or clears one kept parameter and leaves the rest of the address alone. */
function useParameter(name: string): [string | null, (value: string | null) => void] {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  return [
    search.get(name),
    (value) => {
      const next = new URLSearchParams(search);
      if (value === null) next.delete(name);
      else next.set(name, value);
      const text = next.toString();
      router.push(text ? `${pathname}?${text}` : pathname);
    },
  ];
}

export function SegmentPicker({ segments, className }: { segments: ShellView["segments"]; className?: string }) {
  const [value, set] = useParameter("segment");
  if (segments.length === 0) return null;
  const known = segments.some((segment) => segment.id === value) ? value : null;
  return (
    <Select
      label="Segment"
      icon={<Layers size={14} aria-hidden />}
      value={known ?? "all"}
      onChange={(next) => set(next === "all" ? null : next)}
      options={[{ value: "all", label: "All segments" }, ...segments.map((segment) => ({ value: segment.id, label: segment.name }))]}
      className={className}
    />
  );
}

/** Newest first; the newest needs no mention in the address. */
export function AssessmentPicker({ assessments, className }: { assessments: ShellView["assessments"]; className?: string }) {
  const [value, set] = useParameter("assessment");
  const newest = assessments[0];
  if (!newest) return null;
  const chosen = assessments.find((assessment) => String(assessment.id) === value) ?? newest;
  return (
    <Select
      label="Assessment"
      icon={<ScanEye size={14} aria-hidden />}
      value={String(chosen.id)}
      onChange={(next) => set(next === String(newest.id) ? null : next)}
      options={assessments.map((assessment) => ({
        value: String(assessment.id),
        label: `${assessment.label}  ${formatTime(assessment.at)}`,
        note: assessment.runLater ? "as of, run later" : undefined,
      }))}
      className={className}
    />
  );
}
