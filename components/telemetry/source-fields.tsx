import { FillShare } from "@/components/metric/metric";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { TelemetrySourceView } from "@/lib/operations/get-telemetry-source";
import { counted, formatCount } from "@/lib/shared/format-number";

const ENOUGH = 0.95;

/** Fill of every canonical field over the fresh records, and which components need it. */
export function SourceFields({ view }: { view: TelemetrySourceView }) {
  const { fields, cell } = view;
  const short = fields.filter(({ requiredBy, filled, of }) => requiredBy.length > 0 && of > 0 && filled / of < ENOUGH).length;
  return (
    <Card className="pb-1">
      <CardHeader
        title="Fields"
        note={`n = ${counted(cell.records, "fresh record")}`}
        say={fields.length === 0 ? "No fresh record of a host of the segment." : short === 0 ? "Every field that its components ask for is filled where it is asked for." : `${counted(short, "field")} that components ask for ${short === 1 ? "is" : "are"} filled in too few of the records that need ${short === 1 ? "it" : "them"}; some may stand in for each other.`}
      />
      {fields.length === 0 ? null : (
        <div className="mt-2 max-h-[440px] overflow-y-auto" tabIndex={0} role="region" aria-label="Fields, all">
          <Table label="Fields">
            <thead>
              <tr>
                <Th>Field</Th>
                <Th number how="field-fill">
                  Filled
                </Th>
                <Th>Needed for</Th>
              </tr>
            </thead>
            <tbody className="text-xs">
              {fields.map((field) => (
                <tr key={field.id} className="hover:bg-hover" title={field.meaning}>
                  <Td className="align-top">
                    <code>{field.id}</code>
                  </Td>
                  <Td number className="align-top">
                    <span className={field.requiredBy.length > 0 && field.of > 0 && field.filled / field.of < ENOUGH ? "font-medium text-attn" : ""}>
                      <FillShare filled={field.filled} n={field.of} />
                    </span>
                    <span className="block text-ink-3">
                      {formatCount(field.filled)} of {formatCount(field.of)}
                      {field.redacted > 0 ? `, ${formatCount(field.redacted)} hidden` : ""}
                    </span>
                  </Td>
                  <Td className="min-w-48 align-top text-ink-2">{field.requiredBy.join(", ") || <span className="text-ink-3">nothing asked here</span>}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Card>
  );
}
