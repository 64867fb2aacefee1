"use client";
import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { FileDrop } from "@/components/ui/file-drop";
import { Table, Td, Th } from "@/components/ui/table";
import type { InventoryPreview } from "@/lib/operations/preview-inventory";
import { counted, formatCount } from "@/lib/shared/format-number";
import { ChangeCounts } from "./change-counts";
import { PreviewFrame } from "./preview-frame";
import { LossList, RefusalList } from "./refusal-list";
import { TemplateLinks } from "./template-links";
import { usePreviewedFile, type Waiting } from "./use-previewed-file";

type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly message: string };
type Sent = Waiting & { readonly replace?: boolean };

/** An inventory file: what it would change is shown first, applied when a person says so. */
export function InventoryUpload({ preview, apply }: { preview: (sent: Sent) => Promise<Answer<InventoryPreview>>; apply: (sent: Sent, expect: string) => Promise<Answer<InventoryPreview>> }) {
  const [replace, setReplace] = useState(false);
  const { state, choose, confirm, discard } = usePreviewedFile<InventoryPreview>(
    (file) => preview({ ...file, replace }),
    (file, seen) => apply({ ...file, replace }, seen.digest),
  );
  return (
    <>
      <FileDrop title="Drop an inventory, or choose" hint="Sightline CSV or JSON, or DeTT&CT data-source administration YAML. Nothing changes before you have seen what would." accept=".csv,.json,.yaml,.yml" onFiles={choose} formats={["Sightline CSV", "Sightline JSON", "DeTT&CT YAML"]}>
        <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
          The file is the whole inventory of its segments
        </Checkbox>
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
            {applied ? "The next assessment reads these claims." : shown.changes.added + shown.changes.changed + shown.changes.removed === 0 ? "Everything in it is known already." : "Nothing is applied yet."}
          </>
        )}
      >
        {(shown) => (
          <>
            <ChangeCounts changes={shown.changes} refused={shown.refused.length} unit="claims" />
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
            <Td>{claim.component || <span className="text-ink-3">all it carries</span>}</Td>
            <Td number>{claim.hostsReporting === null ? <span className="text-ink-3">not said</span> : formatCount(claim.hostsReporting)}</Td>
            <Td>
              {claim.basis}
              {claim.asOf ? `, ${claim.asOf}` : ", undated"}
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
