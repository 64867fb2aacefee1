"use client";
import { Search } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useOptimistic, useTransition, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { DatasetFilter, DatasetPage } from "@/lib/events/dataset-types";
import { counted, formatCount } from "@/lib/shared/format-number";

const ORIGINS = ["production", "exercise", "lab", "public"] as const;

/** Narrows the imported files by the address, and leads through their pages. */
export function DatasetFilters({ page, segments }: { page: DatasetPage; segments: readonly { readonly id: string; readonly name: string }[] }) {
  const { filter, matching, pages, all } = page;
  const [pending, start] = useTransition();
  const router = useRouter();
  const path = usePathname();
  const [shown, show] = useOptimistic(filter, (now, change: Partial<DatasetFilter>) => ({ ...now, ...change })); // what was chosen, until the page follows
  const go = (change: (query: URLSearchParams) => void, chosen: Partial<DatasetFilter> = {}) => {
    const next = new URLSearchParams(window.location.search);
    next.delete("page");
    change(next);
    start(() => {
      show(chosen);
      router.push(next.size === 0 ? path : `${path}?${next.toString()}`, { scroll: false });
    });
  };
  const set = (name: string, value: string | null, chosen: Partial<DatasetFilter> = {}) => go((query) => (value === null || value === "" ? query.delete(name) : query.set(name, value)), chosen);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get("q");
    set("q", typeof value === "string" ? value.trim() : null);
  };
  const narrowed = filter.text !== "" || filter.segment !== null || filter.origin !== null || filter.refused;
  return (
    <form role="search" aria-label="Imported files" aria-busy={pending} onSubmit={submit} className="flex flex-wrap items-center gap-2">
      <Input key={filter.text} name="q" type="search" aria-label="Part of a file name" placeholder="Part of a file name" defaultValue={filter.text} className="w-52" />
      <Button type="submit">
        <Search size={14} aria-hidden /> Search
      </Button>
      <Select label="Filter by segment" className="max-w-52" value={shown.segment ?? "all"} onChange={(value) => set("segment", value === "all" ? null : value, { segment: value === "all" ? null : value })} options={[{ value: "all", label: "any segment" }, ...segments.map(({ id, name }) => ({ value: id, label: name }))]} />
      <Select label="Filter by origin" value={shown.origin ?? "any origin"} onChange={(value) => set("origin", value === "any origin" ? null : value, { origin: ORIGINS.find((origin) => origin === value) ?? null })} options={["any origin", ...ORIGINS].map((origin) => ({ value: origin, label: origin }))} />
      <Checkbox checked={shown.refused} onChange={(event) => set("refused", event.target.checked ? "1" : null, { refused: event.target.checked })}>
        with refused records
      </Checkbox>
      {narrowed ? (
        <Button variant="ghost" onClick={() => go((query) => ["q", "segment", "origin", "refused"].forEach((name) => query.delete(name)), { segment: null, origin: null, refused: false })}>
          Clear
        </Button>
      ) : null}
      <span role="status" className="ml-auto text-xs text-ink-2">
        {narrowed ? `${formatCount(matching)} of ${counted(all.files, "file")}` : counted(all.files, "file")}
      </span>
      {pages > 1 ? (
        <nav aria-label="Pages of files" className="flex items-center gap-2 text-xs text-ink-2">
          <span>
            page {formatCount(filter.page)} of {formatCount(pages)}
          </span>
          <Button disabled={filter.page <= 1} onClick={() => set("page", filter.page === 2 ? null : String(filter.page - 1))}>
            Previous
          </Button>
          <Button disabled={filter.page >= pages} onClick={() => set("page", String(filter.page + 1))}>
            Next
          </Button>
        </nav>
      ) : null}
    </form>
  );
}
