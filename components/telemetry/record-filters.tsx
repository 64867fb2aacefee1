"use client";
import { Columns3, Search } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useState, useTransition, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { PopoverContent, PopoverRoot, PopoverTrigger } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import type { RecordPageView } from "@/lib/reports/telemetry-record-page";
import { formatCount } from "@/lib/shared/format-number";

const KEPT = ["assessment", "segment"] as const;

/** Narrows the records by the address: kind, host and time by the index, text in the records themselves. */
export function RecordFilters({ view }: { view: RecordPageView }) {
  const { filter, kinds, fields, columns } = view;
  const [pending, start] = useTransition();
  const router = useRouter();
  const path = usePathname();
  const go = (change: (query: URLSearchParams) => void) => {
    const next = new URLSearchParams(window.location.search);
    next.delete("page");
    next.delete("after");
    change(next);
    start(() => router.push(next.size === 0 ? path : `${path}?${next.toString()}`, { scroll: false }));
  };
  const set = (name: string, value: string | null) => go((query) => (value === null || value === "" ? query.delete(name) : query.set(name, value)));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    go((query) => {
      for (const name of ["host", "from", "to", "q"]) {
        const value = form.get(name);
        if (typeof value === "string" && value.trim() !== "") query.set(name, value.trim());
        else query.delete(name);
      }
    });
  };
  return (
    <form role="search" aria-busy={pending} onSubmit={submit} className="flex flex-wrap items-end gap-2 px-3 py-2 md:px-4">
      <Select label="Filter by record kind" className="max-w-64" value={filter.kind ?? "all"} onChange={(value) => set("kind", value === "all" ? null : value)} options={[{ value: "all", label: "any record kind" }, ...kinds.map(({ kind, count }) => ({ value: kind, label: kind, note: formatCount(count) }))]} />
      <Input name="host" aria-label="Part of a host name" placeholder="Host" defaultValue={filter.host ?? ""} className="w-32" />
      <label className="flex items-center gap-1 text-xs text-ink-3">
        <span className="max-sm:w-7">from</span>
        <Input name="from" type="datetime-local" aria-label="From, UTC" defaultValue={iso(filter.from)} className="w-44" />
      </label>
      <label className="flex items-center gap-1 text-xs text-ink-3">
        <span className="max-sm:w-7">to</span>
        <Input name="to" type="datetime-local" aria-label="To, UTC" defaultValue={iso(filter.to)} className="w-44" />
      </label>
      <Input name="q" type="search" aria-label="Text in a field" placeholder="Text in a field" defaultValue={filter.text} className="w-44" />
      <Select label="Field that holds the text" className="max-w-44" value={filter.field ?? "any"} onChange={(value) => set("field", value === "any" ? null : value)} options={[{ value: "any", label: "in any field" }, ...[...fields].sort((a, b) => Number(b.here) - Number(a.here)).map(({ id, here }) => ({ value: id, label: id, note: here ? undefined : "not on this page" }))]} />
      <Button type="submit">
        <Search size={14} aria-hidden /> Search
      </Button>
      <Checkbox checked={filter.refused} onChange={(event) => set("refused", event.target.checked ? "1" : null)}>
        refused only ({formatCount(view.dataset.refused)})
      </Checkbox>
      <ColumnPicker fields={fields} columns={columns} onChange={(next) => set("cols", next.join(","))} />
      {[filter.kind, filter.host, filter.from, filter.to, filter.field].some((value) => value !== null) || filter.text !== "" || filter.refused ? (
        <Button variant="ghost" onClick={() => go((query) => [...query.keys()].filter((name) => !KEPT.some((kept) => kept === name)).forEach((name) => query.delete(name)))}>
          Clear
        </Button>
      ) : null}
    </form>
  );
}

function ColumnPicker({ fields, columns, onChange }: { fields: RecordPageView["fields"]; columns: readonly string[]; onChange: (columns: string[]) => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(columns); // at once; the page follows
  const choose = (next: readonly string[]) => {
    setChosen(next);
    onChange([...next]);
  };
  const found = [...fields].filter(({ id, meaning }) => `${id} ${meaning}`.toLowerCase().includes(text.trim().toLowerCase())).sort((a, b) => Number(b.here) - Number(a.here));
  return (
    <PopoverRoot>
      <PopoverTrigger asChild>
        <Button>
          <Columns3 size={14} aria-hidden /> Columns ({chosen.length})
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label="Columns" className="w-80">
        <Input aria-label="Find a field" placeholder="Find a field" value={text} onChange={(event) => setText(event.target.value)} />
        <ul className="mt-2 grid max-h-72 gap-0.5 overflow-y-auto" tabIndex={0} aria-label="Fields">
          {found.map(({ id, meaning, here }) => (
            <li key={id}>
              <Checkbox checked={chosen.includes(id)} onChange={(event) => choose(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))} title={meaning}>
                <code>{id}</code>
                <span className="truncate text-xs text-ink-3">{here ? meaning : "not filled on this page"}</span>
              </Checkbox>
            </li>
          ))}
        </ul>
      </PopoverContent>
    </PopoverRoot>
  );
}

function iso(ms: number | null): string {
  return ms === null ? "" : new Date(ms).toISOString().slice(0, 16);
}
