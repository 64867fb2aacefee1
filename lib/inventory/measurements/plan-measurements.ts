import { digestOf, sha256 } from "@/lib/shared/digest";
import { segmentKey } from "../segment-key";
import type { Refusal, Segment } from "../types";
import type { Measurement, MeasurementDraft } from "./types";

/** One measurement and what importing does to it: a new query, a further version of a known one, or what is known already. */
export interface PlannedMeasurement {
  readonly change: "new" | "version" | "unchanged";
  readonly segmentId: string;
  readonly segment: string;
  readonly scope: string;
  readonly version: number;
  readonly queryDigest: string;
  readonly contentDigest: string;
  readonly rawBefore: readonly string[]; // raw records that earlier versions came with: they still show what such records hold
  readonly draft: MeasurementDraft;
}

export interface MeasurementHead {
  readonly segmentId: string;
  readonly scope: string;
  readonly version: number;
  readonly contentDigest: string;
  readonly rawDatasets: readonly string[];
}

/**
 * Names segments, scopes and versions. Pure. A measurement of an unknown or retired segment is refused. Two parts of a file
 * with the same scope (two tables of one query) are refused but for the first: which of them holds nobody could say. A kind
 * with refused rows takes the place of no earlier version: hosts that are missing from the file would seem to be silent.
 *
 * @param segments every segment, retired ones too
 * @param raw raw records that come with them: the dataset they are already, or null where they are new
 */
export function planMeasurements(drafts: readonly MeasurementDraft[], segments: readonly Segment[], heads: readonly MeasurementHead[], raw: readonly (string | null)[] = []): { readonly planned: readonly PlannedMeasurement[]; readonly refused: readonly Refusal[] } {
  const byKey = new Map(segments.map((segment) => [segmentKey(segment.name), segment]));
  const known = new Map(heads.map((head) => [`${head.segmentId} ${head.scope}`, head]));
  const planned: PlannedMeasurement[] = [];
  const refused: Refusal[] = [];
  const taken = new Set<string>();
  drafts.forEach((draft, index) => {
    const { kind, query, system, line } = draft;
    const refuse = (field: string, message: string, remedy: string): void => void refused.push({ line, row: index + 1, field, message, remedy });
    const segment = byKey.get(segmentKey(draft.segment));
    if (segment === undefined) return refuse("segment", `There is no segment "${draft.segment.trim()}".`, "Create it first, or correct the name.");
    if (segment.retiredAt !== null) return refuse("segment", `The segment ${segment.name} is retired.`, "Restore it first.");
    const queryDigest = query === "" ? "" : sha256(query);
    const scope = digestOf([kind, queryDigest, system.trim().toLowerCase()]);
    const key = `${segment.id} ${scope}`;
    if (taken.has(key)) return refuse("event_key", `${kind} stands in two tables of the same query.`, "Import one of them, or give each its own query text.");
    taken.add(key);
    const contentDigest = digestOf(contentOf(draft));
    const head = known.get(key);
    const same = head?.contentDigest === contentDigest && raw.every((id) => id !== null && head.rawDatasets.includes(id));
    if (head !== undefined && !same && draft.refusedRows > 0) return refuse("event_key", `${draft.refusedRows} ${draft.refusedRows === 1 ? "row was" : "rows were"} refused of ${kind} in ${segment.name}, so what the file counts of it is not the whole: version ${head.version} stays in force.`, "Correct these rows, and import the file again.");
    planned.push({ change: head === undefined ? "new" : same ? "unchanged" : "version", segmentId: segment.id, segment: segment.name, scope, version: (head?.version ?? 0) + (same ? 0 : 1), queryDigest, contentDigest, rawBefore: head?.rawDatasets ?? [], draft });
  });
  return { planned, refused };
}

/** What a measurement says; asOf is the import's own clock where nobody states it, so hosts and counts alone decide whether it is the same. */
function contentOf({ complete, asOf, dated, windowFrom, ranBy, hosts }: MeasurementDraft) {
  return [dated ? asOf : null, complete, windowFrom, ranBy, [...hosts].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, count, first, last, fills }) => [key, count, first, last, { ...fills }])];
}

/** The row of a planned measurement. */
export function toMeasurement({ segmentId, scope, version, queryDigest, contentDigest, rawBefore, draft }: PlannedMeasurement, importId: string, raw: readonly string[]): Omit<Measurement, "id"> {
  const { complete, asOf, windowFrom, query, system, ranBy, kind, hosts } = draft;
  return { complete, asOf, windowFrom, query, system, ranBy, kind, hosts, segmentId, importId, scope, version, queryDigest, contentDigest, rawDatasets: [...new Set([...rawBefore, ...raw])] };
}
