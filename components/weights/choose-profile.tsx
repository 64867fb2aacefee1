"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { ProfileActions } from "./new-profile";

/** Lets a version of a profile count from the next assessment on, with a reason. */
export function ChooseProfile({ name, version, choose }: { name: string; version: number; choose: ProfileActions["choose"] }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const [pending, start] = useTransition();
  const router = useRouter();
  const submit = () =>
    start(async () => {
      const result = await choose({ name, version, reason });
      if (!result.ok) return setError(result.message);
      setOpen(false);
      toast(`${name}, version ${version}, counts from the next assessment on`);
      router.refresh();
    });
  return (
    <DialogRoot open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button aria-label={`Let ${name}, version ${version}, count`}>Let it count</Button>
      </DialogTrigger>
      <DialogContent title={`Let ${name} count?`} description="The next assessments pin this version. Those already run keep theirs, and the uniform number stays beside every weighted one.">
        <form
          noValidate
          className="grid gap-3 px-4 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Field label="Reason" hint="kept in the audit log" error={error}>
            {(parts) => <TextArea {...parts} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <div className="flex justify-end">
            <Button type="submit" variant="primary" disabled={pending}>
              Let it count
            </Button>
          </div>
        </form>
      </DialogContent>
    </DialogRoot>
  );
}
