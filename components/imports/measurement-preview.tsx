import { Table, Td, Th } from "@/components/ui/table";
import type { InventoryPreview } from "@/lib/operations/preview-inventory";
import { formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";

/** What a measurement file says of each record kind, and the raw records that come with it. */
export function MeasurementPreview({ measured }: { measured: NonNullable<InventoryPreview["measurements"]> }) {
  return (
    <>
      {measured.items.length > 0 ? (
        <Table label="Measured record kinds">
          <thead>
            <tr>
              <Th>Change</Th>
              <Th>Segment</Th>
              <Th>Record kind</Th>
              <Th number>Hosts</Th>
              <Th number>Records</Th>
              <Th>Newest</Th>
              <Th>Fields counted</Th>
              <Th>Query</Th>
            </tr>
          </thead>
          <tbody>
            {measured.items.map(({ change, segment, kind, version, hosts, records, newest, complete, fields, queryDigest }, index) => (
              <tr key={index}>
                <Td className={change === "unchanged" ? "text-ink-3" : "font-medium"}>{change === "version" ? `version ${version}` : change}</Td>
                <Td>{segment}</Td>
                <Td className="font-mono text-xs">
                  {kind}
                  {complete ? <span className="font-sans text-ink-3"> · complete</span> : null}
                </Td>
                <Td number>{formatCount(hosts)}</Td>
                <Td number>{formatCount(records)}</Td>
                <Td className="whitespace-nowrap">{newest === null ? "none" : formatTime(Date.parse(newest))}</Td>
                <Td className="text-xs text-ink-2">{fields.join(", ") || "none"}</Td>
                <Td className="font-mono text-xs">{queryDigest === "" ? <span className="font-sans text-attn">no text</span> : queryDigest.slice(0, 12)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      <p className="border-t px-4 py-2 text-xs text-ink-2">
        {measured.raw.length === 0
          ? "No raw records come with it: the counts are a claim and raise reach, and prove nothing."
          : measured.outcomes.length === 0
            ? `Raw records: ${measured.raw.map(({ file }) => file).join(", ")}. They are imported as sample events.`
            : measured.outcomes.map(({ file, outcome, records, reason }) => `${file}: ${reason ?? `${outcome}, ${formatCount(records)} records`}`).join(" · ")}
      </p>
    </>
  );
}
