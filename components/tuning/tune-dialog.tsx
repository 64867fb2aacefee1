"use client";
import { useState } from "react";
import { useRefresh } from "@/components/jobs/use-refresh";
import { waitForJob } from "@/components/jobs/wait-for-job";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, TextArea } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { TuningPreview } from "@/lib/operations/preview-tuning";
import type { TunedPlaceholder } from "@/lib/reports/analytic-tuning-view";
import { EffectOf } from "./tuning-effect";
import type { TuningActions } from "./tuning-actions";

interface TuneProps {
  readonly analytic: string;
  readonly segment: { readonly id: string; readonly name: string };
  readonly tuned: TunedPlaceholder;
  readonly actions: TuningActions;
  readonly withdraw?: boolean; // end what is set, in place of setting
}

const FIELDS = ["values", "owner", "reason", "expires"];

/** Gives a value or ends it: what it would do to the stored samples is shown first, and exactly that is saved. */
export function TuneDialog({ analytic, segment, tuned, actions, withdraw = false }: TuneProps) {
  const { placeholder, values, tuning } = tuned;
  const list = placeholder.kind === "list";
  const [open, setOpen] = useState(false);
  const [text, setText] = useState((values ?? []).join("\n"));
  const [owner, setOwner] = useState(tuning?.owner ?? "");
  const [reason, setReason] = useState("");
  const [expires, setExpires] = useState(tuning?.expires ?? "");
  const [busy, setBusy] = useState<string | null>(null);
  const [shown, setShown] = useState<TuningPreview | null>(null);
  const [refusal, setRefusal] = useState<{ message: string; field: string | undefined } | null>(null);
  const refresh = useRefresh();
  const edit = (set: (value: string) => void) => (value: string) => {
    set(value);
    setShown(null); // what was shown is not what would be saved
  };
  const refuse = (message: string, field?: string) => setRefusal({ message: message.replace(`${field ?? ""}: `, ""), field });

  const look = async () => {
    setRefusal(null);
    setBusy("Measuring");
    try {
      const scope = withdraw ? (tuning?.scope ?? analytic) : analytic;
      const started = await actions.preview({ segment: segment.id, analytic: scope === "" ? null : scope, name: placeholder.name, values: withdraw ? null : text.split("\n"), owner, reason, expires: expires === "" ? null : expires });
      if (!started.ok) return refuse(started.message, started.place.field);
      await waitForJob(started.data, (words) => setBusy(words || "Waiting for its turn"));
      const found = await actions.shown(started.data);
      if (found.ok) setShown(found.data);
      else refuse(found.message);
    } catch (error) {
      refuse(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(null);
    }
  };
  const save = async (preview: TuningPreview) => {
    setBusy("Saving");
    const saved = await actions.save(preview.preview);
    const failed = saved.ok && saved.data.tests !== null ? await ranTests(saved.data.tests, setBusy) : null;
    if (saved.ok) await refresh();
    setBusy(null);
    setShown(null);
    if (!saved.ok) return refuse(saved.message);
    setOpen(false);
    toast(failed === null ? `Saved as version ${saved.data.version}; the next assessment tests with it` : `Saved as version ${saved.data.version}, but its tests did not run: ${failed}`);
  };
  const said = (field: string): string | undefined => (refusal?.field === field ? refusal.message : undefined);

  return (
    <DialogRoot
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setShown(null);
        setRefusal(null);
      }}
    >
      <DialogTrigger asChild>
        <Button variant={withdraw ? "attention" : "plain"} aria-label={`${withdraw ? "Withdraw" : "Tune"} ${placeholder.name}`}>
          {withdraw ? "Withdraw" : "Tune"}
        </Button>
      </DialogTrigger>
      <DialogContent title={`${withdraw ? "Withdraw" : "Tune"} ${placeholder.name} in ${segment.name}`} description={withdraw ? "The default holds again. Nothing is deleted: the withdrawal is the next version." : placeholder.about || "A placeholder of imported rules; each line takes its place in turn."} className="w-[min(680px,calc(100vw-24px))]">
        <form
          noValidate
          className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            void (shown === null ? look() : save(shown));
          }}
        >
          {withdraw ? null : (
            <Field label={list ? "Values, one on each line" : `Value in ${placeholder.unit}`} hint={list ? hintOf(placeholder.defaults, placeholder.unit) : `From ${placeholder.least ?? "anything"} to ${placeholder.most ?? "anything"} ${placeholder.unit}; the default is ${placeholder.defaults?.join("") ?? "none"}.`} error={said("values")}>
              {(parts) => (list ? <TextArea {...parts} rows={4} className="font-mono" value={text} onChange={(event) => edit(setText)(event.target.value)} /> : <Input {...parts} inputMode="decimal" value={text} onChange={(event) => edit(setText)(event.target.value)} />)}
            </Field>
          )}
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3 sm:grid-cols-2">
            <Field label="Owner" hint="Who answers for it." error={said("owner")}>
              {(parts) => <Input {...parts} value={owner} onChange={(event) => edit(setOwner)(event.target.value)} />}
            </Field>
            {withdraw ? null : (
              <Field label="Last day" hint="Then the default holds again. Empty: no end." error={said("expires")}>
                {(parts) => <Input {...parts} type="date" value={expires} onChange={(event) => edit(setExpires)(event.target.value)} />}
              </Field>
            )}
          </div>
          <Field label="Reason" error={said("reason")}>
            {(parts) => <TextArea {...parts} rows={2} value={reason} onChange={(event) => edit(setReason)(event.target.value)} />}
          </Field>
          {refusal !== null && !FIELDS.includes(refusal.field ?? "") ? (
            <p role="alert" className="text-xs font-medium text-attn">
              {refusal.message}
            </p>
          ) : null}
          {shown === null ? null : <EffectOf effect={shown.effect} />}
          <DialogActions>
            <span aria-live="polite" className="text-xs text-ink-2">
              {busy}
            </span>
            <Button type="submit" variant={shown === null ? "plain" : "primary"} disabled={busy !== null}>
              {shown === null ? "Show the effect" : withdraw ? "Withdraw" : "Save"}
            </Button>
          </DialogActions>
        </form>
      </DialogContent>
    </DialogRoot>
  );
}

/** Waits for the tests that rest on the value, so that the page says at once which of them still pass. @returns why they did not run, or null */
async function ranTests(job: string, onProgress: (text: string) => void): Promise<string | null> {
  try {
    await waitForJob(job, (words) => onProgress(words || "Running the tests that rest on it"));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function hintOf(defaults: readonly string[] | null, unit: string): string {
  return `${unit === "" ? "" : `Unit: ${unit}. `}${defaults === null ? "It has no default: without a value, rules that ask for it are refused." : `The default is ${defaults.join(", ")}.`}`;
}
