import { CSV_ID } from "./read-csv";
import type { ReadingReport } from "./read-events";
import { MIXED_ID } from "./read-mixed";

/** These hold records of other formats by their nature. */
const HOLDERS: ReadonlySet<string> = new Set([CSV_ID, MIXED_ID]);

/**
 * Whether not one record of a file is of the format that somebody named for it: others knew them all. Then the file is no
 * such file, and taking it as one would hide the mistake.
 *
 * @returns what to say; null where at least one record is of it
 */
export function noneOfFormat(format: string, { formats }: Pick<ReadingReport, "formats">): { readonly message: string; readonly remedy: string } | null {
  if (HOLDERS.has(format) || formats.length === 0 || formats.some((one) => one.format === format)) return null;
  const read = formats.map((one) => `${one.records} ${one.records === 1 ? "is" : "are"} ${one.format}`).join(", ");
  return { message: `Not one of its records is ${format}, as was named: ${read}.`, remedy: "Leave the format out: the content tells it." };
}
