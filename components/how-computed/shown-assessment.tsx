"use client";
import { useSearchParams } from "next/navigation";
import { createContext, useContext, type ReactNode } from "react";
import type { ShellAssessment } from "@/lib/reports/shell-view";

type Known = Readonly<{ all: readonly ShellAssessment[]; shown: ShellAssessment | null }>;
const Shown = createContext<Known>({ all: [], shown: null });

/** Tells every figure below which assessment it is of: the one in the address, else the newest. */
export function ShownAssessments({ assessments, children }: { assessments: readonly ShellAssessment[]; children: ReactNode }) {
  const value = useSearchParams().get("assessment");
  return <Shown value={{ all: assessments, shown: assessments.find(({ id }) => String(id) === value) ?? assessments[0] ?? null }}>{children}</Shown>;
}

/** Figures below are of this assessment, whatever the address says; null: of none that ran. */
export function OfAssessment({ id, children }: { id: number | null; children: ReactNode }) {
  const { all } = useContext(Shown);
  return <Shown value={{ all, shown: id === null ? null : (all.find((one) => one.id === id) ?? null) }}>{children}</Shown>;
}

/** The assessment that figures here are of; null: none, or outside of the product's frame. */
export function useShownAssessment(): ShellAssessment | null {
  return useContext(Shown).shown;
}
