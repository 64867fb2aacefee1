import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { MANIFEST, parseManifest, TAG_MANIFEST } from "./bag";
import type { WrittenEntry } from "./package-entry";

export interface EntryFinding {
  readonly path: string;
  readonly state: "differs" | "missing" | "extra" | "unreadable";
  readonly text: string;
}

/**
 * Compares the files of a package with its two manifests. What has one cause is said once: where a manifest itself is not as
 * the other one has it, or cannot be read, what it says of other files is part of that finding.
 *
 * @param found every file with its digest
 * @param textOf the text of a manifest, null when it is not there
 */
export function checkManifests(found: readonly WrittenEntry[], textOf: (path: string) => string | null): EntryFinding[] {
  const digests = new Map(found.map(({ path, sha256 }) => [path, sha256]));
  const tags = compareWith(TAG_MANIFEST, textOf(TAG_MANIFEST), digests);
  const ofManifest = tags.findings.filter(({ path }) => path === MANIFEST);
  const payload = compareWith(MANIFEST, textOf(MANIFEST), digests);
  const unlisted = (scope: Comparison, inScope: (path: string) => boolean): EntryFinding[] =>
    scope.wanted === null ? [] : found.filter(({ path }) => inScope(path) && !scope.wanted?.has(path)).map(({ path }) => ({ path, state: "extra", text: "No manifest lists it." }));
  const ofPayload = [...payload.findings, ...unlisted(payload, (path) => path.startsWith("data/"))];
  const rest = unlisted(tags, (path) => !path.startsWith("data/") && path !== TAG_MANIFEST && !payload.wanted?.has(path));
  const [cause] = ofManifest;
  const findings = cause === undefined ? [...tags.findings, ...ofPayload] : [...tags.findings.filter(({ path }) => path !== MANIFEST), { ...cause, text: `${cause.text}${alsoConcerns(ofPayload)}` }];
  return foldRenamed([...findings, ...rest], digests, [...(tags.wanted ?? []), ...(payload.wanted ?? [])]).sort((a, b) => compareCodeUnits(a.path, b.path));
}

// A file that is listed under another name: the missing one and the extra one are the same bytes.
function foldRenamed(findings: readonly EntryFinding[], digests: ReadonlyMap<string, string>, listed: readonly (readonly [string, string])[]): EntryFinding[] {
  const wanted = new Map(listed);
  const extras = new Map(findings.filter(({ state }) => state === "extra").map(({ path }) => [digests.get(path), path]));
  const folded = new Set<string>();
  const renamed = findings.map((finding) => {
    const there = finding.state === "missing" ? extras.get(wanted.get(finding.path)) : undefined;
    if (there === undefined) return finding;
    folded.add(there);
    return { ...finding, text: `${finding.text} Its content is there as ${there}, which no manifest lists.` };
  });
  return renamed.filter(({ path, state }) => state !== "extra" || !folded.has(path));
}

interface Comparison {
  readonly findings: readonly EntryFinding[];
  readonly wanted: ReadonlyMap<string, string> | null; // path to digest; null: the manifest is missing or malformed, so nothing can be called unlisted
}

function compareWith(manifest: string, text: string | null, digests: ReadonlyMap<string, string>): Comparison {
  if (text === null) return { findings: [{ path: manifest, state: "missing", text: "The package has no such manifest." }], wanted: null };
  const wanted = parseManifest(text);
  if (wanted === null) return { findings: [{ path: manifest, state: "unreadable", text: "A line of the manifest is malformed, or a path stands there twice." }], wanted: null };
  const findings: EntryFinding[] = [];
  for (const [path, digest] of wanted) {
    const actual = digests.get(path);
    if (actual === undefined) findings.push({ path, state: "missing", text: `${manifest} lists it, the package does not hold it.` });
    else if (actual !== digest) findings.push({ path, state: "differs", text: `${manifest} says ${digest}, its content is ${actual}.` });
  }
  return { findings, wanted };
}

const NAMED = 5;

function alsoConcerns(findings: readonly EntryFinding[]): string {
  const others = findings.filter(({ path }) => path !== MANIFEST);
  if (others.length === 0) return "";
  const named = others.slice(0, NAMED).map(({ path, state }) => `${path} (${state})`).join(", ");
  return ` By it, these would not be right either: ${named}${others.length > NAMED ? ` and ${others.length - NAMED} more` : ""}.`;
}
