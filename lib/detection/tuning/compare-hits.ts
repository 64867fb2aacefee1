import type { EffectSample, TuningEffect } from "./rule-tuning";

/** One hit of a rule or correlation in a sample; events: the records it rests on. */
export interface SampleHit {
  readonly rule: string;
  readonly title: string;
  readonly events: readonly number[];
}

/** A labelled sample with what is found in it by the values in force and by the new ones. */
export interface ComparedSample {
  readonly name: string;
  readonly digest: string;
  readonly label: "attack" | "benign";
  readonly from: "dataset" | "test";
  readonly before: readonly SampleHit[];
  readonly after: readonly SampleHit[];
}

const SHOWN = 20;

/** What the new values take away and bring, sample by sample; hits are the same when rule and records are. */
export function compareHits(samples: readonly ComparedSample[], rest: Pick<TuningEffect, "skipped" | "rules" | "refused">): TuningEffect {
  const rows = samples.map(({ name, digest, label, from, before, after }): EffectSample => {
    const [old, fresh] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
    const lost = before.filter((hit) => !fresh.has(keyOf(hit)));
    const gained = after.filter((hit) => !old.has(keyOf(hit)));
    return { name, digest, label, from, before: before.length, after: after.length, lost: lost.slice(0, SHOWN).map(toFound), gained: gained.slice(0, SHOWN).map(toFound), lostCount: lost.length, gainedCount: gained.length };
  });
  const sum = (label: EffectSample["label"], count: "lostCount" | "gainedCount"): number => rows.reduce((total, row) => total + (row.label === label ? row[count] : 0), 0);
  return {
    truePositivesLost: sum("attack", "lostCount"),
    benignHitsGained: sum("benign", "gainedCount"),
    truePositivesGained: sum("attack", "gainedCount"),
    benignHitsLost: sum("benign", "lostCount"),
    samplesLost: rows.filter(({ label, before, after }) => label === "attack" && before > 0 && after === 0).length,
    samples: rows,
    ...rest,
  };
}

function keyOf({ rule, events }: SampleHit): string {
  return `${rule}\n${events.join(",")}`;
}

function toFound({ rule, title, events }: SampleHit): EffectSample["lost"][number] {
  return { rule, title, event: events.at(-1) ?? 0 };
}
