import { SightlineError } from "@/lib/shared/errors";

export interface Deadline {
  readonly signal: AbortSignal;
  readonly clear: () => void;
}

/** A signal that fires when the given one does, or after a time. */
export function deadline(signal: AbortSignal, totalMs: number): Deadline {
  const stop = new AbortController();
  const cancel = (): void => stop.abort(signal.reason instanceof Error && signal.reason.name !== "AbortError" ? signal.reason : new SightlineError("CANCELLED", "The evaluation was cancelled."));
  const timer = setTimeout(() => stop.abort(new SightlineError("TOO_LARGE", `The rules took more than ${Math.round(totalMs / 60_000)} minutes over these events.`, { remedy: "Give fewer rules, or a smaller file." })), totalMs);
  timer.unref();
  signal.addEventListener("abort", cancel);
  if (signal.aborted) cancel();
  return {
    signal: stop.signal,
    clear: () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", cancel);
    },
  };
}
