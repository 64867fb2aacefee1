import { hashText } from "./hash-text";

const MOST_NAMES = 20_000;

/** The hash of a host's folded name, remembered: most records come from few hosts. One is made per fold, and its memory is bounded. */
export function hostHasher(): (host: string) => number {
  const known = new Map<string, number>();
  return (host) => {
    let hash = known.get(host);
    if (hash === undefined) {
      hash = hashText(host);
      if (known.size < MOST_NAMES) known.set(host, hash);
    }
    return hash;
  };
}
