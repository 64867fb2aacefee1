"use client";
import { ChevronDown } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { PopoverContent, PopoverRoot, PopoverTrigger } from "@/components/ui/popover";
import type { BenchChoices } from "@/lib/reports/bench-view";
import { counted } from "@/lib/shared/format-number";
import { findChoices } from "./ask-bench";

const PAUSE_MS = 200;

/** A list to pick a rule or events from, narrowed by words; what is picked goes into the address. */
export function PickChoice({ of, label, clears }: { of: "rule" | "events"; label: string; clears: readonly string[] }) {
  const [open, setOpen] = useState(false);
  return (
    <PopoverRoot open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button>
          {label}
          <ChevronDown size={14} aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label={label} className="w-[360px] p-2">
        <Choices of={of} clears={clears} onPicked={() => setOpen(false)} />
      </PopoverContent>
    </PopoverRoot>
  );
}

function Choices({ of, clears, onPicked }: { of: "rule" | "events"; clears: readonly string[]; onPicked: () => void }) {
  const [words, setWords] = useState("");
  const [found, setFound] = useState<BenchChoices | { readonly error: string } | null>(null);
  const address = useSearchParams();
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      findChoices(of, words, stop.signal)
        .then(setFound)
        .catch((error: unknown) => {
          if (!stop.signal.aborted) setFound({ error: error instanceof Error ? error.message : String(error) });
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [of, words]);
  const hrefOf = (picked: Readonly<Record<string, string>>): string => {
    const next = new URLSearchParams(address);
    for (const name of clears) next.delete(name);
    for (const [name, value] of Object.entries(picked)) next.set(name, value);
    return `/bench?${next}`;
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <Input aria-label={of === "rule" ? "Find a rule" : "Find events"} placeholder="Words of its name or source" value={words} onChange={(event) => setWords(event.target.value)} autoFocus />
      {found === null ? <p className="px-1 text-xs text-ink-3">Looking…</p> : null}
      {found !== null && "error" in found ? (
        <p role="alert" className="px-1 text-xs text-attn">
          {found.error}
        </p>
      ) : null}
      {found !== null && "choices" in found ? (
        <>
          <ul className="grid max-h-72 grid-cols-[minmax(0,1fr)] overflow-auto" aria-label={of === "rule" ? "Rules" : "Events"}>
            {found.choices.map(({ title, note, address: picked }) => (
              <li key={JSON.stringify(picked)}>
                <KeptLink href={hrefOf(picked)} onClick={onPicked} className="block rounded-sm px-1.5 py-1 hover:bg-hover">
                  <span className="block [overflow-wrap:anywhere]">{title}</span>
                  <span className="block text-xs text-ink-3">{note}</span>
                </KeptLink>
              </li>
            ))}
          </ul>
          <p className="px-1 text-xs text-ink-3">{found.total === 0 ? "Nothing has these words." : found.total > found.choices.length ? `${counted(found.total - found.choices.length, "more")}: type to narrow them.` : counted(found.total, "found", "found")}</p>
        </>
      ) : null}
    </div>
  );
}
