"use client";
import { ChartNoAxesColumn, Network, Play, Search, ShieldQuestion } from "lucide-react";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { StatusGlyph } from "@/components/status/status-glyph";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { PaletteView } from "@/lib/reports/palette-view";
import { findMatches } from "./find-matches";
import { useKeptHref } from "./kept-link";
import { DEEPER, NAVIGATION } from "./navigation";
import { chooseTheme } from "./theme-toggle";

const EMPTY: PaletteView = { analytics: [], techniques: [] };
const SCREENS = [...NAVIGATION.flatMap((group) => group.items), ...DEEPER];

/** ⌘K: go to an analytic, technique or segment, or do something. Status shows before you open. */
export function CommandPalette({ segments }: { segments: readonly { id: string; name: string }[] }) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [data, setData] = useState<PaletteView | null>(null);
  const router = useRouter();
  const kept = useKeptHref();

  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        setOpen((was) => !was);
      }
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);

  useEffect(() => {
    if (!open || data) return;
    let current = true;
    fetch("/api/palette")
      .then((response) => (response.ok ? response.json() : EMPTY))
      .then((view: PaletteView) => current && setData(view))
      .catch(() => current && setData(EMPTY));
    return () => {
      current = false;
    };
  }, [open, data]);

  const found = useMemo(() => {
    const view = data ?? EMPTY;
    return {
      analytics: findMatches(view.analytics, query, (row) => `${row.id} ${row.name}`, 6),
      techniques: findMatches(view.techniques, query, (row) => `${row.id} ${row.name}`, 4),
      segments: findMatches(segments, query, (row) => row.name, 4),
      screens: findMatches(SCREENS, query, (row) => row.label, query ? 4 : 8),
    };
  }, [data, query, segments]);

  const nothing = query !== "" && found.analytics.length + found.techniques.length + found.segments.length + found.screens.length === 0;

  const act = (href: string) => {
    setOpen(false);
    setQuery("");
    router.push(kept(href));
  };

  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <Button className="justify-start bg-surface-2 text-ink-3 max-lg:w-7 max-lg:justify-center max-lg:border-transparent max-lg:bg-transparent max-lg:px-0 lg:w-44" aria-label="Go to">
          <Search size={14} aria-hidden />
          <span className="hidden lg:inline">Go to</span>
          <span className="ml-auto hidden lg:inline">
            <Kbd>⌘K</Kbd>
          </span>
        </Button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content aria-describedby={undefined} className="fixed top-[12vh] left-1/2 z-50 w-[min(640px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-xl border border-line-2 bg-surface shadow-pop">
          <Radix.Title className="sr-only">Go to</Radix.Title>
          <Command shouldFilter={false} loop label="Go to">
            <div className="flex h-13 items-center gap-2.5 border-b px-4">
              <Search size={18} className="text-ink-3" aria-hidden />
              <Command.Input value={query} onValueChange={setQuery} placeholder="Analytic, technique, segment or action" className="h-12 flex-1 bg-transparent text-lg outline-none" />
              <Kbd>esc</Kbd>
            </div>
            {nothing ? (
              <p role="status" className="px-4 py-6 text-ink-2">
                {data ? "Nothing by that name." : "Loading…"}
              </p>
            ) : null}
            <Command.List className="max-h-[min(440px,60vh)] overflow-y-auto pb-2" aria-label="Results">
              <Group label="Analytics" show={found.analytics.length > 0}>
                {found.analytics.map((row) => (
                  <Item key={row.id} value={row.id} onSelect={() => act(`/analytics/${row.id}`)} icon={<ChartNoAxesColumn size={16} aria-hidden />} id={row.id} name={row.name} query={query}>
                    {row.statuses.slice(0, 8).map((status, index) => (
                      <StatusGlyph key={index} status={status.status} flags={status.flags} size={16} />
                    ))}
                  </Item>
                ))}
              </Group>
              <Group label="Techniques" show={found.techniques.length > 0}>
                {found.techniques.map((row) => (
                  <Item key={row.id} value={row.id} onSelect={() => act(`/analytics?q=${encodeURIComponent(row.id)}`)} icon={<ShieldQuestion size={16} aria-hidden />} id={row.id} name={row.name} query={query}>
                    <span className="text-xs text-ink-3">
                      {row.analytics} {row.analytics === 1 ? "analytic" : "analytics"}
                    </span>
                  </Item>
                ))}
              </Group>
              <Group label="Segments" show={found.segments.length > 0}>
                {found.segments.map((row) => (
                  <Item key={row.id} value={`segment ${row.id}`} onSelect={() => act(`/segments/${row.id}`)} icon={<Network size={16} aria-hidden />} name={row.name} query={query} />
                ))}
              </Group>
              <Group label="Go" show={found.screens.length > 0}>
                {found.screens.map((row) => (
                  <Item key={row.href} value={`screen ${row.href}`} onSelect={() => act(row.href)} icon={<row.icon size={16} aria-hidden />} name={row.label} query={query} />
                ))}
              </Group>
              <Group label="Do" show={found.screens.length > 0 || query === ""}>
                <Item value="do assess" onSelect={() => act("/assessments?run=1")} icon={<Play size={16} aria-hidden />} name="Run an assessment" query={query} />
                <Item value="do layers" onSelect={() => act("/matrix?layers=true")} icon={<Play size={16} aria-hidden />} name="Take Navigator layers away, or compare with one" query={query} />
                <Item value="do system colours" onSelect={() => { chooseTheme("system"); setOpen(false); }} icon={<Play size={16} aria-hidden />} name="Follow the system’s colours" query={query} />
              </Group>
            </Command.List>
            <div className="flex items-center gap-4 border-t bg-surface-2 px-4 py-2 text-xs text-ink-3 max-md:hidden">
              <span>
                <Kbd>↑</Kbd> <Kbd>↓</Kbd> choose
              </span>
              <span>
                <Kbd>↵</Kbd> open
              </span>
              <span className="ml-auto">
                <Kbd>?</Kbd> all keys
              </span>
            </div>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Group({ label, show, children }: { label: string; show: boolean; children: ReactNode }) {
  if (!show) return null;
  return (
    <Command.Group heading={label} className="[&_[cmdk-group-heading]]:px-4 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-3">
      {children}
    </Command.Group>
  );
}

function Item({ value, onSelect, icon, id, name, query, children }: { value: string; onSelect: () => void; icon: ReactNode; id?: string; name: string; query: string; children?: ReactNode }) {
  const at = query ? name.toLowerCase().indexOf(query.toLowerCase()) : -1;
  return (
    <Command.Item value={value} onSelect={onSelect} className="mx-2 flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-surface-3 [&>svg]:shrink-0 [&>svg]:text-ink-3">
      {icon}
      {id ? <span className="w-[74px] shrink-0 font-mono text-ink-2">{id}</span> : null}
      <span className="truncate">
        {at < 0 ? (
          name
        ) : (
          <>
            {name.slice(0, at)}
            <mark className="bg-transparent font-semibold text-accent">{name.slice(at, at + query.length)}</mark>
            {name.slice(at + query.length)}
          </>
        )}
      </span>
      <span className="ml-auto flex shrink-0 items-center gap-1.5">{children}</span>
    </Command.Item>
  );
}
