"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { ConfirmButton, type Confirmed } from "@/components/forms/confirm-button";
import { Button } from "@/components/ui/button";

/** Retiring asks once, because it takes the segment out of every later number; restoring does not. */
export function RetireSegment({ name, retired, save }: { name: string; retired: boolean; save: (retired: boolean) => Promise<Confirmed> }) {
  if (retired) return <Restore save={() => save(false)} />;
  return (
    <ConfirmButton
      label="Retire"
      title={`Retire ${name}?`}
      description="It leaves every later assessment. Its claims, samples and past assessments stay, and it can be restored."
      confirm="Retire"
      act={() => save(true)}
    />
  );
}

function Restore({ save }: { save: () => Promise<Confirmed> }) {
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const router = useRouter();
  const submit = () =>
    start(async () => {
      const result = await save();
      if (result.ok) router.refresh();
      else setError(result.message ?? "It could not be changed.");
    });
  return (
    <span className="flex items-center gap-2">
      {error ? (
        <span role="alert" className="text-xs text-attn">
          {error}
        </span>
      ) : null}
      <Button onClick={submit} disabled={pending}>
        Restore
      </Button>
    </span>
  );
}
