"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";

/** How an action ended: what cannot be done says why. */
export interface Confirmed {
  readonly ok: boolean;
  readonly message?: string;
}

interface ConfirmProps {
  readonly label: ReactNode; // of the button on the page
  readonly title: string; // the question
  readonly description: string; // what goes, and what stays
  readonly confirm: string; // the word on the button that does it
  readonly act: () => Promise<Confirmed>;
  readonly goTo?: string; // where the page leads when the thing is gone; else it is drawn again
  readonly keep?: string; // the word on the button that leaves everything as it is
  readonly variant?: "plain" | "ghost";
  readonly gives?: boolean; // it takes nothing away: drawn as the page's first action, not as a warning
}

/** A button that asks once before it does what cannot be overlooked. */
export function ConfirmButton({ label, title, description, confirm, act, goTo, keep = "Keep it", variant = "plain", gives = false }: ConfirmProps) {
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const router = useRouter();
  const submit = () =>
    start(async () => {
      const result = await act();
      if (!result.ok) return setError(result.message ?? "It could not be done.");
      setOpen(false);
      if (goTo !== undefined) router.replace(goTo);
      router.refresh(); // the frame around the page too
    });
  return (
    <DialogRoot
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setError(null);
      }}
    >
      <DialogTrigger asChild>
        <Button variant={gives ? "primary" : variant}>{label}</Button>
      </DialogTrigger>
      <DialogContent title={title} description={description}>
        <div className="flex items-center justify-end gap-2 px-4 py-4">
          {error ? (
            <span role="alert" className="mr-auto text-xs text-attn">
              {error}
            </span>
          ) : null}
          <DialogClose asChild>
            <Button>{keep}</Button>
          </DialogClose>
          <Button variant={gives ? "primary" : "attention"} onClick={submit} disabled={pending}>
            {confirm}
          </Button>
        </div>
      </DialogContent>
    </DialogRoot>
  );
}
