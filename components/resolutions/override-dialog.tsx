"use client";
import { useState, useTransition } from "react";
import { FormDialog, type HandedIn } from "@/components/forms/form-dialog";
import { Button, type ButtonProps } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, TextArea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { CandidateKind } from "@/lib/reports/resolution-view";
import { KindPicker, type ChosenKind } from "./kind-picker";
import { RequiredFields } from "./required-fields";
import { VERDICT_WORDS } from "./verdict-words";

/** What the dialog asks to be written. */
export interface OverrideFields {
  readonly reference: string;
  readonly platform: string | null;
  readonly analytic: string | null;
  readonly asCited: readonly string[];
  readonly equivalents: readonly string[];
  readonly verdict: string;
  readonly substitute: string;
  readonly reason: string;
}

export interface OverrideActions {
  readonly save: (fields: OverrideFields) => Promise<{ readonly ok: true; readonly data: number } | { readonly ok: false; readonly message: string; readonly place: { readonly field?: string } }>;
  readonly candidates: (component: string, platforms: readonly string[]) => Promise<{ readonly ok: true; readonly data: readonly CandidateKind[] } | { readonly ok: false; readonly message: string }>;
}

/** The log source that is overridden, with its reading now. */
export interface OverrideSubject {
  readonly reference: string;
  readonly component: { readonly id: string; readonly name: string };
  readonly name: string;
  readonly channel: string;
  readonly platforms: readonly string[]; // that cite it
  readonly analytic: string | null; // whose page asks
  readonly kinds: readonly ChosenKind[];
  readonly verdict: string;
  readonly substitute: string;
}

const FIELDS = ["kinds", "asCited", "substitute", "reason", "verdict"];

/** Says, with a reason, what a log source means here. Written as a new version; the next assessment counts with it. */
export function OverrideDialog({ subject, actions, label = "Override", variant = "plain", className }: { subject: OverrideSubject; actions: OverrideActions; label?: string; variant?: ButtonProps["variant"]; className?: string }) {
  const [candidates, setCandidates] = useState<readonly CandidateKind[] | null>(null);
  const [unread, setUnread] = useState<string | null>(null); // why the candidates could not be read
  const [scope, setScope] = useState("everywhere");
  const [chosen, setChosen] = useState(subject.kinds);
  const [verdict, setVerdict] = useState(subject.verdict);
  const [substitute, setSubstitute] = useState(subject.substitute);
  const [reason, setReason] = useState("");
  const [, start] = useTransition();

  const begin = () => {
    setChosen(subject.kinds);
    setVerdict(subject.verdict);
    setSubstitute(subject.substitute);
    setReason("");
    setUnread(null);
    start(async () => {
      const result = await actions.candidates(subject.component.id, subject.platforms);
      if (result.ok) setCandidates(result.data);
      else setUnread(result.message);
    });
  };
  const submit = async (): Promise<HandedIn> => {
    const of = (met: ChosenKind["met"]) => chosen.flatMap((own) => (own.met === met ? [own.kind] : []));
    const [kind, value = ""] = scope.split("\n");
    const result = await actions.save({
      reference: subject.reference,
      platform: kind === "platform" ? value : null,
      analytic: kind === "analytic" ? value : null,
      asCited: of("as-cited"),
      equivalents: of("equivalent"),
      verdict,
      substitute: verdict === "producible" ? "" : substitute,
      reason,
    });
    return result.ok ? { ok: true, said: `Override written (version ${result.data}); the next assessment counts with it` } : result;
  };

  return (
    <FormDialog
      trigger={
        <Button variant={variant} className={className} aria-label={`${label}: ${subject.name} ${subject.channel}`.trim()}>
          {label}
        </Button>
      }
      title="Override a resolution"
      description={<Cited subject={subject} />}
      fields={FIELDS}
      word="Write override"
      wide
      onOpen={begin}
      submit={submit}
    >
      {(errorOf) => (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3 sm:grid-cols-2">
            <Field label="Holds for" hint="The narrower one goes first.">
              {({ id }) => <Select id={id} label="Holds for" value={scope} onChange={setScope} options={scopesOf(subject)} className="w-full" />}
            </Field>
            <Field label="Verdict" error={errorOf("verdict")}>
              {({ id }) => <Select id={id} label="Verdict" value={verdict} onChange={setVerdict} options={Object.entries(VERDICT_WORDS).map(([value, words]) => ({ value, label: words }))} className="w-full" />}
            </Field>
          </div>
          <KindPicker candidates={candidates} chosen={chosen} onChange={setChosen} citedAllowed={verdict === "producible"} error={errorOf("kinds") ?? errorOf("asCited")} />
          <RequiredFields short kinds={chosen.flatMap(({ kind }) => candidates?.find((own) => own.kind === kind) ?? [])} />
          {verdict === "producible" ? null : (
            <Field label="In its place" hint="What to collect instead." error={errorOf("substitute")}>
              {(parts) => <Input {...parts} value={substitute} onChange={(event) => setSubstitute(event.target.value)} />}
            </Field>
          )}
          <Field label="Reason" hint="What you saw, where, and who can confirm it. It stands in every cell and in the evidence." error={errorOf("reason")}>
            {(parts) => <TextArea {...parts} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          {unread === null ? null : (
            <p role="alert" className="text-xs font-medium text-attn">
              {unread}
            </p>
          )}
        </>
      )}
    </FormDialog>
  );
}

function Cited({ subject }: { subject: OverrideSubject }) {
  return (
    <>
      {subject.component.name} <code className="text-ink-3">{subject.component.id}</code>, cited as <code className="[overflow-wrap:anywhere]">{[subject.name, subject.channel].filter(Boolean).join(" ")}</code>
    </>
  );
}

function scopesOf({ platforms, analytic }: OverrideSubject): { value: string; label: string }[] {
  return [
    { value: "everywhere", label: "Everywhere it is cited" },
    ...platforms.map((platform) => ({ value: `platform\n${platform}`, label: `Analytics of ${platform}` })),
    ...(analytic === null ? [] : [{ value: `analytic\n${analytic}`, label: `${analytic} only` }]),
  ];
}
