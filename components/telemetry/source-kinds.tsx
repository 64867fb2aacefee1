import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { TelemetrySourceView } from "@/lib/operations/get-telemetry-source";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime, spellTimes } from "@/lib/shared/format-time";
import { ageAt } from "./map-cell";
import { SourceGlyph } from "./source-state";

type Kind = TelemetrySourceView["kinds"][number];

/** Event keys: seen against claimed against asked for. */
export function SourceKinds({ view }: { view: TelemetrySourceView }) {
  const { kinds, at } = view;
  const seen = kinds.filter(({ records }) => records > 0).length;
  const missing = kinds.filter(({ records, cited }) => records === 0 && cited > 0).length;
  return (
    <Card className="pb-1">
      <CardHeader
        title="Event keys"
        note={counted(kinds.length, "key")}
        say={kinds.length === 0 ? "None was seen, none is named by an analytic or a claim." : `${formatCount(seen)} seen in the window; ${missing === 0 ? "every key that analytics name was seen." : `${counted(missing, "key")} that analytics name ${missing === 1 ? "was" : "were"} not.`}`}
      />
      {kinds.length === 0 ? null : (
        <div className="mt-2 max-h-[560px] overflow-y-auto" tabIndex={0} role="region" aria-label="Event keys, all">
          <Table label="Event keys">
            <thead>
              <tr>
                <Th>Key</Th>
                <Th>Carries</Th>
                <Th number>Records</Th>
                <Th number>Hosts</Th>
                <Th>First and last seen</Th>
                <Th number>Named by</Th>
                <Th>Claimed</Th>
              </tr>
            </thead>
            <tbody className="text-xs">
              {kinds.map((kind) => (
                <tr key={kind.kind} className="hover:bg-hover">
                  <Td className="min-w-24 align-top">
                    <span className="flex items-start gap-2">
                      <SourceGlyph state={stateOf(kind)} flags={kind.contradicted ? ["contradicted"] : []} size={16} />
                      <code className="[overflow-wrap:anywhere]">{kind.key}</code>
                      <span className="sr-only">{wordOf(kind)}</span>
                    </span>
                  </Td>
                  <Td className="min-w-44 align-top">
                    {kind.components.join(", ") || <span className="text-ink-3">no component</span>}
                    {kind.why ? <span className="block text-attn">{spellTimes(kind.why)}</span> : kind.proves.length > 0 ? <span className="block text-ink-3">proves {kind.proves.length === kind.components.length ? "what it carries" : kind.proves.join(", ")}</span> : null}
                  </Td>
                  <Td number className="align-top">
                    {formatCount(kind.records)}
                    {kind.foreign > 0 ? (
                      <span className="block text-attn" title="fresh records of hosts that are not the segment's, or that name none">
                        {formatCount(kind.foreign)} foreign
                      </span>
                    ) : null}
                  </Td>
                  <Td number className="align-top">
                    {formatCount(kind.hosts)}
                  </Td>
                  <Td className="align-top whitespace-nowrap">
                    {kind.last === null ? (
                      <span className="text-ink-3">never</span>
                    ) : (
                      <span title={`${kind.first === null ? "" : `${formatTime(kind.first)} to `}${formatTime(kind.last)}`}>
                        {kind.first === null ? "" : `${ageAt(at, kind.first)} to `}
                        {ageAt(at, kind.last)}
                      </span>
                    )}
                  </Td>
                  <Td number className="align-top" title={`${counted(kind.accepted, "analytic")} would accept it`}>
                    {formatCount(kind.cited)}
                    <span className="block text-ink-3">{formatCount(kind.accepted)} accept</span>
                  </Td>
                  <Td className="align-top">{kind.claimed ? <Pill>{kind.contradicted ? "claimed, contradicted" : "claimed"}</Pill> : <span className="text-ink-3">–</span>}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Card>
  );
}

function stateOf(kind: Kind) {
  if (kind.records > 0) return kind.proves.length === 0 ? "thin" : kind.why === "" && kind.proves.length === kind.components.length ? "proven" : "part";
  return kind.stale > 0 ? "stale" : kind.claimed ? "claimed" : "absent";
}

function wordOf(kind: Kind): string {
  const words = { proven: "proven", part: "partly proven", thin: "proves nothing", stale: "stale", claimed: "claimed", absent: "never seen" } as const;
  return words[stateOf(kind)] + (kind.contradicted ? ", contradicted" : "");
}
