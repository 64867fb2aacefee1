"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";

/** Retiring asks once, because it takes the segment out of every later number; restoring does not. */
export function RetireSegment({ name, retired, save }: { name: string; retired: boolean; save: (retired: boolean) => Promise<{ readonly ok: boolean; readonly message?: string }> }) {
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const router = useRouter();
  const submit = () =>
    start(async () => {
      const result = await save(!retired);
      if (!result.ok) return setError(result.message ?? "It could not be changed.");
      setOpen(false);
      router.refresh();
    });
  if (retired)
    return (
      <span className="flex items-center gap-2">
        {error ? <span role="alert" className="text-xs text-attn">{error}</span> : null}
        <Button onClick={submit} disabled={pending}>
          Restore
        </Button>
      </span>
    );
  return (
    <DialogRoot open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Retire</Button>
      </DialogTrigger>
      <DialogContent title={`Retire ${name}?`} description="It leaves every later assessment. Its claims, samples and past assessments stay, and it can be restored.">
        <div className="flex items-center justify-end gap-2 px-4 py-4">
          {error ? <span role="alert" className="mr-auto text-xs text-attn">{error}</span> : null}
          <DialogClose asChild>
            <Button>Keep it</Button>
          </DialogClose>
          <Button variant="attention" onClick={submit} disabled={pending}>
            Retire
          </Button>
        </div>
      </DialogContent>
    </DialogRoot>
  );
}
