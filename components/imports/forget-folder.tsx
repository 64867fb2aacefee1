"use client";
import { ConfirmButton } from "@/components/forms/confirm-button";

export type ForgetFolderAction = (id: string) => Promise<{ readonly ok: true; readonly data: string } | { readonly ok: false; readonly message: string }>;

/** Ends the watch of a folder for good, after asking once. */
export function ForgetFolder({ id, folder, families, forget }: { id: string; folder: string; families: readonly string[]; forget: ForgetFolderAction }) {
  return (
    <ConfirmButton
      variant="ghost"
      label="Forget"
      title={`Forget ${folder}?`}
      description={`${families.length === 0 ? "" : `That ${families.join(", ")} stop is noticed no more. `}What was imported stays, and so do the files in the folder.`}
      confirm="Forget it"
      act={() => forget(id)}
    />
  );
}
