"use client";
import { FlaskConical } from "lucide-react";
import { useEffect, useState } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import type { WhatIfChoices } from "@/lib/reports/matrix-projection";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { shortMoney } from "@/lib/shared/format-money";
import { counted } from "@/lib/shared/format-number";
import { useServerParameter } from "./use-server-parameter";

export type ListWhatIf = (request: { readonly assessment: number; readonly segments: readonly string[] | null }) => Promise<{ readonly ok: true; readonly data: WhatIfChoices } | { readonly ok: false; readonly message: string }>;
type Found = { readonly state: "asking" } | { readonly state: "there"; readonly choices: WhatIfChoices } | { readonly state: "failed"; readonly why: string };

/** Sources to tick, or a saved scenario: what they would add is drawn hatched into the matrix. */
export function WhatIfDialog({ view, list }: { view: MatrixView; list: ListWhatIf }) {
  const [set, pending, value] = useServerParameter("whatif");
  const [open, setOpen] = useState(false);
  const choose = (next: string | null): void => {
    setOpen(false);
    set(next);
  };
  return (
    <DialogRoot open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button aria-busy={pending} className={pending ? "opacity-60" : undefined}>
          <FlaskConical size={14} aria-hidden />
          What if{value === null ? "" : ` ${value.startsWith("scenario:") ? 1 : value.split(",").length}`}
        </Button>
      </DialogTrigger>
      <DialogContent title="What if these sources were collected?" description="Whole and fresh, from every host that can write them. The scorer says which cells would become observed; nothing of it is stored." className="w-[min(680px,calc(100vw-24px))]">
        {open ? <Choices view={view} list={list} value={value} onChoose={choose} /> : null}
      </DialogContent>
    </DialogRoot>
  );
}

function Choices({ view, list, value, onChoose }: { view: MatrixView; list: ListWhatIf; value: string | null; onChoose: (value: string | null) => void }) {
  const [found, setFound] = useState<Found>({ state: "asking" });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(view.projection?.state === "projected" ? view.projection.sources : []));
  const [text, setText] = useState("");
  const segments = view.scopes.map(({ segment }) => segment);
  const asked = segments.includes(null) ? "" : segments.join(" ");
  useEffect(() => {
    let left = false;
    list({ assessment: view.assessment, segments: asked === "" ? null : asked.split(" ") }).then(
      (answer) => left || setFound(answer.ok ? { state: "there", choices: answer.data } : { state: "failed", why: answer.message }),
      () => left || setFound({ state: "failed", why: "The server did not answer." }),
    );
    return () => void (left = true);
  }, [list, view.assessment, asked]);
  if (found.state === "asking") return <p role="status" className="px-4 py-6 text-ink-2">Reading what is open to be collected</p>;
  if (found.state === "failed") return <p role="alert" className="px-4 py-6 text-attn">{found.why}</p>;
  const { sources, scenarios, currency } = found.choices;
  const words = text.trim().toLowerCase();
  const toggle = (family: string): void => setTicked((now) => (now.has(family) ? new Set([...now].filter((other) => other !== family)) : new Set([...now, family])));
  return (
    <div className="px-4 pt-3 pb-4">
      <h3>Sources with something left to collect {view.scopes.length === 1 && view.scopes[0].segment !== null ? `in ${view.scopes[0].name}` : "here"}</h3>
      {sources.length > 10 ? <Input value={text} onChange={(event) => setText(event.target.value)} placeholder="Source" aria-label="Find a source" className="mt-1.5 w-full" /> : null}
      {sources.length === 0 ? <p className="mt-1 text-ink-2">Nothing is left to collect.</p> : null}
      <ul aria-label="Sources" className="mt-1.5 grid max-h-56 gap-x-3 overflow-y-auto sm:grid-cols-2">
        {sources
          .filter(({ title, family }) => `${title} ${family}`.toLowerCase().includes(words))
          .map(({ family, title, collections, segments: places, cost }) => (
            <li key={family}>
              <Checkbox className="py-1" checked={ticked.has(family)} onChange={() => toggle(family)}>
                <span className="min-w-0">
                  <span className="block truncate">{title}</span>
                  <span className="block text-xs text-ink-3">
                    {counted(collections, "collection")}
                    {places > 1 ? `, ${counted(places, "segment")}` : ""}, {shortMoney(cost, currency)} a year
                  </span>
                </span>
              </Checkbox>
            </li>
          ))}
      </ul>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button variant="primary" disabled={ticked.size === 0} onClick={() => onChoose([...ticked].sort().join(","))}>
          Project {ticked.size === 0 ? "" : counted(ticked.size, "source")}
        </Button>
        {value === null ? null : (
          <Button variant="ghost" onClick={() => onChoose(null)}>
            Stop projecting
          </Button>
        )}
      </div>
      <h3 className="mt-4">Saved scenarios</h3>
      {scenarios.length === 0 ? (
        <p className="mt-1 text-ink-2">
          None is saved.{" "}
          <KeptLink href="/plan" className="text-accent underline">
            Choose collections one by one on the plan
          </KeptLink>{" "}
          and keep the choice under a name.
        </p>
      ) : (
        <ul aria-label="Scenarios" className="mt-1">
          {scenarios.map(({ id, name, note, collections, cells }) => (
            <li key={id} className="flex items-center gap-3 border-t py-1.5">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium" title={name}>{name}</span>
                <span className="block text-xs text-ink-3">
                  {counted(collections, "collection")}, +{counted(cells, "cell")} of the fleet when it was saved{note === "" ? "" : `. ${note}`}
                </span>
              </span>
              <Button disabled={value === `scenario:${id}`} onClick={() => onChoose(`scenario:${id}`)} aria-label={`Project ${name}`}>
                Project
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
