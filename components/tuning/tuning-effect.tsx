import type { EffectSample, TuningEffect } from "@/lib/detection/tuning/rule-tuning";
import { Table, Td, Th } from "@/components/ui/table";
import { counted, formatCount } from "@/lib/shared/format-number";

/** What a value does to the stored samples, in a sentence and sample by sample. */
export function EffectOf({ effect }: { effect: TuningEffect }) {
  const { samples, truePositivesLost, benignHitsGained, truePositivesGained, benignHitsLost, samplesLost, skipped, refused, rules } = effect;
  const harm = truePositivesLost > 0 || benignHitsGained > 0 || refused.length > 0;
  return (
    <section aria-label="Effect on the stored samples" className="flex flex-col gap-1.5 rounded-md border bg-surface-2 py-2">
      <p className={`px-3 font-medium ${harm ? "text-attn" : ""}`}>
        {samples.length === 0
          ? "Nobody knows what it does: no sample of the segment is labelled attack or benign, and no test stands on it."
          : `${counted(truePositivesLost, "true positive")} lost, ${counted(benignHitsGained, "benign hit")} gained.`}
      </p>
      {samples.length === 0 ? null : (
        <p className="px-3 text-xs text-ink-2">
          {counted(samples.length, "sample")} past {counted(rules, "rule")}; {counted(truePositivesGained, "true positive")} gained, {counted(benignHitsLost, "benign hit")} gone.
          {samplesLost > 0 ? ` ${counted(samplesLost, "attack sample is", "attack samples are")} matched by nothing any more: a test that rests on it no longer passes, and validation is withdrawn.` : ""}
        </p>
      )}
      {samples.length === 0 ? null : (
        <Table label="Samples" className="text-xs">
          <thead>
            <tr>
              <Th>Sample</Th>
              <Th>Label</Th>
              <Th number>Hits before</Th>
              <Th number>After</Th>
              <Th>Changes</Th>
            </tr>
          </thead>
          <tbody>
            {samples.map((sample) => (
              <tr key={`${sample.label} ${sample.digest}`}>
                <Td className="[overflow-wrap:anywhere]">{sample.name}</Td>
                <Td className="whitespace-nowrap">
                  {sample.label}, {sample.from === "test" ? "of a test" : "imported"}
                </Td>
                <Td number>{formatCount(sample.before)}</Td>
                <Td number>{formatCount(sample.after)}</Td>
                <Td>{changesOf(sample)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {[...skipped.map(({ name, why }) => `Not asked: ${name}: ${why}`), ...refused.map(({ title, message }) => `Refused with it: ${title}: ${message}`)].map((line) => (
        <p key={line} className="px-3 text-xs text-attn">
          {line}
        </p>
      ))}
    </section>
  );
}

function changesOf({ lost, gained, lostCount, gainedCount }: EffectSample): string {
  const said = (word: string, list: EffectSample["lost"], all: number): string[] => (all === 0 ? [] : [`${word} ${formatCount(all)}: ${list.slice(0, 3).map(({ title, event }) => `${title}, record ${event}`).join("; ")}${all > 3 ? "; ..." : ""}`]);
  return [...said("loses", lost, lostCount), ...said("gains", gained, gainedCount)].join(". ") || "none";
}
