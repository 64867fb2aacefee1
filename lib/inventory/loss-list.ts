import type { Loss } from "./types";

/** Collects losses; the same sentence about the same thing is counted once. */
export interface LossList {
  add(kind: Loss["kind"], what: string, text: string): void;
  list(): Loss[];
}

/** An empty list of losses. */
export function startLossList(): LossList {
  const found = new Map<string, { kind: Loss["kind"]; what: string; text: string; count: number }>();
  return {
    add: (kind, what, text) => {
      const key = JSON.stringify([kind, what, text]);
      const known = found.get(key);
      if (known) known.count++;
      else found.set(key, { kind, what, text, count: 1 });
    },
    list: () => [...found.values()],
  };
}
