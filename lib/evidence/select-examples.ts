import { freshWindow } from "@/lib/assessment/build-scoring-input";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { isAbout } from "@/lib/telemetry/fill-shape";
import type { ProofGroup } from "./list-proofs";

export const EXAMPLES_PER_GROUP = 20;

/** A kept example record with its provenance. ref is its name inside the package. */
export interface ExampleRecord {
  readonly ref: string; // <dataset>/<record number>
  readonly dataset: string;
  readonly fileName: string;
  readonly fileDigest: string; // sha256 of the unpacked content
  readonly record: number; // 1-based
  readonly offset: number; // bytes
  readonly length: number;
  readonly kind: string;
  readonly host: string; // folded
  readonly time: string | null;
  readonly fields: Readonly<Record<string, unknown>>; // canonical fields that are filled
  readonly objectClass: string | null; // class of object that it states it is about
  readonly raw: string;
}

/**
 * The examples that the proof of a group counted: in the window, of a host of the segment, jointly filled. At most 20, a new
 * host before a second record of a host, in the order given.
 */
export function selectExamples(input: ScoringInput, group: ProofGroup, candidates: readonly ExampleRecord[]): ExampleRecord[] {
  const fields = input.fieldSets[group.fieldSet];
  const roster = input.segments[group.segment]?.roster;
  const own = roster ? new Set(roster.filter(({ platform }) => group.platforms.includes(platform)).map(({ host }) => host)) : null;
  const { from, to } = freshWindow(input.at, input.policy);
  const counted = candidates.filter(({ kind, host, time, objectClass, fields: filled }) => {
    const ms = time === null ? NaN : Date.parse(time);
    return (
      kind === group.kind &&
      isAbout(fields?.objects, objectClass) &&
      host !== "" &&
      (own === null || own.has(host)) &&
      ms >= from &&
      ms <= to &&
      fields?.required.every((field) => Object.hasOwn(filled, field)) === true &&
      fields.anyOf.every((names) => names.some((field) => Object.hasOwn(filled, field)))
    );
  });
  const turns = new Map<string, number>();
  return counted
    .map((example, position) => {
      const turn = turns.get(example.host) ?? 0;
      turns.set(example.host, turn + 1);
      return { example, position, turn };
    })
    .sort((a, b) => a.turn - b.turn || a.position - b.position)
    .slice(0, EXAMPLES_PER_GROUP)
    .map(({ example }) => example);
}
