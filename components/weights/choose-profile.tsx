"use client";
import { ReasonDialog } from "@/components/forms/reason-dialog";
import { Button } from "@/components/ui/button";
import type { ProfileActions } from "./new-profile";

/** Lets a version of a profile count from the next assessment on, with a reason. */
export function ChooseProfile({ name, version, choose }: { name: string; version: number; choose: ProfileActions["choose"] }) {
  return (
    <ReasonDialog
      trigger={<Button aria-label={`Let ${name}, version ${version}, count`}>Let it count</Button>}
      title={`Let ${name} count?`}
      description="The next assessments pin this version. Those already run keep theirs, and the uniform number stays beside every weighted one."
      word="Let it count"
      hint="kept in the audit log"
      submit={async (reason) => {
        const result = await choose({ name, version, reason });
        return result.ok ? { ok: true, said: `${name}, version ${version}, counts from the next assessment on` } : result;
      }}
    />
  );
}
