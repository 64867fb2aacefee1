"use client";
import { useState } from "react";
import { announceJob } from "@/components/jobs/use-jobs";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { Input } from "@/components/ui/input";
import { Progress } from "@/components/ui/progress";
import { Select } from "@/components/ui/select";
import { formatBytes } from "@/lib/shared/format-number";
import type { EventsPreview } from "@/lib/operations/preview-events";
import { FileQuestion, type FileAnswer } from "./file-question";
import { previewEventsFile } from "./preview-events-file";
import { checkUpload, sendFile } from "./send-file";

interface Sending {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
  readonly error: string | null;
}

/** A file about which a person must say something first. */
interface Asking {
  readonly name: string;
  readonly question: Exclude<EventsPreview, { ask: "nothing" }>;
  readonly answer: (answer: FileAnswer | null) => void;
}

const SHOWN_FORMATS = 12;

const ORIGINS = [
  { value: "production", label: "Production" },
  { value: "exercise", label: "Exercise" },
  { value: "lab", label: "Lab", note: "never proves" },
  { value: "public", label: "Public", note: "never proves" },
];

/** Sample events into one segment: files are sent one after another, each becomes a job. */
export function EventsUpload({ segments, formats }: { segments: readonly { id: string; name: string }[]; formats: readonly { id: string; label: string }[] }) {
  const [chosen, setSegment] = useState<string | null>(null);
  const segment = chosen ?? segments[0]?.id ?? "";
  const [origin, setOrigin] = useState("production");
  const [format, setFormat] = useState("auto");
  const [text, setText] = useState({ host: "", hostFrom: "", label: "", zone: "", system: "", query: "" });
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const [refused, setRefused] = useState<string | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);

  /** What the content does not say and a person must: the upload waits for it. null: the file is left out. */
  const ask = async (file: File): Promise<FileAnswer | Record<string, never> | null> => {
    const question = format === "auto" ? await previewEventsFile(file) : { ask: "nothing" as const };
    if (question.ask === "nothing") return {};
    const answer = await new Promise<FileAnswer | null>((resolve) => setAsking({ name: file.name, question, answer: resolve }));
    setAsking(null);
    return answer;
  };

  const send = async (files: File[]) => {
    const filled = Object.fromEntries(Object.entries(text).filter(([, value]) => value.trim() !== ""));
    const parameters = { kind: "events", segment: segments.find(({ id }) => id === segment)?.name ?? segment, origin, ...(format === "auto" ? {} : { format }), ...filled };
    setSending([]);
    setRefused(null);
    try {
      await checkUpload(parameters);
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error));
      return;
    }
    setSending(files.map((file) => ({ name: file.name, sent: 0, total: file.size, error: null })));
    const update = (at: number, change: Partial<Sending>) => setSending((list) => list.map((entry, index) => (index === at ? { ...entry, ...change } : entry)));
    for (const [at, file] of files.entries()) {
      try {
        const said = await ask(file);
        if (said === null) {
          update(at, { error: "Left out." });
          continue;
        }
        await sendFile(file, { ...parameters, ...said }, (sent, total) => update(at, { sent, total }));
        update(at, { sent: file.size });
        announceJob();
      } catch (error) {
        update(at, { error: error instanceof Error ? error.message : String(error) });
      }
    }
  };

  return (
    <div className="flex flex-col gap-2">
      <FileDrop title="Drop event files, or choose" hint="Read line by line on this server; nothing leaves it. gzip and zip too." disabled={segment === ""} onFiles={send} formats={shownFormats(formats)}>
        <Select label="Segment" value={segment} onChange={setSegment} options={segments.map(({ id, name }) => ({ value: id, label: name }))} className="max-w-52" />
        <Select label="Origin" value={origin} onChange={setOrigin} options={ORIGINS} />
      </FileDrop>
      {asking === null ? null : <FileQuestion key={asking.name} name={asking.name} question={asking.question} onAnswer={asking.answer} onSkip={() => asking.answer(null)} />}
      <details className="rounded-lg border bg-surface px-4 py-2">
        <summary className="cursor-pointer text-xs font-medium text-ink-2">Format, hosts and where the records come from</summary>
        <div className="grid gap-3 py-2 sm:grid-cols-2 lg:grid-cols-3">
          <Field label="Format" hint="Detected from the content unless you name one.">
            {({ id }) => <Select id={id} label="Format" value={format} onChange={setFormat} options={[{ value: "auto", label: "Detect" }, ...formats.map((entry) => ({ value: entry.id, label: entry.label }))]} className="w-full" />}
          </Field>
          <TextField label="Host" hint="For records that name none." value={text.host} onChange={(host) => setText({ ...text, host })} />
          <TextField label="Host from" hint="A field, or a pattern over the file name." value={text.hostFrom} onChange={(hostFrom) => setText({ ...text, hostFrom })} />
          <TextField label="Time zone" hint="For times without one, such as Europe/Berlin." value={text.zone} onChange={(zone) => setText({ ...text, zone })} />
          <TextField label="Label" hint="benign, attack or attack:T1560.002." value={text.label} onChange={(label) => setText({ ...text, label })} />
          <TextField label="Extracted from" hint="The system that held the records." value={text.system} onChange={(system) => setText({ ...text, system })} />
          <TextField label="By query" hint="As it was run there." value={text.query} onChange={(query) => setText({ ...text, query })} />
        </div>
      </details>
      {refused === null ? null : (
        <p role="alert" className="rounded-lg border bg-surface px-4 py-2 text-xs font-medium text-attn">
          {refused} No file was sent.
        </p>
      )}
      {sending.length > 0 ? (
        <ul aria-live="polite" className="flex flex-col gap-1.5">
          {sending.map((entry, index) => (
            <li key={index} className="rounded-lg border bg-surface px-4 py-2">
              <div className="flex justify-between gap-3">
                <span className="truncate font-medium">{entry.name}</span>
                <span className="text-xs whitespace-nowrap text-ink-3">
                  {formatBytes(entry.sent)} of {formatBytes(entry.total)}
                </span>
              </div>
              {entry.error ? (
                <p role="alert" className="text-xs font-medium text-attn">
                  {entry.error}
                </p>
              ) : (
                <Progress label={`Sending ${entry.name}`} done={entry.sent} total={entry.total} className="mt-1" />
              )}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** The first of many by name; all of them stand in the choice of formats. */
function shownFormats(formats: readonly { label: string }[]): string[] {
  const names = formats.slice(0, SHOWN_FORMATS).map(({ label }) => label);
  return formats.length > SHOWN_FORMATS ? [...names, `and ${formats.length - SHOWN_FORMATS} more`] : names;
}

function TextField({ label, hint, value, onChange }: { label: string; hint: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={label} hint={hint}>
      {(parts) => <Input {...parts} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
