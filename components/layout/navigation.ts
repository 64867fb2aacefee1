import { Bell, Braces, ChartNoAxesColumn, ChartSpline, FileCheck2, FileSearch, FlaskConical, Gavel, GitCompareArrows, Grid3x3, History, LayoutDashboard, Library, ListChecks, Network, Package, Radar, RadioTower, Scale, Target, Upload, type LucideIcon } from "lucide-react";

export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
}
export interface NavGroup {
  readonly label: string | null;
  readonly items: readonly NavItem[];
}

/** What works. A screen enters this table when it can be used, not before. */
export const NAVIGATION: readonly NavGroup[] = [
  { label: null, items: [{ href: "/", label: "Overview", icon: LayoutDashboard }] },
  {
    label: "Coverage",
    items: [
      { href: "/matrix", label: "Matrix", icon: Grid3x3 },
      { href: "/analytics", label: "Analytics", icon: ChartNoAxesColumn },
      { href: "/telemetry", label: "Telemetry", icon: RadioTower },
      { href: "/rules", label: "Rules", icon: FileSearch },
      { href: "/packs", label: "Packs", icon: Package },
      { href: "/segments", label: "Segments", icon: Network },
    ],
  },
  {
    label: "Work",
    items: [
      { href: "/alerts", label: "Alerts", icon: Bell },
      { href: "/gaps", label: "Gaps", icon: ListChecks },
      { href: "/plan", label: "Plan", icon: Target },
      { href: "/imports", label: "Imports", icon: Upload },
      { href: "/bench", label: "Test bench", icon: FlaskConical },
      { href: "/catalog", label: "Catalog", icon: Library },
      { href: "/resolutions", label: "Log sources", icon: Radar },
      { href: "/policy", label: "Policy", icon: Gavel },
      { href: "/weights", label: "Weights", icon: Scale },
    ],
  },
  {
    label: "Proof",
    items: [
      { href: "/assessments", label: "Assessments", icon: GitCompareArrows },
      { href: "/trend", label: "Trend", icon: ChartSpline },
      { href: "/evidence", label: "Evidence", icon: FileCheck2 },
      { href: "/audit", label: "Audit log", icon: History },
      { href: "/api-reference", label: "HTTP API", icon: Braces },
    ],
  },
];

/** Screens that stand below one of the navigation, found by name in the palette alone. */
export const DEEPER: readonly NavItem[] = [
  { href: "/assessments/compare", label: "What changed", icon: GitCompareArrows },
  { href: "/catalog/effect", label: "Release effect", icon: Library },
];

/** Screens with a side panel or facets leave the width to their content. */
export function usesRail(pathname: string): boolean {
  return pathname.startsWith("/matrix") || pathname.startsWith("/analytics") || pathname.startsWith("/imports") || pathname.startsWith("/telemetry") || pathname.startsWith("/rules") || pathname.startsWith("/bench") || pathname === "/packs" || pathname === "/gaps";
}

/** Whether a screen of the navigation is the one shown, or the one above it. */
export function isCurrent(href: string, pathname: string): boolean {
  return href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`);
}
