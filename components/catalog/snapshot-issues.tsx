import { Provenance } from "@/components/evidence/provenance";
import { ConfirmButton, type Confirmed } from "@/components/forms/confirm-button";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { CatalogIssue, Snapshot } from "@/lib/catalog/types";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

const MOST = 500;
const SEVERITIES: readonly CatalogIssue["severity"][] = ["refused", "odd", "folded"];
const SAYS = { refused: "not imported", odd: "imported as it is", folded: "imported under the usual spelling" } as const;

/** One release: where it came from, what it holds, and what was odd, folded or refused, by object. */
export function SnapshotIssuesView({ snapshot, issues, remove }: { snapshot: Snapshot; issues: readonly CatalogIssue[]; remove: () => Promise<Confirmed> }) {
  const sorted = [...issues].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const counts = SEVERITIES.map((severity) => [severity, issues.filter((issue) => issue.severity === severity).length] as const);
  return (
    <PageBody>
      <PageHeader
        crumb={`${snapshot.domain} ${snapshot.release}`}
        title={`ATT&CK ${snapshot.domain} ${snapshot.release}`}
        say={`${counted(snapshot.objectCount, "object")} from ${snapshot.fileName}.`}
        actions={
          snapshot.current ? undefined : (
            <ConfirmButton
              label="Remove"
              title={`Remove ${snapshot.domain} ${snapshot.release}?`}
              description="Its objects, links and published texts go. A release that an assessment pinned cannot be removed. It can be imported again from its bundle."
              confirm="Remove"
              act={remove}
              goTo="/catalog"
            />
          )
        }
      />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_340px]">
        <Card className="xl:order-last">
          <CardHeader title="Where it came from" />
          <Provenance
            className="px-4 py-2"
            rows={[
              ["SHA-256", snapshot.digest],
              ["Release by", snapshot.releaseFrom === "collection" ? "the bundle's own collection object" : snapshot.releaseFrom === "option" ? "the person who imported it" : "the file's name"],
              ["Imported", `${formatTime(Date.parse(snapshot.importedAt))} by ${snapshot.importedBy}`],
              ["State", snapshot.retiredAt ? "retired" : snapshot.current ? "current" : "kept"],
            ]}
          />
          <ul className="border-t py-1 text-xs">
            {Object.entries(snapshot.counts)
              .sort((a, b) => b[1] - a[1])
              .map(([type, count]) => (
                <li key={type} className="flex justify-between px-4 py-0.5">
                  <code>{type}</code>
                  <span>{formatCount(count)}</span>
                </li>
              ))}
          </ul>
        </Card>
        <Card className="pb-1">
          <CardHeader title="Issues" note={counts.map(([severity, count]) => `${formatCount(count)} ${severity}`).join(" · ")} say={issues.length === 0 ? "Nothing was odd in this release." : issues.length > MOST ? `The first ${MOST} of ${formatCount(issues.length)}, the gravest first.` : "Every object that did not read as expected, the gravest first."} />
          {issues.length > 0 ? (
            <Table label="Issues" className="mt-1">
              <thead>
                <tr>
                  <Th>Object</Th>
                  <Th>What was done</Th>
                  <Th>Issue</Th>
                </tr>
              </thead>
              <tbody>
                {sorted.slice(0, MOST).map((issue, index) => (
                  <tr key={index}>
                    <Td className="font-mono whitespace-nowrap" title={issue.stixId ?? undefined}>
                      {issue.attackId?.startsWith("AN") ? (
                        <KeptLink href={`/analytics/${issue.attackId}`} className="text-accent hover:underline">
                          {issue.attackId}
                        </KeptLink>
                      ) : (
                        (issue.attackId ?? issue.stixId?.slice(0, 40) ?? "bundle")
                      )}
                    </Td>
                    <Td className={issue.severity === "refused" ? "whitespace-nowrap text-attn" : "whitespace-nowrap text-ink-2"} title={SAYS[issue.severity]}>
                      {issue.severity}
                    </Td>
                    <Td>{issue.message}</Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          ) : null}
        </Card>
      </div>
    </PageBody>
  );
}
