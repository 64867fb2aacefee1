import type { ReactNode } from "react";
import { pageData } from "@/app/_adapters/page-data";
import { AppShell } from "@/components/layout/app-shell";
import { getShellView } from "@/lib/operations/get-shell-view";
import { removeDemoAction } from "./actions";

export default async function ScreensLayout({ children }: { children: ReactNode }) {
  return <AppShell shell={await pageData(getShellView)} removeDemo={removeDemoAction}>{children}</AppShell>;
}
