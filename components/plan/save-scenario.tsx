"use client";
import { Bookmark } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, TextArea } from "@/components/ui/input";
import type { ScenarioChoices } from "@/lib/gaps/plan/scenario";

type Answer = { readonly ok: true } | { readonly ok: false; readonly message: string };
export type SaveScenario = (request: { readonly name: string; readonly note: string; readonly assessment: number; readonly choices: ScenarioChoices }) => Promise<Answer>;

/** Saves what is switched on under a name. */
export function SaveScenarioButton({ assessment, choices, save }: { assessment: number; choices: ScenarioChoices; save: SaveScenario }) {
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<string | undefined>(undefined);
  const [pending, start] = useTransition();
  const router = useRouter();
  const submit = (form: FormData) =>
    start(async () => {
      const text = (field: string): string => {
        const value = form.get(field);
        return typeof value === "string" ? value : "";
      };
      const answer = await save({ name: text("name"), note: text("note"), assessment, choices });
      if (!answer.ok) return setError(answer.message);
      setOpen(false);
      router.refresh();
    });
  return (
    <DialogRoot
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setError(undefined);
      }}
    >
      <DialogTrigger asChild>
        <Button disabled={choices.length === 0}>
          <Bookmark size={14} aria-hidden />
          Save as scenario
        </Button>
      </DialogTrigger>
      <DialogContent title="Save this choice as a scenario" description="A scenario is a thought with a name. No assessment ever reads it.">
        <form action={submit} className="flex flex-col gap-3 px-4 py-4">
          <Field label="Name" error={error}>
            {(parts) => <Input name="name" maxLength={120} required autoFocus {...parts} />}
          </Field>
          <Field label="Note" hint="Why, for whom, until when.">
            {(parts) => <TextArea name="note" rows={3} maxLength={2000} {...parts} />}
          </Field>
          <div className="flex justify-end">
            <Button type="submit" variant="primary" disabled={pending}>
              Save
            </Button>
          </div>
        </form>
      </DialogContent>
    </DialogRoot>
  );
}
