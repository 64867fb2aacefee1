"use client";
import type { BenchResult } from "@/lib/reports/bench-result";
import type { BenchChoices, BenchEvents } from "@/lib/reports/bench-view";

export interface BenchQuestion {
  readonly rule: string;
  readonly events: BenchEvents;
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly segment: string | null;
  readonly ignoreLogsource: boolean;
}

/** Asks a rule about events; aborting the signal cancels the work on the server. @throws Error with the server's sentence */
export async function askBench(question: BenchQuestion, signal: AbortSignal): Promise<BenchResult> {
  const answer = await fetch("/api/bench", { method: "POST", body: JSON.stringify(question), headers: { "content-type": "application/json" }, signal });
  if (!answer.ok) throw new Error(await reasonOf(answer));
  const found: BenchResult = await answer.json();
  return found;
}

/** What can be picked, by words. @throws Error with the server's sentence */
export async function findChoices(of: "rule" | "events", words: string, signal: AbortSignal): Promise<BenchChoices> {
  const answer = await fetch(`/api/bench?${new URLSearchParams({ of, q: words })}`, { cache: "no-store", signal });
  if (!answer.ok) throw new Error(await reasonOf(answer));
  const found: BenchChoices = await answer.json();
  return found;
}

async function reasonOf(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  const error: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "error") : null;
  const message: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "message") : null;
  return typeof message === "string" ? message : `The server did not answer the question (${answer.status}).`;
}
