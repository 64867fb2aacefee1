import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { OverrideVersion } from "@/lib/reports/resolution-view";
import { formatTime } from "@/lib/shared/format-time";
import { VERDICT_WORDS } from "./verdict-words";
import { WithdrawOverride, type WithdrawAction } from "./withdraw-override";

/** Every version of the overrides of one log source, newest first. Nothing is ever deleted. */
export function OverrideHistory({ reference, history, withdraw }: { reference: string; history: readonly OverrideVersion[]; withdraw: WithdrawAction }) {
  return (
    <Card>
      <CardHeader title="Overrides" note={history.length === 0 ? "none" : undefined} say={history.length === 0 ? "Nobody has overridden this log source." : "Newest first. The one for a single analytic goes before the one for a platform, and that before the one for all."} />
      {history.length === 0 ? (
        <div className="pb-3" />
      ) : (
        <Table label="Overrides of this log source">
          <thead>
            <tr>
              <Th>Holds for</Th>
              <Th number>Version</Th>
              <Th>Says</Th>
              <Th>Record kinds</Th>
              <Th>Reason</Th>
              <Th>Who, when</Th>
              <Th className="relative">
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody className="text-xs">
            {history.map((item) => (
              <tr key={`${item.scope} ${item.version}`}>
                <Td className="align-top whitespace-nowrap">{item.analytic ?? item.platform ?? "everywhere"}</Td>
                <Td number className="align-top">
                  {item.version}
                </Td>
                <Td className="align-top whitespace-nowrap">
                  {item.state === "withdrawn" ? "withdrawn" : VERDICT_WORDS[item.verdict]} {item.inForce ? <Pill>in force</Pill> : null}
                  {item.substitute && item.state === "set" ? <span className="block max-w-56 whitespace-normal text-ink-2">in its place: {item.substitute}</span> : null}
                </Td>
                <Td className="min-w-40 max-w-72 align-top font-mono [overflow-wrap:anywhere] text-ink-2">{item.state === "withdrawn" ? "" : [...item.asCited, ...item.equivalents.map((kind) => `${kind} (equivalent)`)].join(", ") || "none"}</Td>
                <Td className="min-w-52 max-w-96 align-top">
                  {item.reason}
                  {item.concerns.map((concern) => (
                    <span key={concern} className="block text-attn">
                      {concern}
                    </span>
                  ))}
                </Td>
                <Td className="align-top whitespace-nowrap text-ink-2">
                  {item.by}
                  <span className="block text-ink-3">{formatTime(Date.parse(item.at))}</span>
                </Td>
                <Td className="align-top">{item.inForce ? <WithdrawOverride reference={reference} platform={item.platform} analytic={item.analytic} withdraw={withdraw} /> : null}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
