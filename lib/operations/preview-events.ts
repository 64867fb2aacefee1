import { constants, gunzipSync } from "node:zlib";
import { z } from "zod";
import { detectFormat, headOf } from "@/lib/events/detect-format";
import { formatById } from "@/lib/events/formats/index";
import { readTableHead } from "@/lib/events/read-csv";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { FAMILIES } from "@/lib/telemetry/family-of";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { nameOtherContent } from "./events/name-other-content";

const choice = z.object({ id: z.string(), label: z.string() });

/**
 * What a person must say before a file can be imported: nothing, which of several formats it is, or what its columns mean.
 * other: what a table is that Sightline reads elsewhere (an inventory, a measurement); null: a table of nobody's.
 */
export const eventsPreviewSchema = z.discriminatedUnion("ask", [
  z.object({ ask: z.literal("nothing") }),
  z.object({ ask: z.literal("format"), candidates: z.array(z.object({ id: z.string(), label: z.string(), evidence: z.array(z.string()) })) }),
  z.object({ ask: z.literal("mapping"), other: z.string().nullable(), columns: z.array(z.string()), rows: z.array(z.array(z.string())), families: z.array(choice), fields: z.array(choice) }),
]);
export type EventsPreview = z.infer<typeof eventsPreviewSchema>;

const ROWS_SHOWN = 5;
const MOST_CELL = 200;
const MOST_UNPACKED = 1024 * 1024;

/**
 * Looks at the beginning of a file before it is sent. What is wrong with the file is not said here: the import does.
 *
 * @param head the first 256 KiB or less, packed with gzip or plain
 */
export function previewEvents(ctx: OperationContext, head: Uint8Array): EventsPreview {
  authorize(ctx, "events.import", "none");
  const content = unpack(head);
  const sniffed = headOf(content);
  const found = detectFormat(sniffed);
  if (found.kind === "ambiguous") {
    return { ask: "format", candidates: found.candidates.map(({ format, evidence }) => ({ id: format, label: formatById(format)?.label ?? format, evidence: [...evidence] })) };
  }
  const table = found.kind === "unknown" ? readTableHead(sniffed) : null;
  if (table === null) return { ask: "nothing" };
  return {
    ask: "mapping",
    other: nameOtherContent("", content)?.message ?? null,
    columns: [...table.columns],
    rows: table.rows.slice(0, ROWS_SHOWN).map((row) => row.map((cell) => cell.slice(0, MOST_CELL))),
    families: FAMILIES.map(({ id, title }) => ({ id, label: title })),
    fields: [...CANONICAL_FIELDS.values()].filter(({ id }) => id !== "ts" && id !== "host").map(({ id, meaning }) => ({ id, label: `${id}: ${meaning}` })),
  };
}

/** The beginning of a gzip file unpacks to the beginning of its content; anything else stays as it is. */
function unpack(head: Uint8Array): Uint8Array {
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head;
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED * 64 }).subarray(0, MOST_UNPACKED);
  } catch {
    return new Uint8Array(0); // damaged or a bomb: the import says so
  }
}
