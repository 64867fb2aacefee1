import { KeptLink } from "@/components/layout/kept-link";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { RulesImportView } from "@/lib/operations/get-rules-import-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { RemoveSource, type RemoveSourceAction } from "./remove-source";

const SHOWN = 200;
const IMPORTS = 20;

/** Where rules came from, what the newest import of each source refused and remarked, and every import before. */
export function RuleSources({ view, remove }: { view: RulesImportView; remove: RemoveSourceAction }) {
  return (
    <>
      <Card>
        <CardHeader title="Sources" note={counted(view.sources.length, "source")} />
        <div className="pt-2">
          <Table label="Sources of rules" className="min-w-[720px]">
            <thead>
              <tr>
                <Th>Source</Th>
                <Th>Licence</Th>
                <Th number>Rules</Th>
                <Th number>Refused</Th>
                <Th>Newest import</Th>
                <Th>
                  <span className="sr-only">Remove</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {view.sources.map((source) => (
                <tr key={source.id}>
                  <Td className="font-medium">
                    <KeptLink href={`/rules?source=${encodeURIComponent(source.name)}`} className="hover:underline">
                      {source.name}
                    </KeptLink>{" "}
                    {source.kind === "pack" ? <Pill>pack</Pill> : null}
                  </Td>
                  <Td className="text-ink-2">{source.licence ?? "not stated beside the rules"}</Td>
                  <Td number>{formatCount(source.rules)}</Td>
                  <Td number>{source.refused === 0 ? "0" : <KeptLink href={`/rules?state=refused&source=${encodeURIComponent(source.name)}`} className="font-medium text-attn underline">{formatCount(source.refused)}</KeptLink>}</Td>
                  <Td className="text-ink-2">{source.lastImport === null ? "none" : `${formatTime(Date.parse(source.lastImport.at))}, ${source.lastImport.fileName}`}</Td>
                  <Td>{source.kind === "imported" && source.rules > 0 ? <RemoveSource name={source.name} rules={source.rules} remove={remove} /> : null}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      </Card>
      {view.sources.map(({ id, name, lastImport }) => (lastImport === null || lastImport.refusals.length + lastImport.warnings.length === 0 ? null : <Outcome key={id} name={name} outcome={lastImport} />))}
      <Card>
        <CardHeader title="Imports" note={view.imports.length > IMPORTS ? `the newest ${IMPORTS} of ${formatCount(view.imports.length)}` : counted(view.imports.length, "import")} />
        <div className="pt-2">
          <Table label="Imports of rules">
            <thead>
              <tr>
                <Th>When</Th>
                <Th>Source</Th>
                <Th>File</Th>
                <Th>By</Th>
                <Th number>Rules</Th>
                <Th number>New</Th>
                <Th number>Changed</Th>
                <Th number>Same</Th>
                <Th number>Removed</Th>
                <Th number>Refused</Th>
              </tr>
            </thead>
            <tbody>
              {view.imports.slice(0, IMPORTS).map(({ id, at, source, fileName, actor, counts }) => (
                <tr key={id}>
                  <Td className="whitespace-nowrap">{formatTime(Date.parse(at))}</Td>
                  <Td>{source}</Td>
                  <Td className="text-ink-2 [overflow-wrap:anywhere]">{fileName}</Td>
                  <Td className="text-ink-2">{actor}</Td>
                  <Td number>{formatCount(counts.documents)}</Td>
                  <Td number>{formatCount(counts.new)}</Td>
                  <Td number>{formatCount(counts.changed)}</Td>
                  <Td number>{formatCount(counts.same)}</Td>
                  <Td number>{formatCount(counts.removed)}</Td>
                  <Td number>{formatCount(counts.refused)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      </Card>
    </>
  );
}

function Outcome({ name, outcome: { refusals, warnings } }: { name: string; outcome: NonNullable<RulesImportView["sources"][number]["lastImport"]> }) {
  return (
    <Card>
      <CardHeader title={`What the newest import of ${name} found`} note={`${formatCount(refusals.length)} refused, ${counted(warnings.length, "remark")}`} />
      {refusals.length === 0 ? null : (
        <div className="pt-2">
          <Table label={`Refused rules of ${name}`}>
            <thead>
              <tr>
                <Th>File</Th>
                <Th number>Line</Th>
                <Th>Rule</Th>
                <Th>Why it was refused</Th>
                <Th>What to do</Th>
              </tr>
            </thead>
            <tbody>
              {refusals.slice(0, SHOWN).map((one) => (
                <tr key={`${one.file} ${one.document}`}>
                  <Td className="font-mono text-xs [overflow-wrap:anywhere]">{one.file}</Td>
                  <Td number>{one.line ?? "–"}</Td>
                  <Td>{one.title ?? "could not be read"}</Td>
                  <Td className="text-attn">{one.message}</Td>
                  <Td className="text-ink-2">{one.remedy}</Td>
                </tr>
              ))}
              {refusals.length > SHOWN ? (
                <tr>
                  <Td colSpan={5} className="text-ink-3">
                    and {formatCount(refusals.length - SHOWN)} more, in the list of rules
                  </Td>
                </tr>
              ) : null}
            </tbody>
          </Table>
        </div>
      )}
      {warnings.length === 0 ? null : (
        <ul className="flex flex-col gap-1 px-3 py-3 md:px-4">
          {warnings.slice(0, SHOWN).map((warning, index) => (
            <li key={index} className="text-ink-2">
              {warning.file === null ? (warning.rules === null ? null : <strong>{counted(warning.rules, "rule")}: </strong>) : <code className="text-xs">{warning.file}: </code>}
              {warning.message}
            </li>
          ))}
          {warnings.length > SHOWN ? <li className="text-ink-3">and {formatCount(warnings.length - SHOWN)} more</li> : null}
        </ul>
      )}
    </Card>
  );
}
