import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { PackView } from "@/lib/reports/packs-view";
import { counted } from "@/lib/shared/format-number";
import { JOIN_WORDS, windowWords } from "./pack-words";

/** What must be observable, how it belongs together, and what of the published analytic is left out and why. */
export function PackRequirements({ pack: { needs, edges, left } }: { pack: PackView }) {
  const names = new Map(needs.map(({ id, component }) => [id, component.name]));
  return (
    <>
      <Card className="pb-1">
        <CardHeader title="Requirements" note={counted(needs.length, "requirement")} say="Every critical one must be proven by sample events." />
        <Table label="Requirements" className="mt-2" stacked>
          <thead>
            <tr>
              <Th>Requirement</Th>
              <Th>Why</Th>
              <Th>Record kinds, as cited</Th>
              <Th>Equivalents</Th>
              <Th>Fields beyond the component’s</Th>
            </tr>
          </thead>
          <tbody>
            {needs.map(({ id, component, critical, because, cites, asCited, equivalents, fields }) => (
              <tr key={id} className="align-top">
                <Td className="min-w-44">
                  <strong className="font-medium">{component.name}</strong> <code className="text-xs text-ink-3">{component.id}</code>
                  <span className="block text-xs text-ink-3">
                    <code>{id}</code>
                    {critical ? "" : ", not critical"}
                  </span>
                </Td>
                <Td className="min-w-56 text-ink-2">
                  {because}
                  {cites.length === 0 ? <span className="block text-xs text-ink-3">the pack’s own</span> : <span className="block text-xs text-ink-3">stands for {cites.map(({ name, channel }) => `${name} ${channel}`).join("; ")}</span>}
                </Td>
                <Td head="Record kinds, as cited" className="min-w-48">
                  <Kinds of={asCited} />
                </Td>
                <Td head="Equivalents" className="min-w-60">
                  <Kinds of={equivalents} />
                </Td>
                <Td head="Fields beyond the component’s" className="font-mono text-xs">{fields.join(", ") || "none"}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Card>
      {edges.length > 0 ? (
        <Card className="pb-1">
          <CardHeader title="Edges" note={counted(edges.length, "edge")} say="Records of two requirements must belong together, over all files of a segment." />
          <Table label="Edges" className="mt-2" stacked>
            <thead>
              <tr>
                <Th>From</Th>
                <Th>To</Th>
                <Th>By</Th>
                <Th>When</Th>
                <Th>Why</Th>
              </tr>
            </thead>
            <tbody>
              {edges.map((edge) => (
                <tr key={edge.id} className="align-top">
                  <Td head="From" className="whitespace-nowrap">{names.get(edge.from) ?? edge.from}</Td>
                  <Td head="To" className="whitespace-nowrap">{names.get(edge.to) ?? edge.to}</Td>
                  <Td head="By">{JOIN_WORDS[edge.by]}</Td>
                  <Td head="When" className="whitespace-nowrap">{windowWords(edge)}</Td>
                  <Td className="min-w-56 text-ink-2">{edge.because}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Card>
      ) : null}
      {left.length > 0 ? (
        <Card className="pb-3">
          <CardHeader title="Published references that it leaves out" note={counted(left.length, "reference")} />
          <ul className="px-3 pt-2 md:px-4">
            {left.map(({ component, name, channel, because, instead }) => (
              <li key={`${component} ${name} ${channel}`} className="border-t py-1.5">
                <code className="text-xs [overflow-wrap:anywhere]">
                  {name} {channel}
                </code>{" "}
                <Pill>{component}</Pill>
                <span className="block text-ink-2">
                  {because}
                  {instead === null ? "" : ` In its place: ${names.get(instead) ?? instead}.`}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
    </>
  );
}

function Kinds({ of }: { of: readonly string[] }) {
  return of.length === 0 ? (
    <span className="text-xs text-ink-3">none</span>
  ) : (
    <ul className="font-mono text-xs">
      {of.map((kind) => (
        <li key={kind} className="[overflow-wrap:anywhere]">
          {kind}
        </li>
      ))}
    </ul>
  );
}
