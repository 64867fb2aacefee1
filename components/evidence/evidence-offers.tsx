import { KeptLink } from "@/components/layout/kept-link";
import { Pill } from "@/components/ui/chip";
import { classNames } from "@/components/ui/class-names";
import { Table, Td, Th } from "@/components/ui/table";
import type { OfferedEvidence } from "@/lib/operations/get-evidence-view";
import { formatTime } from "@/lib/shared/format-time";

/** Every assessment that can be taken away; choosing one keeps it chosen on all pages. */
export function EvidenceOffers({ offered, chosen }: { offered: readonly OfferedEvidence[]; chosen: number }) {
  return (
    <div className="rounded-lg border bg-surface">
      <Table label="Assessments whose evidence can be exported">
        <thead>
          <tr>
            <Th>Assessment</Th>
            <Th>As of</Th>
            <Th>Run</Th>
            <Th>Catalog</Th>
            <Th number>Policy</Th>
            <Th>Input</Th>
            <Th>Package</Th>
          </tr>
        </thead>
        <tbody>
          {offered.map((row) => (
            <tr key={row.id} aria-current={row.id === chosen ? "true" : undefined} className={classNames("hover:bg-hover", row.id === chosen && "bg-accent-soft hover:bg-accent-soft")}>
              <Td className="whitespace-nowrap">
                <KeptLink href={`/evidence?assessment=${row.id}`} className="font-medium hover:underline">
                  {row.label}
                </KeptLink>{" "}
                {row.runLater ? <Pill>as of, run later</Pill> : null}
              </Td>
              <Td className="whitespace-nowrap text-ink-2">{formatTime(row.at)}</Td>
              <Td className="whitespace-nowrap text-ink-2">{formatTime(row.ranAt)}</Td>
              <Td className="whitespace-nowrap text-ink-2">{row.releases}</Td>
              <Td number>v{row.policy}</Td>
              <Td className="font-mono text-ink-2" title={row.inputDigest}>
                {row.inputDigest.slice(0, 12)}
              </Td>
              <Td className="whitespace-nowrap">
                <a href={`/api/evidence/${row.id}`} className="text-accent hover:underline" aria-label={`Download the evidence of ${row.label}`}>
                  Download
                </a>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
