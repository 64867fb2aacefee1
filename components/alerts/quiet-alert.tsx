"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, TextArea } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { AlertActions } from "./alert-actions";

/** Acknowledges an alert for as long as it lasts, or until a day; or wakes it again. */
export function QuietAlert({ id, title, silenced, quiet }: { id: number; title: string; silenced: boolean; quiet: AlertActions["quiet"] }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const [error, setError] = useState<{ field: string; message: string } | null>(null);
  const [pending, start] = useTransition();
  const ask = (request: Parameters<AlertActions["quiet"]>[0], done: string) =>
    start(async () => {
      const result = await quiet(request);
      if (!result.ok) return setError({ field: result.place.field ?? "", message: result.message });
      setOpen(false);
      toast(done);
      router.refresh();
    });
  if (silenced) {
    return (
      <Button disabled={pending} aria-label={`Wake: ${title}`} onClick={() => ask({ ids: [id], how: "wake" }, "It asks for attention again")}>
        Wake
      </Button>
    );
  }
  return (
    <DialogRoot
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setError(null);
      }}
    >
      <DialogTrigger asChild>
        <Button aria-label={`Acknowledge: ${title}`}>Acknowledge</Button>
      </DialogTrigger>
      <DialogContent title="Acknowledge" description={`${title}. Nothing is mended by it: the alert stands until an assessment finds it gone, and is told no more until then.`}>
        <form
          noValidate
          className="grid gap-3 px-4 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            ask(until === "" ? { ids: [id], how: "acknowledge", reason } : { ids: [id], how: "snooze", reason, until }, until === "" ? "Acknowledged" : `Quiet until ${until}`);
          }}
        >
          <Field label="Reason" error={error?.field === "reason" ? error.message : undefined}>
            {(parts) => <TextArea {...parts} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <Field label="Quiet until" hint="empty: for as long as it lasts; else at most 90 days" error={error?.field === "until" ? error.message : undefined}>
            {(parts) => <Input {...parts} type="date" value={until} onChange={(event) => setUntil(event.target.value)} />}
          </Field>
          <div className="flex items-center justify-end gap-3">
            {error !== null && error.field !== "reason" && error.field !== "until" ? (
              <span role="alert" className="text-xs font-medium text-attn">
                {error.message}
              </span>
            ) : null}
            <Button type="submit" variant="primary" disabled={pending}>
              {until === "" ? "Acknowledge" : "Snooze"}
            </Button>
          </div>
        </form>
      </DialogContent>
    </DialogRoot>
  );
}
