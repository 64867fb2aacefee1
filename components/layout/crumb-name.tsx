"use client";
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";

interface Crumb {
  readonly name: string | null; // what the page calls the thing it shows
  readonly say: (name: string | null) => void;
}

const CrumbContext = createContext<Crumb>({ name: null, say: () => {} });

/** Holds what the page below calls its thing, for the breadcrumb above it. */
export function CrumbNames({ children }: { children: ReactNode }) {
  const [name, say] = useState<string | null>(null);
  return <CrumbContext value={useMemo(() => ({ name, say }), [name])}>{children}</CrumbContext>;
}

/** The name for the breadcrumb while the page stands: in place of the machine's id in the address. */
export function CrumbName({ name }: { name: string }) {
  const { say } = use(CrumbContext);
  useEffect(() => {
    say(name);
    return () => say(null);
  }, [name, say]);
  return null;
}

/** What the page shown calls its thing; null where it says nothing. */
export function useCrumbName(): string | null {
  return use(CrumbContext).name;
}
