import { KeptLink } from "@/components/layout/kept-link";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { CountedSample } from "@/lib/reports/counted-sample";
import { formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

/** The samples that an assessment counted, each as it is now: there, removed since, or gone. */
export function CountedSamples({ samples }: { samples: readonly CountedSample[] }) {
  return (
    <div className="mt-1 max-h-[420px] overflow-y-auto print:max-h-none" tabIndex={0} role="region" aria-label="Samples">
      <Table label="Samples that were counted">
        <thead>
          <tr>
            <Th>File</Th>
            <Th>Segment</Th>
            <Th number>Records</Th>
          </tr>
        </thead>
        <tbody className="text-xs">
          {samples.map((sample) => (
            <tr key={sample.dataset}>
              <Td className="[overflow-wrap:anywhere]">
                <SampleName sample={sample} />
              </Td>
              <Td className="text-ink-2">{sample.segment}</Td>
              <Td number>{sample.records === null ? "–" : formatCount(sample.records)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function SampleName({ sample: { dataset, fileName, removed } }: { sample: CountedSample }) {
  if (fileName === null)
    return (
      <span className="text-ink-3" title={dataset}>
        replaced or deleted since
      </span>
    );
  if (removed === null)
    return (
      <KeptLink href={`/imports/events/${dataset}`} className="hover:underline">
        {fileName}
      </KeptLink>
    );
  return (
    <span className="text-ink-2">
      {fileName} <Pill title={`by ${removed.by}`}>removed {formatTime(Date.parse(removed.at))}</Pill>
    </span>
  );
}
