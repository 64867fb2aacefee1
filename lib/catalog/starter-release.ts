/** The releases that the shipped editions of the starter catalogue are excerpts of, newest first: the starter itself, and the one before, for a history to begin with. */
export const STARTER_EDITIONS = ["19.1", "18.1"] as const;
export type StarterEdition = (typeof STARTER_EDITIONS)[number];

const PREFIX = "starter-";

/** The release that an edition of the starter catalogue is an excerpt of: "starter-19.1" -> "19.1"; null for what is no starter. */
export function starterOf(release: string): string | null {
  return release.startsWith(PREFIX) ? release.slice(PREFIX.length) : null;
}
