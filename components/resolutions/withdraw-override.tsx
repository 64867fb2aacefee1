"use client";
import { ReasonDialog } from "@/components/forms/reason-dialog";
import { Button } from "@/components/ui/button";

export type WithdrawAction = (request: { readonly reference: string; readonly platform: string | null; readonly analytic: string | null; readonly reason: string }) => Promise<{ readonly ok: true; readonly data: number } | { readonly ok: false; readonly message: string; readonly place: { readonly field?: string } }>;

/** Ends an override, with a reason; its versions stay in the history. */
export function WithdrawOverride({ reference, platform, analytic, withdraw }: { reference: string; platform: string | null; analytic: string | null; withdraw: WithdrawAction }) {
  return (
    <ReasonDialog
      trigger={<Button variant="attention">Withdraw</Button>}
      title="Withdraw this override?"
      description="Sightline’s own reading holds again from the next assessment on. Nothing is deleted: the withdrawal is the next version."
      word="Withdraw"
      attention
      submit={async (reason) => {
        const result = await withdraw({ reference, platform, analytic, reason });
        return result.ok ? { ok: true, said: "Override withdrawn; the next assessment reads the log source as Sightline does" } : result;
      }}
    />
  );
}
