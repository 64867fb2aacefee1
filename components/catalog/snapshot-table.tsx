import { KeptLink } from "@/components/layout/kept-link";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { ReleasePair } from "@/lib/catalog/list-release-pairs";
import type { Snapshot } from "@/lib/catalog/types";
import { formatCount } from "@/lib/shared/format-number";
import { formatDate } from "@/lib/shared/format-time";

const QUESTIONS = { ahead: "What it would change", since: "What changed since", back: "What going back would change" } as const;

/** Imported releases, side by side, each with what can be asked of its effect. */
export function SnapshotTable({ snapshots, pairs }: { snapshots: readonly Snapshot[]; pairs: readonly ReleasePair[] }) {
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
                {pairs
                  .filter(({ domain, from, to, way }) => domain === snapshot.domain && (way === "since" ? from : to) === snapshot.release)
                  .map(({ domain, from, to, way }) => (
                    <KeptLink key={way} href={`/catalog/effect?release=${domain}-${to}&from=${domain}-${from}`} className="block text-xs text-accent underline">
                      {QUESTIONS[way]}
                    </KeptLink>
                  ))}
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
