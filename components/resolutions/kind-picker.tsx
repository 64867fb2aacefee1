"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Chip, Pill } from "@/components/ui/chip";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { CandidateKind } from "@/lib/reports/resolution-view";
import { counted } from "@/lib/shared/format-number";

export type Met = "as-cited" | "equivalent";
export interface ChosenKind {
  readonly kind: string;
  readonly met: Met;
}

const SHOWN = 12;

/** Chooses record kinds as cited or as equivalents: from those that could meet the log source, or any key of a known family. */
export function KindPicker({ candidates, chosen, onChange, citedAllowed, error }: {
  candidates: readonly CandidateKind[] | null; // null: still loading
  chosen: readonly ChosenKind[];
  onChange: (chosen: readonly ChosenKind[]) => void;
  citedAllowed: boolean;
  error?: string | undefined;
}) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const free = (candidates ?? []).filter(({ kind }) => !chosen.some((own) => own.kind === kind));
  const found = free.filter(({ kind }) => wanted === "" || kind.toLowerCase().includes(wanted));
  const typed = /^[a-z0-9-]+:\S.*$/.test(text.trim()) && !free.some(({ kind }) => kind === text.trim()) && !chosen.some(({ kind }) => kind === text.trim()) ? text.trim() : null;
  const add = (kind: string, met: Met) => {
    onChange([...chosen, { kind, met }]);
    setText("");
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {chosen.length > 0 ? (
        <ul className="flex max-h-36 flex-wrap gap-1.5 overflow-auto" aria-label="Chosen record kinds" tabIndex={0}>
          {chosen.map(({ kind, met }) => (
            <li key={kind} className="max-w-full">
              <Chip active={met === "as-cited"} onRemove={() => onChange(chosen.filter((own) => own.kind !== kind))} removeLabel={`Remove ${kind}`}>
                <span className="font-mono">{kind}</span> {met === "as-cited" ? "as cited" : "equivalent"}
              </Chip>
            </li>
          ))}
        </ul>
      ) : null}
      <Field label="Record kinds" hint={candidates === null ? "Loading the kinds of this platform." : `${counted(found.length, "kind")}; those that carry the component come first. Any family:key may be typed.`} error={error}>
        {(parts) => <Input {...parts} value={text} placeholder="macos-esf:exec" onChange={(event) => setText(event.target.value)} />}
      </Field>
      <ul className="grid max-h-44 overflow-auto rounded-md border" aria-label="Record kinds to choose from" tabIndex={0}>
        {typed ? <Choice kind={typed} note="typed" citedAllowed={citedAllowed} onAdd={add} /> : null}
        {found.slice(0, SHOWN).map(({ kind, carries }) => (
          <Choice key={kind} kind={kind} note={carries ? null : "not in our tables"} citedAllowed={citedAllowed} onAdd={add} />
        ))}
        {found.length > SHOWN ? <li className="px-2 py-1 text-xs text-ink-3">{counted(found.length - SHOWN, "more kind")}: type to narrow them.</li> : null}
        {candidates !== null && found.length === 0 && typed === null ? <li className="px-2 py-1 text-xs text-ink-3">No kind has these letters.</li> : null}
      </ul>
    </div>
  );
}

function Choice({ kind, note, citedAllowed, onAdd }: { kind: string; note: string | null; citedAllowed: boolean; onAdd: (kind: string, met: Met) => void }) {
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b px-2 py-1 last:border-b-0">
      <span className="min-w-0 flex-1 basis-40 font-mono text-xs [overflow-wrap:anywhere]">{kind}</span>
      {note ? <Pill>{note}</Pill> : null}
      {citedAllowed ? (
        <Button variant="ghost" className="h-6 text-xs" aria-label={`${kind} as cited`} onClick={() => onAdd(kind, "as-cited")}>
          <Plus size={12} aria-hidden /> as cited
        </Button>
      ) : null}
      <Button variant="ghost" className="h-6 text-xs" aria-label={`${kind} as an equivalent`} onClick={() => onAdd(kind, "equivalent")}>
        <Plus size={12} aria-hidden /> equivalent
      </Button>
    </li>
  );
}
