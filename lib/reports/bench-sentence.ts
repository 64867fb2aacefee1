import { counted, formatCount } from "@/lib/shared/format-number";
import type { BenchDocument } from "./bench-result";

/** The answer about one document of the bench in a sentence, made of its findings alone. */
export function benchSentence({ message, remedy, line, column, kind, rule, correlation }: Pick<BenchDocument, "message" | "remedy" | "line" | "column" | "kind" | "rule" | "correlation">): string {
  if (message !== null) return `Refused${line === null ? "" : ` at line ${line}, column ${column ?? 1}`}: ${message}${remedy === null ? "" : ` ${remedy}`}`;
  if (correlation !== null) {
    if (correlation.fired.length > 0) return `It fires: ${counted(correlation.fired.length, "time")} in these events.`;
    return `It does not fire. ${correlation.nearestMiss?.detail ?? "None of its stages was reached."}`;
  }
  if (rule === null) return kind === "filter" ? "A filter: it narrows the rules that it names." : "";
  if (rule.verdict === "matched") return `It matches ${formatCount(rule.matched)} of ${counted(rule.seen, "record")} of its logsource.`;
  if (rule.verdict === "no-events") return "No event was there to ask.";
  const lines = rule.needed === null ? "" : ` ${rule.needed === 1 ? "One line" : counted(rule.needed, "line")} would have to come out otherwise at the nearest, record ${formatCount(rule.event ?? 0)}.`;
  return `${rule.seen === 0 ? "No record is of its logsource." : `It matches none of ${counted(rule.seen, "record")} of its logsource.`}${lines}`;
}
