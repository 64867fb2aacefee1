import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { PackView } from "@/lib/reports/packs-view";
import { counted } from "@/lib/shared/format-number";

const SHOWN = 12;

/** What a team adapts, with defaults, units and bounds; and the published elements that no record can answer. */
export function PackElements({ elements, left }: { elements: PackView["elements"]; left: PackView["leftElements"] }) {
  if (elements.length + left.length === 0) return null;
  return (
    <Card className="pb-1">
      <CardHeader title="Values to adapt" note={counted(elements.length, "element")} say="Each segment may give its own, with owner, reason and expiry, on the analytic’s page under Tuning." />
      {elements.length > 0 ? (
        <Table label="Values to adapt" className="mt-2" stacked>
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>What it tunes</Th>
              <Th>Default</Th>
              <Th>Bounds</Th>
              <Th>ATT&CK’s element</Th>
            </tr>
          </thead>
          <tbody>
            {elements.map((element) => (
              <tr key={element.name} className="align-top">
                <Td className="font-mono whitespace-nowrap">{element.kind === "list" ? `%${element.name}%` : element.name}</Td>
                <Td className="min-w-56 text-ink-2">{element.about}</Td>
                <Td head="Default" className="min-w-40">{element.kind === "list" ? <Values of={element.default} /> : `${element.default} ${element.unit}`}</Td>
                <Td head="Bounds" className="whitespace-nowrap">{element.kind === "list" ? `at most ${counted(element.bounds.most, "entry", "entries")}, ${element.unit}` : `${element.bounds.least} to ${element.bounds.most} ${element.unit}`}</Td>
                <Td head="ATT&CK’s element" className="font-mono text-xs">{element.attack ?? "none"}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {left.length > 0 ? (
        <ul className="px-3 py-2 text-xs md:px-4" aria-label="Published elements that it leaves out">
          {left.map(({ attack, because }) => (
            <li key={attack} className="border-t py-1.5 text-ink-2">
              <code>{attack}</code> is not a value here: {because}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

function Values({ of }: { of: readonly string[] }) {
  return (
    <span className="font-mono text-xs [overflow-wrap:anywhere]">
      {of.slice(0, SHOWN).join(", ")}
      {of.length > SHOWN ? ` and ${of.length - SHOWN} more` : ""}
    </span>
  );
}
