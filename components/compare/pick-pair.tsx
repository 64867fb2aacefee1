"use client";
import { useRouter, useSearchParams } from "next/navigation";
import { Select } from "@/components/ui/select";
import type { ComparedAssessment } from "@/lib/reports/compare-view";
import { formatTime } from "@/lib/shared/format-time";

/** Which two assessments are compared; the choice is in the address. */
export function PickPair({ a, b, choices }: { a: number; b: number; choices: readonly ComparedAssessment[] }) {
  const router = useRouter();
  const search = useSearchParams();
  const go = (name: "a" | "b", value: string): void => {
    const next = new URLSearchParams(search);
    next.set("a", String(a));
    next.set("b", String(b));
    next.set(name, value);
    next.delete("page");
    router.push(`/assessments/compare?${next.toString()}`);
  };
  const options = choices.map(({ id, label, at, runLater }) => ({ value: String(id), label: `${label}  ${formatTime(at)}`, ...(runLater ? { note: "as of, run later" } : {}) }));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select label="Earlier assessment" value={String(a)} onChange={(value) => go("a", value)} options={options} />
      <span className="text-ink-3">to</span>
      <Select label="Later assessment" value={String(b)} onChange={(value) => go("b", value)} options={options} />
    </div>
  );
}
