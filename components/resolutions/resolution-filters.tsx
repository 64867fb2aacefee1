"use client";
import { Search } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ResolutionsView } from "@/lib/operations/get-resolutions-view";
import { formatCount } from "@/lib/shared/format-number";
import { uncitedWord } from "./verdict-words";

const FACETS = [
  ["verdict", "any verdict"],
  ["basis", "any basis"],
  ["confidence", "any confidence"],
  ["platform", "any platform"],
  ["family", "any family"],
  ["uncited", "cited or not"],
] as const;

/** Narrows the table by the address: every state of it is a link. */
export function ResolutionFilters({ view }: { view: Pick<ResolutionsView, "filter" | "facets" | "overridden"> }) {
  const { filter, facets, overridden } = view;
  const [text, setText] = useState(filter.text);
  const [pending, start] = useTransition();
  const router = useRouter();
  const path = usePathname();
  const current = useSearchParams();
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(current);
    next.delete("page");
    if (value === null || value === "") next.delete(name);
    else next.set(name, value);
    start(() => router.replace(next.size === 0 ? path : `${path}?${next.toString()}`, { scroll: false }));
  };
  return (
    <form
      role="search"
      aria-busy={pending}
      className="flex flex-wrap items-center gap-2 px-3 py-2 md:px-4"
      onSubmit={(event) => {
        event.preventDefault();
        set("q", text.trim());
      }}
    >
      <Input type="search" aria-label="Words in component, name, channel, record kinds or analytics" placeholder="Component, name, channel, kind, AN..." className="basis-60 sm:w-72 sm:basis-auto" value={text} onChange={(event) => setText(event.target.value)} />
      <Button type="submit">
        <Search size={14} aria-hidden /> Search
      </Button>
      {FACETS.map(([name, all]) => (
        <Select
          key={name}
          label={name === "uncited" ? "Filter by why nothing is accepted as cited" : `Filter by ${name}`}
          value={filter[name] ?? "all"}
          onChange={(value) => set(name, value === "all" ? null : value)}
          options={[{ value: "all", label: all }, ...facets[name].map(({ value, count }) => ({ value, label: name === "uncited" ? uncitedWord(value) : value, note: formatCount(count) }))]}
        />
      ))}
      <Checkbox checked={filter.overridden} onChange={(event) => set("overridden", event.target.checked ? "1" : null)}>
        overridden ({formatCount(overridden)})
      </Checkbox>
    </form>
  );
}
