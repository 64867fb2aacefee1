import { canonicalJson, type Json } from "@/lib/shared/canonical-json";
import { sha256 } from "@/lib/shared/digest";
import type { ScoringResult } from "./scoring-result";

/** What cells show beside their lines, by detail. Nearly all have the same few, which are then one object. */
export function headsOf({ details }: Pick<ScoringResult, "details">): Json[] {
  const known = new Map<string, Json>();
  return details.map(({ source, reason, joins, asPublished, validation }) => {
    if (joins.length > 0 || asPublished !== undefined || validation !== undefined) return { source, reason, joins, ...(asPublished === undefined ? {} : { asPublished }), ...(validation === undefined ? {} : { validation }) };
    const key = `${source} ${reason}`;
    let head = known.get(key);
    if (head === undefined) known.set(key, (head = { source, reason, joins }));
    return head;
  });
}

const DOCS_AT_ONCE = 5_000;

/** Documents by the digests of their canonical texts. */
export interface DistinctDocs {
  readonly digests: readonly string[]; // of the documents, filled as the batches are taken
  /** Each content once: a JSON array of {digest, doc} for a few thousand at a time, so that the texts are never held together. */
  batches(storable: (text: string) => string): Generator<{ readonly digests: readonly string[]; readonly body: string }>;
}

/** Writes each document out once, and hashes it once, however often it stands in the list. */
export function distinctDocs(docs: readonly Json[]): DistinctDocs {
  const digests: string[] = [];
  return {
    digests,
    *batches(storable) {
      const written = new Map<Json, string>(); // by object
      const seen = new Set<string>();
      let own: string[] = [];
      let body: string[] = [];
      for (const doc of docs) {
        let digest = written.get(doc);
        if (digest === undefined) {
          const text = canonicalJson(doc);
          written.set(doc, (digest = sha256(text)));
          if (!seen.has(digest)) {
            seen.add(digest);
            own.push(digest);
            body.push(`{"digest":"${digest}","doc":${storable(text)}}`);
          }
        }
        digests.push(digest);
        if (own.length < DOCS_AT_ONCE) continue;
        yield { digests: own, body: `[${body.join(",")}]` };
        [own, body] = [[], []];
      }
      if (own.length > 0) yield { digests: own, body: `[${body.join(",")}]` };
    },
  };
}
