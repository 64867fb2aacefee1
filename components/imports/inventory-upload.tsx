"use client";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Table, Td, Th } from "@/components/ui/table";
import type { InventoryPreview } from "@/lib/operations/preview-inventory";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatIsoDay } from "@/lib/shared/format-time";
import { ChangeCounts } from "./change-counts";
import { ClaimCondition } from "./claim-condition";
import { MeasurementPreview } from "./measurement-preview";
import { PreviewFrame } from "./preview-frame";
import { LossList, RefusalList } from "./refusal-list";
import { TemplateLinks } from "./template-links";
import { usePreviewedFile, type Waiting } from "./use-previewed-file";

type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly message: string };
type Sent = Waiting & { readonly format?: string; readonly replace?: boolean; readonly segment?: string; readonly hosts?: number | null; readonly asOf?: string | null; readonly query?: string; readonly complete?: boolean };

/** What the person says of a file that does not say it itself. Empty: not said. */
const NOTHING_SAID = { format: "auto", segment: "none", hosts: "", asOf: "", query: "", complete: false };

/** An inventory file: what it would change is shown first, applied when a person says so. */
export function InventoryUpload({ preview, apply, segments, formats }: {
  preview: (sent: Sent) => Promise<Answer<InventoryPreview>>;
  apply: (sent: Sent, expect: string) => Promise<Answer<InventoryPreview>>;
  segments: readonly { readonly id: string; readonly name: string }[];
  formats: readonly { readonly id: string; readonly label: string; readonly extensions: readonly string[] }[];
}) {
  const [replace, setReplace] = useState(false);
  const [said, setSaid] = useState(NOTHING_SAID);
  const details = {
    replace,
    ...(said.format === "auto" ? {} : { format: said.format }),
    ...(said.segment === "none" ? {} : { segment: said.segment }),
    hosts: said.hosts.trim() === "" ? null : Number(said.hosts),
    asOf: said.asOf.trim() === "" ? null : said.asOf,
    ...(said.query.trim() === "" ? {} : { query: said.query }),
    ...(said.complete ? { complete: true } : {}),
  };
  const { state, choose, confirm, discard } = usePreviewedFile<InventoryPreview>(
    (file) => preview({ ...file, ...details }),
    (file, seen) => apply({ ...file, ...details }, seen.digest),
  );
  return (
    <>
      <FileDrop title="Drop an inventory, or choose" hint="An inventory, a sensor's configuration, a table of what flows, or what a query pack returned. Nothing changes before you have seen what would." accept={[...new Set(formats.flatMap(({ extensions }) => extensions))].join(",")} multiple={false} onFiles={choose}>
        <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
          The file is the whole inventory of its segments
        </Checkbox>
        <details className="basis-full">
          <summary className="cursor-pointer text-xs font-medium text-ink-2">For files that name no segment: segment, hosts, date</summary>
          <div className="grid gap-3 pt-2 sm:grid-cols-2 lg:grid-cols-4">
            <Field label="Segment" hint="Where the file holds.">
              {({ id }) => <Select id={id} label="Segment" value={said.segment} onChange={(segment) => setSaid({ ...said, segment })} options={[{ value: "none", label: "named in the file" }, ...segments.map((segment) => ({ value: segment.id, label: segment.name }))]} className="w-full" />}
            </Field>
            <Field label="Hosts" hint="It stands for, as you state it.">
              {(parts) => <Input {...parts} inputMode="numeric" value={said.hosts} onChange={(event) => setSaid({ ...said, hosts: event.target.value })} />}
            </Field>
            <Field label="As of" hint="When it was in force; else today.">
              {(parts) => <Input {...parts} type="date" value={said.asOf} onChange={(event) => setSaid({ ...said, asOf: event.target.value })} />}
            </Field>
            <Field label="Format" hint="Detected from the content unless you name one.">
              {({ id }) => <Select id={id} label="Format" value={said.format} onChange={(format) => setSaid({ ...said, format })} options={[{ value: "auto", label: "Detect" }, ...formats.map((format) => ({ value: format.id, label: format.label }))]} className="w-full" />}
            </Field>
          </div>
        </details>
        <details className="basis-full">
          <summary className="cursor-pointer text-xs font-medium text-ink-2">For a measurement: the query it came from, what it covers</summary>
          <div className="flex flex-col gap-2 pt-2">
            <Field label="Query text" hint="As it was run; kept with the numbers. A zip holds its own.">
              {(parts) => <textarea {...parts} rows={3} value={said.query} onChange={(event) => setSaid({ ...said, query: event.target.value })} className="w-full rounded-md border border-line-2 bg-surface px-2 py-1 font-mono text-xs" />}
            </Field>
            <Checkbox checked={said.complete} onChange={(event) => setSaid({ ...said, complete: event.target.checked })}>
              It covers every host of the segment and its whole window: what is absent is silent
            </Checkbox>
          </div>
        </details>
      </FileDrop>
      <TemplateLinks files={["inventory.csv", "inventory.json"]} />
      <PreviewFrame
        state={state}
        confirm={confirm}
        discard={discard}
        applyLabel="Apply"
        canApply={({ changes }) => changes.added + changes.changed + changes.removed + changes.segmentsCreated > 0}
        say={(shown, applied) => (
          <>
            {shown.format.label}: {formatCount(shown.understood)} of {counted(shown.rows, "row")} understood.{" "}
            {applied ? shown.measurements !== undefined ? "The next assessment reads these counts." : shown.statements === null ? "The next assessment reads these claims." : "The scores stand beside the analytics of their techniques." : shown.changes.added + shown.changes.changed + shown.changes.removed === 0 ? "Everything in it is known already." : "Nothing is applied yet."}
          </>
        )}
      >
        {(shown) => (
          <>
            <ChangeCounts changes={shown.changes} refused={shown.refused.length} unit={shown.measurements !== undefined ? "measurements" : shown.statements === null ? "claims" : "scores"} />
            <RefusalList refused={shown.refused} of="the inventory" />
            {shown.segments.length > 0 ? (
              <div className="border-t px-4 py-3">
                <h3 className="pb-1 font-medium">Segments that are created</h3>
                <ul className="flex flex-col gap-1">
                  {shown.segments.map(({ draft, missing }) => (
                    <li key={draft.name}>
                      <strong>{draft.name}</strong> · {draft.platforms.map(({ name }) => name).join(", ")}
                      {missing.length > 0 ? <span className="text-ink-3"> · to be completed: {missing.join(", ")}</span> : null}
                    </li>
                  ))}
                </ul>
              </div>
            ) : null}
            <LossList losses={shown.losses} />
            {shown.measurements === undefined ? null : <MeasurementPreview measured={shown.measurements} />}
            <ClaimPreview preview={shown} />
          </>
        )}
      </PreviewFrame>
    </>
  );
}

const CLAIMS_SHOWN = 300;

function ClaimPreview({ preview }: { preview: InventoryPreview }) {
  if (preview.claims.length === 0) return null;
  return (
    <Table label="Claims of the file">
      <thead>
        <tr>
          <Th>Change</Th>
          <Th>Segment</Th>
          <Th>Log source</Th>
          <Th>Data component</Th>
          <Th number>Hosts</Th>
          <Th>Basis, as of</Th>
        </tr>
      </thead>
      <tbody>
        {preview.claims.slice(0, CLAIMS_SHOWN).map(({ change, segment, identity, claim }) => (
          <tr key={`${segment} ${identity}`}>
            <Td className={change === "unchanged" ? "text-ink-3" : "font-medium"}>{change}</Td>
            <Td>{segment}</Td>
            <Td className="font-mono text-xs">
              {claim.logSource || claim.source}
              {claim.channel ? ` · ${claim.channel}` : ""}
            </Td>
            <Td>
              {claim.component || <span className="text-ink-3">all it carries</span>}
              <ClaimCondition condition={claim.condition} off={claim.hostsReporting === 0} />
            </Td>
            <Td number>{claim.hostsReporting === null ? <span className="text-ink-3">not said</span> : formatCount(claim.hostsReporting)}</Td>
            <Td>
              {claim.basis}
              {claim.asOf ? `, ${formatIsoDay(claim.asOf)}` : ", undated"}
            </Td>
          </tr>
        ))}
        {preview.claims.length > CLAIMS_SHOWN ? (
          <tr>
            <Td colSpan={6} className="text-ink-3">
              and {formatCount(preview.claims.length - CLAIMS_SHOWN)} more
            </Td>
          </tr>
        ) : null}
      </tbody>
    </Table>
  );
}
