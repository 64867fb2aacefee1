import type { Db, Tx } from "@/lib/db/client";
import { findDataset } from "@/lib/events/store";
import { planMeasurements, type PlannedMeasurement } from "@/lib/inventory/measurements/plan-measurements";
import { listMeasurementHeads } from "@/lib/inventory/measurements/store";
import { segmentKey } from "@/lib/inventory/segment-key";
import { listSegments } from "@/lib/inventory/store";
import type { Refusal } from "@/lib/inventory/types";
import { digestOf, sha256 } from "@/lib/shared/digest";
import type { InventoryPreview } from "../preview-inventory";
import type { ReadMeasurements } from "./read-measurements";
import type { SourceBytes } from "./read-source";

const KINDS_SHOWN = 500;

/** One measured record kind as people see it. Times are ISO 8601. */
export interface MeasurementRow {
  readonly change: PlannedMeasurement["change"];
  readonly segment: string;
  readonly kind: string;
  readonly version: number;
  readonly hosts: number; // with records
  readonly records: number;
  readonly newest: string | null;
  readonly asOf: string;
  readonly complete: boolean;
  readonly fields: readonly string[]; // that the query counted
  readonly queryDigest: string; // empty: no text
}

export interface MeasurementPreview {
  readonly items: readonly MeasurementRow[];
  readonly raw: readonly { readonly file: string; readonly bytes: number }[];
  readonly outcomes: readonly { readonly file: string; readonly outcome: "imported" | "unchanged" | "refused"; readonly reason: string | null; readonly format: string | null; readonly records: number }[]; // of raw files, once imported
}

export interface MeasurementPlan {
  readonly planned: readonly PlannedMeasurement[];
  readonly preview: InventoryPreview;
}

/** What importing a measurement file would do to what is known now. */
export async function planMeasurementFile(db: Db | Tx, file: SourceBytes, read: ReadMeasurements): Promise<MeasurementPlan> {
  const segments = await listSegments(db, { retired: true });
  const named = new Set(read.drafts.map(({ segment }) => segmentKey(segment)));
  const ids = segments.filter(({ name }) => named.has(segmentKey(name))).map(({ id }) => id);
  const [only] = ids;
  const refused: Refusal[] = [...read.refused];
  const raw: (string | null)[] = [];
  if (ids.length > 1 && read.raw.length > 0) refused.push({ line: null, row: 0, field: "raw", message: "The raw records of several segments cannot be told apart.", remedy: "Send one zip for each segment." });
  else if (only !== undefined) for (const { bytes } of read.raw) raw.push((await findDataset(db, only, sha256(bytes)))?.id ?? null);
  const plan = planMeasurements(read.drafts, segments, await listMeasurementHeads(db, ids), raw);
  refused.push(...plan.refused);
  const count = (change: PlannedMeasurement["change"]): number => plan.planned.filter((item) => item.change === change).length;
  const { rows, understood, losses, format } = read;
  return {
    planned: plan.planned,
    preview: {
      rows,
      understood: plan.planned.length === 0 ? 0 : Math.max(understood, 1),
      refused,
      losses,
      segments: [],
      claims: [],
      statements: null,
      changes: { added: count("new"), changed: count("version"), unchanged: count("unchanged"), removed: 0, segmentsCreated: 0 },
      missing: 0,
      digest: digestOf(plan.planned.map(({ segmentId, scope, version, contentDigest }) => [segmentId, scope, version, contentDigest])),
      fileName: file.fileName,
      fileDigest: file.digest,
      format,
      evidence: ["columns of a measurement"],
      measurements: { items: plan.planned.slice(0, KINDS_SHOWN).map(toRow), raw: read.raw.map(({ name, bytes }) => ({ file: name, bytes: bytes.length })), outcomes: [] },
    },
  };
}

function toRow({ change, segment, version, queryDigest, draft: { kind, hosts, asOf, complete } }: PlannedMeasurement): MeasurementRow {
  const seen = hosts.filter(({ count }) => count > 0);
  const newest = seen.reduce<number | null>((last, host) => (host.last !== null && (last === null || host.last > last) ? host.last : last), null);
  return {
    change,
    segment,
    kind,
    version,
    hosts: seen.length,
    records: seen.reduce((sum, { count }) => sum + count, 0),
    newest: newest === null ? null : new Date(newest).toISOString(),
    asOf: new Date(asOf).toISOString(),
    complete,
    fields: [...new Set(hosts.flatMap(({ fills }) => Object.keys(fills)))].sort(),
    queryDigest,
  };
}
