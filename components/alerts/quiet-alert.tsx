"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, TextArea } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { AlertActions } from "./alert-actions";

interface QuietProps {
  readonly id: number;
  readonly title: string;
  readonly quiet: AlertActions["quiet"];
}

/** Acknowledges an alert for as long as it lasts, or until a day; or wakes it again. */
export function QuietAlert({ silenced, ...alert }: QuietProps & { readonly silenced: boolean }) {
  return silenced ? <Wake {...alert} /> : <Acknowledge {...alert} />;
}

function Wake({ id, title, quiet }: QuietProps) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const wake = () =>
    start(async () => {
      const result = await quiet({ ids: [id], how: "wake" });
      toast(result.ok ? "It asks for attention again" : result.message);
      router.refresh();
    });
  return (
    <Button disabled={pending} aria-label={`Wake: ${title}`} onClick={wake}>
      Wake
    </Button>
  );
}

function Acknowledge({ id, title, quiet }: QuietProps) {
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  return (
    <FormDialog
      trigger={<Button aria-label={`Acknowledge: ${title}`}>Acknowledge</Button>}
      title="Acknowledge"
      description={`${title}. Nothing is mended by it: the alert stands until an assessment finds it gone, and is told no more until then.`}
      fields={["reason", "until"]}
      word={until === "" ? "Acknowledge" : "Snooze"}
      submit={async () => {
        const result = await quiet(until === "" ? { ids: [id], how: "acknowledge", reason } : { ids: [id], how: "snooze", reason, until });
        return result.ok ? { ok: true, said: until === "" ? "Acknowledged" : `Quiet until ${until}` } : result;
      }}
    >
      {(errorOf) => (
        <>
          <Field label="Reason" error={errorOf("reason")}>
            {(parts) => <TextArea {...parts} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <Field label="Quiet until" hint="empty: for as long as it lasts; else at most 90 days" error={errorOf("until")}>
            {(parts) => <Input {...parts} type="date" value={until} onChange={(event) => setUntil(event.target.value)} />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
