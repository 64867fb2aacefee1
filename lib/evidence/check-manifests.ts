import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { MANIFEST, parseManifest, TAG_MANIFEST } from "./bag";
import type { WrittenEntry } from "./package-entry";

export interface EntryFinding {
  readonly path: string;
  readonly state: "differs" | "missing" | "extra" | "unreadable";
  readonly text: string;
}

/**
 * Compares the files of a package with its two manifests.
 *
 * @param found every file with its digest
 * @param textOf the text of a manifest, null when it is not there
 */
export function checkManifests(found: readonly WrittenEntry[], textOf: (path: string) => string | null): EntryFinding[] {
  const digests = new Map(found.map(({ path, sha256 }) => [path, sha256]));
  const findings: EntryFinding[] = [];
  const listed = new Set<string>([TAG_MANIFEST]);
  for (const manifest of [MANIFEST, TAG_MANIFEST]) {
    const text = textOf(manifest);
    const wanted = text === null ? null : parseManifest(text);
    if (wanted === null) {
      findings.push({ path: manifest, state: text === null ? "missing" : "unreadable", text: text === null ? "The package has no such manifest." : "A line of the manifest is malformed, or a path stands there twice." });
      continue;
    }
    for (const [path, digest] of wanted) {
      listed.add(path);
      const actual = digests.get(path);
      if (actual === undefined) findings.push({ path, state: "missing", text: `${manifest} lists it, the package does not hold it.` });
      else if (actual !== digest) findings.push({ path, state: "differs", text: `${manifest} says ${digest}, its content is ${actual}.` });
    }
  }
  for (const { path } of found) if (!listed.has(path)) findings.push({ path, state: "extra", text: "No manifest lists it." });
  return findings.sort((a, b) => compareCodeUnits(a.path, b.path));
}
