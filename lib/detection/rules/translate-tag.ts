/** Techniques of the current releases, and what revoked what in every imported bundle. */
export interface TechniqueIndex {
  readonly live: ReadonlyMap<string, string>; // id -> name, in force in a current release
  readonly revokedBy: ReadonlyMap<string, readonly string[]>; // id -> what took its place
  readonly revokes: ReadonlyMap<string, readonly string[]>; // the other way round
}

/** What a technique tag means in the current releases. because: how it was translated; null where the tag says it itself. */
export interface TagMeaning {
  readonly id: string; // as tagged
  readonly techniques: readonly string[]; // none: no imported release leads to a technique in force
  readonly because: string | null;
}

const TECHNIQUE_TAG = /^attack\.(t\d{4}(?:\.\d{3})?)$/i;
const MOST_STEPS = 8; // chains of revocations are two or three long

/** The technique that a tag names, upper case; null for any other tag (tactics, groups, CVEs). */
export function techniqueOfTag(tag: string): string | null {
  return TECHNIQUE_TAG.exec(tag.trim())?.[1]?.toUpperCase() ?? null;
}

/**
 * Translates a technique id of whatever release: itself where it is in force, else what it was revoked by, else (a tag of a
 * release newer than the current one) what it took the place of.
 */
export function translateTechnique(id: string, index: TechniqueIndex): TagMeaning {
  if (index.live.has(id)) return { id, techniques: [id], because: null };
  const later = follow(id, index.revokedBy, index.live);
  if (later.length > 0) return { id, techniques: later, because: `${id} was revoked by ${later.join(", ")}` };
  const earlier = follow(id, index.revokes, index.live);
  if (earlier.length > 0) return { id, techniques: earlier, because: `${id} is of a newer release, where it takes the place of ${earlier.join(", ")}` };
  return { id, techniques: [], because: null };
}

/** Breadth first; a circle in a damaged bundle ends where it began. */
function follow(id: string, edges: ReadonlyMap<string, readonly string[]>, live: ReadonlyMap<string, string>): string[] {
  const seen = new Set([id]);
  let at = [id];
  for (let step = 0; step < MOST_STEPS && at.length > 0; step += 1) {
    at = at.flatMap((one) => edges.get(one) ?? []).filter((one) => !seen.has(one));
    for (const one of at) seen.add(one);
    const found = at.filter((one) => live.has(one));
    if (found.length > 0) return [...new Set(found)].sort();
  }
  return [];
}
