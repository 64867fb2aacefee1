import { Check, CircleAlert, CircleDashed, Minus, TriangleAlert } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { Grade } from "@/lib/events/probes/probe";

const LOOK: Readonly<Record<Grade, { readonly word: string; readonly Icon: typeof Check; readonly tone: string; readonly says: string }>> = {
  fail: { word: "fails", Icon: CircleAlert, tone: "font-semibold text-attn", says: "beyond the limit" },
  warn: { word: "warns", Icon: TriangleAlert, tone: "font-medium text-attn", says: "beyond the first limit" },
  indicative: { word: "indicative", Icon: CircleDashed, tone: "text-ink-2", says: "fewer than 30 records: it only leans one way" },
  pass: { word: "passes", Icon: Check, tone: "text-ink", says: "within the limits" },
  "not-computable": { word: "not computable", Icon: Minus, tone: "text-ink-3", says: "the records lack what the formula needs" },
};

/** Worst first. */
export const GRADES: readonly Grade[] = ["fail", "warn", "indicative", "pass", "not-computable"];

/** A probe's result as glyph and word, never colour alone; never one of the glyphs that mean a cell's status. */
export function GradeWord({ grade, leans, className }: { grade: Grade; leans?: Grade | undefined; className?: string }) {
  const { word, Icon, tone, says } = LOOK[grade];
  return (
    <span title={says} className={classNames("inline-flex items-baseline gap-1 text-xs whitespace-nowrap", tone, className)}>
      <Icon size={13} className="shrink-0 translate-y-[2px]" aria-hidden />
      {word}
      {leans === undefined ? "" : leans === "pass" ? ", leans to pass" : `, leans to ${leans === "fail" ? "fail" : "warn"}`}
    </span>
  );
}

/** "2 fail, 1 warns, 9 pass, 5 not computable". */
export function countGrades(grades: readonly Grade[]): string {
  const words: Readonly<Record<Grade, readonly [one: string, many: string]>> = { fail: ["fails", "fail"], warn: ["warns", "warn"], indicative: ["is indicative", "are indicative"], pass: ["passes", "pass"], "not-computable": ["is not computable", "are not computable"] };
  return GRADES.flatMap((grade) => {
    const count = grades.filter((one) => one === grade).length;
    return count === 0 ? [] : [`${count} ${words[grade][count === 1 ? 0 : 1]}`];
  }).join(", ");
}
