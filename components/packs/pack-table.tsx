import { KeptLink } from "@/components/layout/kept-link";
import { Card } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { PackLine } from "@/lib/reports/packs-view";
import { formatCount } from "@/lib/shared/format-number";
import { ORIGIN_WORDS } from "./pack-words";
import { OwnTests } from "./own-tests";

/** Packs in force, by analytic. */
export function PackTable({ packs }: { packs: readonly PackLine[] }) {
  return (
    <Card className="pt-1">
      <Table label="Packs in force">
        <thead>
          <tr>
            <Th>Analytic</Th>
            <Th>Pack</Th>
            <Th>Platform</Th>
            <Th number>Requirements</Th>
            <Th number>Edges</Th>
            <Th number>Signals</Th>
            <Th>Its own tests</Th>
            <Th>Severity</Th>
            <Th>Confidence</Th>
            <Th number>Version</Th>
            <Th>From</Th>
          </tr>
        </thead>
        <tbody>
          {packs.map((pack) => (
            <tr key={pack.analytic} className="hover:bg-hover">
              <Td className="whitespace-nowrap">
                <KeptLink href={`/analytics/${pack.analytic}`} className="font-mono text-accent hover:underline">
                  {pack.analytic}
                </KeptLink>
              </Td>
              <Td className="min-w-56">
                <KeptLink href={`/packs/${pack.analytic}`} className="font-medium text-ink hover:underline">
                  {pack.title}
                </KeptLink>
              </Td>
              <Td className="whitespace-nowrap">{pack.platform}</Td>
              <Td number>{formatCount(pack.requirements)}</Td>
              <Td number>{formatCount(pack.joins)}</Td>
              <Td number>{formatCount(pack.signals)}</Td>
              <Td>
                <OwnTests tests={pack.tests} />
              </Td>
              <Td>{pack.severity}</Td>
              <Td>{pack.confidence}</Td>
              <Td number>{formatCount(pack.version)}</Td>
              <Td className="whitespace-nowrap text-ink-2">{ORIGIN_WORDS[pack.origin]}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
