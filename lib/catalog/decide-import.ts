/** What is compared of a stored and an incoming bundle of the same domain and release. */
export interface BundleContent {
  readonly digest: string;
  readonly detectOnly: boolean;
  readonly hashes: ReadonlyMap<string, string | null>; // STIX id -> raw hash
}

export type ImportDecision =
  | { readonly outcome: "import" | "unchanged" | "contained" | "extend" | "replace" }
  | { readonly outcome: "conflict"; readonly differing: number; readonly example: string };

/**
 * What importing a bundle over what is stored means: the same bytes change nothing unless asked to replace; the full bundle extends a detection-only
 * one when every shared object hashes alike (and the other way round changes nothing); anything else of the same key is a
 * conflict, unless the user asked to replace.
 */
export function decideImport(stored: BundleContent | null, incoming: BundleContent, replace: boolean): ImportDecision {
  if (stored === null) return { outcome: "import" };
  if (stored.digest === incoming.digest) return { outcome: replace ? "replace" : "unchanged" }; // replacing reads what an earlier version left out
  if (incoming.detectOnly && !stored.detectOnly && missingFrom(stored, incoming).length === 0) return { outcome: "contained" };
  if (stored.detectOnly && !incoming.detectOnly && missingFrom(incoming, stored).length === 0) return { outcome: "extend" };
  if (replace) return { outcome: "replace" };
  const differing = new Set([...missingFrom(stored, incoming), ...missingFrom(incoming, stored)]);
  return { outcome: "conflict", differing: differing.size, example: [...differing][0] ?? "" };
}

/** Objects of part that whole lacks or holds with another hash. */
function missingFrom(whole: BundleContent, part: BundleContent): readonly string[] {
  return [...part.hashes].filter(([id, hash]) => whole.hashes.get(id) !== hash).map(([id]) => id);
}
