"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/input";
import type { GapView } from "@/lib/reports/gap-view";
import { counted } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import type { GapActions } from "./gap-actions";
import { EVENT_WORD } from "./gap-words";

/** What assessments found and what people decided and said, newest first; a comment is added in front and stays. */
export function GapHistory({ gap, events, comment }: { gap: string; events: GapView["events"]; comment: GapActions["comment"] }) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const [pending, start] = useTransition();
  const router = useRouter();
  const submit = () =>
    start(async () => {
      const result = await comment({ id: gap, text });
      if (!result.ok) return setError(result.message);
      setText("");
      setError(undefined);
      router.refresh();
    });
  return (
    <Card aria-labelledby="history" className="pb-2">
      <CardHeader id="history" title="History" note={counted(events.length, "entry", "entries")} />
      <form
        noValidate
        className="flex flex-col items-end gap-2 px-3 py-2 md:px-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="w-full">
          <Field label="Comment" error={error}>
            {(parts) => <TextArea {...parts} rows={2} value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
        </div>
        <Button type="submit" disabled={pending}>
          Add comment
        </Button>
      </form>
      <ol>
        {events.map((event) => (
          <li key={event.id} className="border-t px-3 py-2 md:px-4">
            <span className="flex flex-wrap gap-x-2 text-xs text-ink-3">
              <span className="font-medium text-ink-2">{EVENT_WORD[event.kind] ?? event.kind}</span>
              <time dateTime={event.at}>{formatTime(Date.parse(event.at))}</time>
              <span>{event.actor}</span>
            </span>
            <span className="text-pretty break-words whitespace-pre-wrap">{event.text}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
