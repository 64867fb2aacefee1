import { History } from "lucide-react";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import type { AuditLine } from "@/lib/operations/get-audit-view";
import { formatTime } from "@/lib/shared/format-time";

/** Who did what, newest first. Each entry holds the hash of the one before it. */
export function AuditLog({ lines }: { lines: readonly AuditLine[] }) {
  return (
    <PageBody>
      <PageHeader title="Audit log" say={lines.length === 0 ? "Every change writes a line here, in the same transaction." : "Every change, written in the same transaction. Each line holds the hash of the line before it, so a removed or altered line breaks the chain."} />
      {lines.length === 0 ? (
        <EmptyState icon={History} title="Nothing was changed yet">
          The first import or segment appears here.
        </EmptyState>
      ) : (
        <div className="rounded-lg border bg-surface">
          <Table label="Audit log">
            <thead>
              <tr>
                <Th number>No.</Th>
                <Th>When</Th>
                <Th>Who</Th>
                <Th>Action</Th>
                <Th>On</Th>
                <Th>Detail</Th>
                <Th>Hash</Th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.seq}>
                  <Td number className="text-ink-3">
                    {line.seq}
                  </Td>
                  <Td className="whitespace-nowrap text-ink-2">{formatTime(line.at)}</Td>
                  <Td className="min-w-40" title={line.authenticated ? undefined : "actor not authenticated"}>
                    {line.actor}
                    {line.authenticated ? "" : <span className="whitespace-nowrap text-ink-3"> (not authenticated)</span>}
                  </Td>
                  <Td className="font-mono whitespace-nowrap">{line.action}</Td>
                  <Td className="max-w-52 truncate" title={line.target}>
                    {line.target}
                  </Td>
                  <Td className="max-w-72 truncate font-mono text-ink-2" title={line.detail}>
                    {line.detail}
                  </Td>
                  <Td className="font-mono text-ink-3" title={line.hash}>
                    {line.hash.slice(0, 10)}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </PageBody>
  );
}
