"use client";
import { useSearchParams } from "next/navigation";
import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input, TextArea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { BenchView } from "@/lib/reports/bench-view";
import { formatBytes } from "@/lib/shared/format-number";
import { PickChoice } from "./pick-choice";

const OF_EVENTS = ["dataset", "record", "pack", "test"] as const;
const BY_CONTENT = "by-content";

export interface PastedEvents {
  readonly text: string;
  readonly format: string | null;
  readonly host: string;
}

/** Events as text with what must be known of them, or the files that were picked in their place. */
export function EventsPane({ picked, formats, events, onEvents }: { picked: BenchView["events"]; formats: BenchView["formats"]; events: PastedEvents; onEvents: (events: PastedEvents) => void }) {
  const address = useSearchParams();
  const without = new URLSearchParams(address);
  for (const name of OF_EVENTS) without.delete(name);
  const files = picked !== null && picked.asked.from !== "text";
  return (
    <Card className="flex flex-col gap-2 pb-3">
      <CardHeader title="Events" note={picked?.title ?? "any format that Sightline reads"} action={<PickChoice of="events" label="Pick events" clears={OF_EVENTS} />} />
      {picked?.note ? <p className="px-3 text-xs text-attn md:px-4">{picked.note}</p> : null}
      {files ? (
        <div className="flex flex-col items-start gap-2 px-3 md:px-4">
          <ul aria-label="Files that are asked" className="w-full text-sm">
            {picked.files.map(({ name, format, bytes, says, href }) => (
              <li key={name} className="border-t py-1.5">
                {href === null ? (
                  <code className="[overflow-wrap:anywhere]">{name}</code>
                ) : (
                  <KeptLink href={href} className="font-mono [overflow-wrap:anywhere] text-accent hover:underline">
                    {name}
                  </KeptLink>
                )}
                <span className="block text-xs text-ink-2">{says}</span>
                <span className="block text-xs text-ink-3">
                  {format}, {formatBytes(bytes)}
                </span>
              </li>
            ))}
          </ul>
          <Button asChild>
            <KeptLink href={`/bench?${without}`}>Paste events instead</KeptLink>
          </Button>
        </div>
      ) : (
        <div className="flex flex-col gap-2 px-3 md:px-4">
          <Field label="Text of the events">
            {(parts) => <TextArea {...parts} rows={18} spellCheck={false} wrap="off" className="font-mono text-xs leading-[17px]" placeholder="One record a line, a JSON list, XML, CSV, audit lines…" value={events.text} onChange={(event) => onEvents({ ...events, text: event.target.value })} />}
          </Field>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-2 sm:grid-cols-2">
            <Field label="Format" hint="By content, unless several fit.">
              {({ id }) => <Select id={id} label="Format" value={events.format ?? BY_CONTENT} onChange={(value) => onEvents({ ...events, format: value === BY_CONTENT ? null : value })} options={[{ value: BY_CONTENT, label: "By content" }, ...formats.map(({ id: value, label }) => ({ value, label }))]} className="w-full" />}
            </Field>
            <Field label="Host" hint="Of records that name none.">
              {(parts) => <Input {...parts} value={events.host} onChange={(event) => onEvents({ ...events, host: event.target.value })} />}
            </Field>
          </div>
        </div>
      )}
    </Card>
  );
}
