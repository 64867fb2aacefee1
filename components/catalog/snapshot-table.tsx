import { KeptLink } from "@/components/layout/kept-link";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { Snapshot } from "@/lib/catalog/types";
import { formatCount } from "@/lib/shared/format-number";
import { formatDate } from "@/lib/shared/format-time";

/** Imported releases, side by side. */
export function SnapshotTable({ snapshots }: { snapshots: readonly Snapshot[] }) {
  return (
    <div className="rounded-lg border bg-surface">
      <Table label="Imported releases of ATT&CK">
        <thead>
          <tr>
            <Th>Release</Th>
            <Th>File</Th>
            <Th number>Objects</Th>
            <Th number>Analytics</Th>
            <Th number>Issues</Th>
            <Th>Imported</Th>
            <Th>SHA-256</Th>
          </tr>
        </thead>
        <tbody>
          {snapshots.map((snapshot) => (
            <tr key={snapshot.id} className="hover:bg-hover">
              <Td className="whitespace-nowrap">
                <KeptLink href={`/catalog/${snapshot.id}`} className="font-medium hover:underline">
                  {snapshot.domain} {snapshot.release}
                </KeptLink>{" "}
                {snapshot.current ? <Pill>current</Pill> : null} {snapshot.retiredAt ? <Pill>retired</Pill> : null} {snapshot.origin === "starter" ? <Pill>starter</Pill> : null} {snapshot.detectOnly ? <Pill>detection only</Pill> : null}
                {!snapshot.current && snapshot.origin === "mitre" ? (
                  <KeptLink href={`/catalog/effect?release=${snapshot.domain}-${snapshot.release}`} className="block text-xs text-accent underline">
                    What it would change
                  </KeptLink>
                ) : null}
              </Td>
              <Td className="text-ink-2">{snapshot.fileName}</Td>
              <Td number>{formatCount(snapshot.objectCount)}</Td>
              <Td number>{formatCount(snapshot.counts["x-mitre-analytic"] ?? 0)}</Td>
              <Td number className={snapshot.issueCount > 0 ? undefined : "text-ink-3"}>{formatCount(snapshot.issueCount)}</Td>
              <Td className="whitespace-nowrap text-ink-2">{formatDate(Date.parse(snapshot.importedAt))}</Td>
              <Td className="font-mono text-ink-2" title={snapshot.digest}>
                {snapshot.digest.slice(0, 12)}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
