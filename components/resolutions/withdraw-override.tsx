"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";

export type WithdrawAction = (request: { readonly reference: string; readonly platform: string | null; readonly analytic: string | null; readonly reason: string }) => Promise<{ readonly ok: true; readonly data: number } | { readonly ok: false; readonly message: string }>;

/** Ends an override, with a reason; its versions stay in the history. */
export function WithdrawOverride({ reference, platform, analytic, withdraw }: { reference: string; platform: string | null; analytic: string | null; withdraw: WithdrawAction }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const [pending, start] = useTransition();
  const router = useRouter();
  const submit = () =>
    start(async () => {
      const result = await withdraw({ reference, platform, analytic, reason });
      if (!result.ok) return setError(result.message.replace(/^reason: /, ""));
      setOpen(false);
      toast("Override withdrawn; the next assessment reads the log source as Sightline does");
      router.refresh();
    });
  return (
    <DialogRoot open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="attention">Withdraw</Button>
      </DialogTrigger>
      <DialogContent title="Withdraw this override?" description="Sightline’s own reading holds again from the next assessment on. Nothing is deleted: the withdrawal is the next version.">
        <form
          noValidate
          className="grid gap-3 px-4 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Field label="Reason" error={error}>
            {(parts) => <TextArea {...parts} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <div className="flex justify-end">
            <Button type="submit" variant="attention" disabled={pending}>
              Withdraw
            </Button>
          </div>
        </form>
      </DialogContent>
    </DialogRoot>
  );
}
