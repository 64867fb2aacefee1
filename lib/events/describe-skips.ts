import type { ReadingReport } from "./read-events";

interface Skip {
  readonly why: string; // completes "N records were skipped: ..."
  readonly remedy?: string; // where a whole file is of this kind
}

/** Packaging, headers, and records that never say anything: not worth a word where the file holds others. */
const SILENT: ReadonlySet<string> = new Set(["wrapper", "header", "unused", "no-record", "xml-declaration", "xml-comment", "joined-lines"]);
/** Other skipped records, by their code; one that is not listed here is named by it. */
const SKIPS: Readonly<Record<string, Skip>> = {
  "cloudtrail-digest": { why: "a CloudTrail digest lists delivered files and holds no events", remedy: "Import the log files that it lists; they are in the folder CloudTrail, not CloudTrail-Digest." },
  "no-flows": { why: "no flow is in them" },
  "continued-line": { why: "they go on with a line that is not in the file" },
};

/** Why records of one skip code were passed over, to follow a colon; null for what is not worth a word. */
export function describeSkip(reason: string): string | null {
  return SILENT.has(reason) ? null : (SKIPS[reason]?.why ?? reason);
}

/** Why nothing came out of a file that was read to its end, as a sentence with its remedy: what was refused first, else what was skipped. */
export function describeEmptyFile({ reasons, skipped }: Pick<ReadingReport, "reasons" | "skipped">): { readonly message: string; readonly remedy: string } {
  const remedy = "Check the export, or name another format with --format.";
  const [refused] = reasons;
  if (refused !== undefined) return { message: `No record could be read: ${refused.message}`, remedy };
  const told = skipped.find(({ reason }) => describeSkip(reason) !== null);
  if (told !== undefined) return { message: `The file holds no records: ${describeSkip(told.reason) ?? told.reason}.`, remedy: SKIPS[told.reason]?.remedy ?? remedy };
  if (skipped.some(({ reason }) => reason === "no-record")) return { message: "The file holds only entries that report nothing.", remedy };
  return { message: "The file holds no records.", remedy };
}
