import { KeptLink } from "@/components/layout/kept-link";
import { StatusWord } from "@/components/status/status-word";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { SourceAnalytic } from "@/lib/reports/telemetry-source-view";
import { counted, formatCount } from "@/lib/shared/format-number";

const SHOWN = 300;

/** The analytics that could use the source: what it gives each, their status here, and why not. */
export function SourceAnalytics({ analytics }: { analytics: readonly SourceAnalytic[] }) {
  const named = analytics.filter(({ cites }) => cites).length;
  return (
    <Card className="pb-1">
      <CardHeader title="Analytics that depend on it" note={counted(analytics.length, "analytic")} say={analytics.length === 0 ? "No analytic that applies here could use its records." : `${formatCount(named)} ${named === 1 ? "names" : "name"} it as a log source; for the others its records would be equivalents. The status is that of the whole analytic here, which may rest on other sources too.`} />
      {analytics.length === 0 ? null : (
        <div className="mt-2 max-h-[480px] overflow-y-auto" tabIndex={0} role="region" aria-label="Analytics, all">
          <Table label="Analytics">
            <thead>
              <tr>
                <Th>Analytic</Th>
                <Th>Status here</Th>
                <Th>This source gives</Th>
                <Th>Why not</Th>
              </tr>
            </thead>
            <tbody className="text-xs">
              {analytics.slice(0, SHOWN).map((row) => (
                <tr key={row.id} className="hover:bg-hover">
                  <Td className="min-w-48 align-top">
                    <KeptLink href={`/analytics/${row.id}`} prefetch={false} className="text-accent hover:underline">
                      <code>{row.id}</code> {row.name}
                    </KeptLink>
                    <span className="block text-ink-3">{row.cites ? "names it" : "as an equivalent"}</span>
                  </Td>
                  <Td className="align-top">
                    <StatusWord status={row.status} flags={row.flags} />
                  </Td>
                  <Td className="min-w-44 align-top">
                    {row.components.map(({ name, proven }, index) => (
                      <span key={index} className={`block ${proven ? "" : "text-ink-3"}`}>
                        {name}: {proven ? "proven" : "not proven"}
                      </span>
                    ))}
                  </Td>
                  <Td className="min-w-52 align-top text-ink-2">{row.why || <span className="text-ink-3">–</span>}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
          {analytics.length > SHOWN ? <p className="px-4 py-2 text-xs text-ink-2">and {formatCount(analytics.length - SHOWN)} more, after those that are worse off</p> : null}
        </div>
      )}
    </Card>
  );
}
