"use client";
import { usePathname } from "next/navigation";
import { useCrumbName } from "./crumb-name";
import { KeptLink } from "./kept-link";
import { isCurrent, NAVIGATION } from "./navigation";

/** Screens below a screen, by their address. */
const PAGES: Readonly<Record<string, string>> = {
  "/rules/check": "Can they fire",
  "/rules/deployed": "Deployed",
  "/rules/links": "Links",
  "/assessments/compare": "What changed",
  "/catalog/effect": "Release effect",
  "/telemetry/what-if": "What could a source give",
  "/imports/inventory": "Inventory",
  "/imports/segments": "Segments and rosters",
  "/imports/catalog": "Catalog",
  "/imports/rules": "Rules",
};

/** Where we are: the screen, then the thing on it by the name that the page gives it, else by its id. */
export function Breadcrumbs({ names }: { names: Readonly<Record<string, string>> }) {
  const pathname = usePathname();
  const said = useCrumbName();
  const screen = NAVIGATION.flatMap((group) => group.items).find((item) => isCurrent(item.href, pathname));
  if (!screen) return <div className="font-medium">Sightline</div>;
  const rest = pathname.slice(screen.href.length).split("/").filter(Boolean).map(decodeURIComponent);
  return (
    <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 font-medium whitespace-nowrap">
      {rest.length === 0 ? (
        <span aria-current="page">{screen.label}</span>
      ) : (
        <>
          <KeptLink href={screen.href} className="hover:underline">
            {screen.label}
          </KeptLink>
          <span className="font-normal text-ink-3" aria-hidden>
            /
          </span>
          <span aria-current="page" className="truncate" title={said ?? undefined} suppressHydrationWarning>
            {PAGES[pathname] ?? said ?? nameOf(rest.at(-1) ?? "", names)}
          </span>
        </>
      )}
    </nav>
  );
}

/** A name where there is one; of a long machine id only its head, since the page's title says the rest. */
function nameOf(id: string, names: Readonly<Record<string, string>>): string {
  return names[id] ?? (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? id.slice(0, 8) : id);
}
