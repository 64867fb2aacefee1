"use client";
import { ConfirmButton } from "@/components/forms/confirm-button";
import { counted } from "@/lib/shared/format-number";

export type RemoveSourceAction = (name: string) => Promise<{ readonly ok: true; readonly data: number } | { readonly ok: false; readonly message: string }>;

/** Takes the rules of a source out of every later evaluation, after asking once. */
export function RemoveSource({ name, rules, remove }: { name: string; rules: number; remove: RemoveSourceAction }) {
  return (
    <ConfirmButton
      variant="ghost"
      label="Remove"
      title={`Remove the rules of ${name}?`}
      description={`${counted(rules, "rule")} leave every later evaluation and assessment. Their links and history stay: importing them again brings them back as they were linked.`}
      confirm="Remove them"
      act={() => remove(name)}
    />
  );
}
