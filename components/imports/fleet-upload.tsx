"use client";
import { useState } from "react";
import { FileDrop } from "@/components/ui/file-drop";
import { Select } from "@/components/ui/select";
import { Table, Td, Th } from "@/components/ui/table";
import type { RosterImported } from "@/lib/operations/import-roster";
import type { SegmentsImported } from "@/lib/operations/import-segments";
import { counted, formatCount } from "@/lib/shared/format-number";
import { ChangeCounts } from "./change-counts";
import { PreviewFrame } from "./preview-frame";
import { RefusalList } from "./refusal-list";
import { TemplateLinks } from "./template-links";
import { usePreviewedFile, type Waiting } from "./use-previewed-file";

type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly message: string };

interface FleetUploadProps {
  readonly segments: readonly { id: string; name: string }[];
  readonly segmentsFile: { preview: (file: Waiting) => Promise<Answer<SegmentsImported>>; apply: (file: Waiting) => Promise<Answer<SegmentsImported>> };
  readonly rosterFile: { preview: (file: Waiting, segment: string) => Promise<Answer<RosterImported>>; apply: (file: Waiting, segment: string) => Promise<Answer<RosterImported>> };
}

/** Segments by CSV, and the roster of one segment by CSV; each previewed before it is applied. */
export function FleetUpload({ segments, segmentsFile, rosterFile }: FleetUploadProps) {
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-2">
        <SegmentsFile file={segmentsFile} />
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <RosterFile segments={segments} file={rosterFile} />
      </div>
    </div>
  );
}

function SegmentsFile({ file }: { file: FleetUploadProps["segmentsFile"] }) {
  const { state, choose, confirm, discard } = usePreviewedFile<SegmentsImported>(file.preview, file.apply);
  const changing = ({ planned }: SegmentsImported) => planned.filter(({ change }) => change !== "unchanged").length;
  return (
    <>
      <FileDrop title="Drop a segments CSV, or choose" hint="name, platforms, assets, criticality, owner, tags, time_zone" accept=".csv" onFiles={choose} />
      <TemplateLinks files={["segments.csv"]} />
      <PreviewFrame
        state={state}
        confirm={confirm}
        discard={discard}
        applyLabel="Import segments"
        canApply={(shown) => changing(shown) > 0}
        say={(shown, applied) => `${counted(shown.planned.length, "segment")} understood, ${formatCount(changing(shown))} ${applied ? "written" : "would be written"}.`}
      >
        {(shown) => (
          <>
            <RefusalList refused={shown.refused} of="the segments file" />
            <Table label="Segments of the file">
              <thead>
                <tr>
                  <Th>Change</Th>
                  <Th>Segment</Th>
                  <Th>Platforms</Th>
                  <Th number>Assets</Th>
                  <Th number>Criticality</Th>
                </tr>
              </thead>
              <tbody>
                {shown.planned.map(({ change, draft }) => (
                  <tr key={draft.name}>
                    <Td className={change === "unchanged" ? "text-ink-3" : "font-medium"}>{change}</Td>
                    <Td>{draft.name}</Td>
                    <Td>{draft.platforms.map(({ name, hosts }) => (hosts === null ? name : `${name} ${formatCount(hosts)}`)).join(", ")}</Td>
                    <Td number>{formatCount(draft.assets)}</Td>
                    <Td number>{draft.criticality}</Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </>
        )}
      </PreviewFrame>
    </>
  );
}

function RosterFile({ segments, file }: { segments: FleetUploadProps["segments"]; file: FleetUploadProps["rosterFile"] }) {
  const [chosen, setSegment] = useState<string | null>(null);
  const segment = chosen ?? segments[0]?.id ?? ""; // the first segment may arrive after this form
  const { state, choose, confirm, discard } = usePreviewedFile<RosterImported>(
    (sent) => file.preview(sent, segment),
    (sent) => file.apply(sent, segment),
  );
  return (
    <>
      <FileDrop title="Drop a roster CSV, or choose" hint="host, platform. The file is the whole roster of the segment." accept=".csv" disabled={segment === ""} onFiles={choose}>
        {segments.length > 0 ? <Select label="Segment of the roster" value={segment} onChange={setSegment} options={segments.map(({ id, name }) => ({ value: id, label: name }))} className="max-w-52" /> : <span className="text-xs text-ink-3">Create a segment first.</span>}
      </FileDrop>
      <TemplateLinks files={["roster.csv"]} />
      <PreviewFrame
        state={state}
        confirm={confirm}
        discard={discard}
        applyLabel="Import roster"
        canApply={({ changes }) => changes.added + changes.changed + changes.removed > 0}
        say={(shown, applied) => `${counted(shown.hosts.length, "host")} of ${shown.segment.name} ${applied ? "are its roster now" : "understood"}.`}
      >
        {(shown) => (
          <>
            <ChangeCounts changes={shown.changes} refused={shown.refused.length} unit="hosts" />
            <RefusalList refused={shown.refused} of="the roster" />
          </>
        )}
      </PreviewFrame>
    </>
  );
}
