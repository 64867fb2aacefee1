import type { Db, Tx } from "@/lib/db/client";
import { parseSegmentsCsv } from "@/lib/inventory/parse-segments-csv";
import { segmentKey } from "@/lib/inventory/segment-key";
import { listSegments } from "@/lib/inventory/store";
import type { Refusal, Segment, SegmentDraft } from "@/lib/inventory/types";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { describeSegment } from "./describe-segment";

export interface PlannedSegmentRow {
  readonly line: number;
  readonly change: "new" | "changed" | "unchanged";
  readonly draft: SegmentDraft;
  readonly before: Segment | null;
}

export interface SegmentsPlan {
  readonly rows: number;
  readonly planned: readonly PlannedSegmentRow[];
  readonly refused: readonly Refusal[];
  readonly unknownColumns: readonly string[];
}

/** Reads a segments CSV against what is stored. */
export async function planSegments(db: Db | Tx, file: { readonly fileName: string; readonly text: string }): Promise<SegmentsPlan> {
  const stored = new Map((await listSegments(db, { retired: true })).map((segment) => [segmentKey(segment.name), segment]));
  const { rows, understood, refused, unknownColumns } = parseSegmentsCsv(file.fileName, file.text, (key) => stored.get(key));
  const planned = understood.map(({ line, draft }): PlannedSegmentRow => {
    const before = stored.get(segmentKey(draft.name)) ?? null;
    const same = before !== null && canonicalJson(describeSegment(before)) === canonicalJson(describeSegment(draft));
    return { line, change: before === null ? "new" : same ? "unchanged" : "changed", draft, before };
  });
  return { rows, planned, refused, unknownColumns };
}
