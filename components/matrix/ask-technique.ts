"use client";
import { useEffect, useState } from "react";
import type { MatrixTechniqueView } from "@/lib/reports/matrix-technique-view";

export type Asked = { readonly state: "asking" } | { readonly state: "failed"; readonly why: string } | { readonly state: "there"; readonly view: MatrixTechniqueView };

const WAIT = 120; // ms: who walks with the keys asks only where they stop

/** What the server says of a technique in a scope. An answer that came stays while the page is open: assessments do not change. */
export function useTechnique(id: string, scope: { readonly assessment: number; readonly segment: string | null }): Asked {
  const address = `/api/matrix/${encodeURIComponent(id)}?${new URLSearchParams({ assessment: String(scope.assessment), ...(scope.segment === null ? {} : { segment: scope.segment }) })}`;
  const [answers, setAnswers] = useState<ReadonlyMap<string, Asked>>(new Map());
  const known = answers.get(address);
  useEffect(() => {
    if (known !== undefined) return;
    const stop = new AbortController();
    const keep = (asked: Asked): void => setAnswers((before) => new Map(before).set(address, asked));
    const timer = setTimeout(() => {
      ask(address, stop.signal)
        .then((view) => keep({ state: "there", view }))
        .catch((error: unknown) => {
          if (!stop.signal.aborted) keep({ state: "failed", why: error instanceof Error ? error.message : String(error) });
        });
    }, WAIT);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [address, known]);
  return known ?? { state: "asking" };
}

async function ask(address: string, signal: AbortSignal): Promise<MatrixTechniqueView> {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`The server did not answer (${answer.status}).`);
  const view: MatrixTechniqueView = await answer.json();
  return view;
}
