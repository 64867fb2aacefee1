import { Segmented } from "@/components/ui/segmented";

const TABS = [
  { href: "/imports", label: "Events" },
  { href: "/imports/inventory", label: "Inventory" },
  { href: "/imports/segments", label: "Segments and rosters" },
  { href: "/imports/catalog", label: "Catalog" },
  { href: "/imports/rules", label: "Rules" },
] as const;

/** Only the imports that exist are offered. */
export function ImportTabs({ current, offered }: { current: string; offered: readonly string[] }) {
  return <Segmented label="Kinds of import" items={TABS.filter((tab) => offered.includes(tab.href)).map((tab) => ({ ...tab, current: tab.href === current }))} />;
}
