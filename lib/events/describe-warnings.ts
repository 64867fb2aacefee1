import type { Warning } from "./dataset-types";
import { describeSkip } from "./describe-skips";
import type { ReadingReport } from "./read-events";
import type { EventSummary } from "./visitors/summary";

const UNTIMED: Readonly<Record<string, string>> = {
  "no-time": "no time",
  "bad-time": "a time that cannot be read",
  "absurd-time": "a time before 1980 or after 2099",
};

/**
 * What to know about a dataset before trusting it: times that prove nothing, zones that were assumed, records without a host.
 *
 * @param forced the format that the person who imported named; null: it was told by the content
 */
export function describeWarnings(summary: EventSummary, zone: string | null, report: Pick<ReadingReport, "formats" | "skipped">, forced: string | null = null): Warning[] {
  const warnings: Warning[] = [];
  if (report.formats.length > 0) {
    const parts = report.formats.map(({ format, records }) => `${records} ${records === 1 ? "record" : "records"} of ${format}`);
    warnings.push({ code: "mixed-formats", count: report.formats.length, kinds: [], message: `${forced === null ? "The file was read" : `Not all of the file is ${forced}, as was named: it was read`} record by record: ${parts.join(", ")}.` });
  }
  for (const { reason, count } of report.skipped) {
    const why = describeSkip(reason);
    if (why !== null) warnings.push({ code: reason, count, kinds: [], message: `${count} ${count === 1 ? "record was" : "records were"} skipped: ${why}.` });
  }
  for (const [reason, count] of Object.entries(summary.untimed)) {
    warnings.push({ code: reason, count, kinds: summary.kinds.filter((kind) => kind.untimed > 0).map(({ kind }) => kind), message: `${count} ${count === 1 ? "record has" : "records have"} ${UNTIMED[reason] ?? "no usable time"}; ${count === 1 ? "it proves" : "they prove"} nothing.` });
  }
  const zoneless = summary.kinds.filter((kind) => kind.zoneUnknown > 0);
  if (zoneless.length > 0) {
    const count = zoneless.reduce((sum, kind) => sum + kind.zoneUnknown, 0);
    const read = zone === null ? "UTC, since neither the import nor the segment names a zone" : zone;
    warnings.push({ code: "zone-unknown", count, kinds: zoneless.map(({ kind }) => kind), message: count === 1 ? `1 time names no zone; it was read as ${read}.` : `${count} times name no zone; they were read as ${read}.` });
  }
  if (summary.hostless > 0) {
    warnings.push({ code: "no-host", count: summary.hostless, kinds: [], message: `${summary.hostless} ${summary.hostless === 1 ? "record names" : "records name"} no host; give --host or --host-from if it is known.` });
  }
  return warnings;
}
