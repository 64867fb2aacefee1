import type { ProbeId } from "@/lib/events/probes/probe";
import { formatDuration } from "@/lib/shared/format-duration";
import { splitKind } from "@/lib/telemetry/record-kinds";
import type { ScoringInput } from "../scoring-input";
import { flagBits, type Flag } from "../status";
import type { Present } from "../weigh-accepted";
import type { Ground } from "../weigh-kind";

type PinnedProbe = NonNullable<ScoringInput["quality"]>[number];

/** What a probe's grade means for a proven reference: a flag and a sentence. Never a status, in either direction. */
interface NoteRule {
  readonly flag: Flag;
  readonly from: "warn" | "fail"; // the mildest grade that raises it
  readonly unit?: PinnedProbe["unit"]; // only when the probe found it in this form
  readonly field?: string; // only where the reference asks for this field
  readonly word: string;
}

/** Grades that rest on fewer than 30 records ("indicative") raise nothing. */
const RULES: readonly (readonly [ProbeId, NoteRule])[] = [
  ["latency", { flag: "late", from: "fail", word: "Late" }],
  ["clock-skew", { flag: "clock-skew", from: "fail", word: "Clock skew" }],
  ["sequence-gaps", { flag: "lossy", from: "fail", word: "Loss" }],
  ["duplicates", { flag: "duplicated", from: "fail", word: "Duplicated" }],
  ["sampling", { flag: "sampled", from: "warn", unit: "millionths", word: "Sampled" }], // a suspicion is counted, not shared
  ["truncated-command", { flag: "truncated", from: "warn", field: "cmd", word: "Truncated" }],
];

interface Note {
  readonly raised: boolean; // by its grade alone
  readonly lateMs: number | null; // the latency, which a window may be held against
  readonly bits: number;
  readonly field: string | undefined;
  readonly text: string;
}

/** Record kind family -> notes. */
export type FamilyNotes = ReadonlyMap<string, readonly Note[]>;

export const NO_NOTES: FamilyNotes = new Map();

/** What the pinned probe grades say, by segment and family. */
export function qualityNotes({ quality = [] }: ScoringInput): ReadonlyMap<string, FamilyNotes> {
  const bySegment = new Map<string, Map<string, Note[]>>();
  for (const row of quality) {
    const rule = RULES.find(([probe]) => probe === row.probe)?.[1];
    if (rule === undefined || row.family === null) continue;
    const lateMs = rule.flag === "late" && row.unit === "ms" && row.grade !== "indicative" ? row.value : null;
    const raised = raises(rule, row);
    if (!raised && lateMs === null) continue;
    const families = bySegment.get(row.segment) ?? new Map<string, Note[]>();
    families.set(row.family, [...(families.get(row.family) ?? []), { raised, lateMs, bits: flagBits([rule.flag]), field: rule.field, text: `${rule.word}: ${row.says}` }]);
    bySegment.set(row.segment, families);
  }
  return bySegment;
}

/**
 * The notes on the source that a proof rests on, as far as they bear on the fields that it had to fill.
 *
 * @param windowMs what a pack's chain allows between its steps: records are late when 95 % need longer to arrive; absent: as graded, against an hour
 */
export function notesOnProof({ segment, index }: Pick<Ground, "segment" | "index">, { nearest }: Present, windowMs?: number): readonly Pick<Note, "bits" | "text">[] {
  if (nearest === undefined || segment.quality.size === 0) return NONE;
  const found = segment.quality.get(splitKind(nearest.kind).family);
  const fields = index.input.fieldSets[nearest.fieldSet];
  const asked = (field: string | undefined): boolean => field === undefined || (fields !== undefined && (fields.required.includes(field) || fields.anyOf.some((group) => group.includes(field))));
  return found === undefined ? NONE : found.filter(({ field }) => asked(field)).flatMap((note) => heldAgainst(note, windowMs));
}

const NONE: readonly Note[] = [];

function heldAgainst({ raised, lateMs, bits, text }: Note, windowMs: number | undefined): readonly Pick<Note, "bits" | "text">[] {
  if (lateMs === null || windowMs === undefined) return raised ? [{ bits, text }] : NONE;
  return lateMs > windowMs ? [{ bits, text: `${text} The chain of its pack allows ${formatDuration(windowMs)} between these steps.` }] : NONE;
}

function raises({ from, unit }: NoteRule, row: PinnedProbe): boolean {
  return (row.grade === "fail" || (from === "warn" && row.grade === "warn")) && (unit === undefined || row.unit === unit);
}
