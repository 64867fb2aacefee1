"use client";
import { Bookmark } from "lucide-react";
import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, TextArea } from "@/components/ui/input";
import type { ScenarioChoices } from "@/lib/gaps/plan/scenario";

type Answer = { readonly ok: true } | { readonly ok: false; readonly message: string; readonly place: { readonly field?: string } };
export type SaveScenario = (request: { readonly name: string; readonly note: string; readonly assessment: number; readonly choices: ScenarioChoices }) => Promise<Answer>;

/** Saves what is switched on under a name. */
export function SaveScenarioButton({ assessment, choices, save }: { assessment: number; choices: ScenarioChoices; save: SaveScenario }) {
  const [name, setName] = useState("");
  const [note, setNote] = useState("");
  return (
    <FormDialog
      trigger={
        <Button disabled={choices.length === 0}>
          <Bookmark size={14} aria-hidden />
          Save as scenario
        </Button>
      }
      title="Save this choice as a scenario"
      description="A scenario is a thought with a name. No assessment ever reads it."
      fields={["name", "note"]}
      word="Save"
      disabled={name.trim() === ""}
      submit={async () => {
        const answer = await save({ name, note, assessment, choices });
        return answer.ok ? { ok: true, said: `Scenario ${name} saved` } : answer;
      }}
    >
      {(errorOf) => (
        <>
          <Field label="Name" error={errorOf("name")}>
            {(parts) => <Input {...parts} maxLength={120} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
          <Field label="Note" hint="Why, for whom, until when." error={errorOf("note")}>
            {(parts) => <TextArea {...parts} rows={3} maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
