import { commentText } from "./literal";
import { HOST_PLACEHOLDER, RECORDS_PER_KEY, type Backend } from "./types";
import type { PackFamily } from "./make-query-pack";

interface ReadmeFacts {
  readonly segment: string;
  readonly backend: Backend;
  readonly days: number;
  readonly roster: readonly string[] | null;
  readonly families: readonly PackFamily[];
  readonly leftOut: readonly { readonly family: string; readonly reason: string }[];
}

/** README.md of a pack: what to run, what to send back, and what the result will not show. */
export function packReadme({ segment, backend, days, roster, families, leftOut }: ReadmeFacts): string {
  const filter =
    roster === null
      ? `The segment has no roster. In every query, put the lower-case names of its hosts, without their domain, in place of \`${HOST_PLACEHOLDER}\`: without a filter the counts are not the segment's.`
      : `The queries name the ${roster.length} hosts of the roster (1,000 a query). Where a source names addresses or accounts in place of hosts, the roster must list those.`;
  return [
    `# Measuring ${commentText(segment).replace(/[<>[\]`*_#|\\]/g, "\\$&")} with ${backend.label}`,
    "",
    `These queries count what arrived in the last ${days} days, per host and event, and in how many records each required field is filled.`,
    "",
    "1. " + filter,
    `2. ${backend.run}`,
    `3. Save each result as \`FAMILY.csv\` beside this file (the name of its query; a part as \`FAMILY.1.csv\`), the raw records (up to ${RECORDS_PER_KEY} per event) in their native format as \`raw/FAMILY.json\` or \`.log\`.`,
    "4. In `manifest.json`, fill `ran_at` (2026-11-21T09:00:00Z), `ran_by` and `system`. Set `complete` to true only when the queries covered every host and the whole window: then absence counts as silence.",
    "5. Zip the folder and import it: Imports, Inventory; or `sightline inventory import FILE.zip`.",
    "",
    "Leave the queries in the zip, changed ones too: the text that was run is kept with the numbers.",
    "",
    "## What is counted",
    "",
    ...families.map(({ family, table, title, fields, uncounted }) => `- \`${family}${table === "" ? "" : `.${table}`}\` (${title}): ${fields.length === 0 ? "no fields" : `fields ${fields.join(", ")}`}.${uncounted.length === 0 ? "" : ` Not counted, because the backend has no name for it that is always the same: ${uncounted.join(", ")}; requirements that need one of them are proven by sample events only.`}`),
    ...(leftOut.length === 0 ? [] : ["", "## What has no query here", "", ...leftOut.map(({ family, reason }) => `- \`${family}\`: ${reason} Send sample events of it.`)]),
    "",
  ].join("\n");
}
