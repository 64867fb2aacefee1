"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";

type Act = () => Promise<{ readonly ok: true; readonly data: string } | { readonly ok: false; readonly message: string }>;

/** Makes a release the current one, after one question. */
export function MakeCurrent({ name, before, act }: { name: string; before: string; act: Act }) {
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const router = useRouter();
  const submit = () =>
    start(async () => {
      const result = await act();
      if (!result.ok) return setError(result.message);
      router.push("/catalog");
      router.refresh();
    });
  return (
    <DialogRoot onOpenChange={() => setError(null)}>
      <DialogTrigger asChild>
        <Button variant="primary">Make current</Button>
      </DialogTrigger>
      <DialogContent title={`Make ${name} current?`} description={`The next assessment asks what it asks, in place of ${before}. Assessments that were run keep their release, and ${before} can be made current again.`}>
        <div className="flex items-center justify-end gap-2 px-4 py-4">
          {error ? (
            <span role="alert" className="mr-auto text-xs text-attn">
              {error}
            </span>
          ) : null}
          <DialogClose asChild>
            <Button>Leave it</Button>
          </DialogClose>
          <Button variant="primary" onClick={submit} disabled={pending}>
            Make current
          </Button>
        </div>
      </DialogContent>
    </DialogRoot>
  );
}
