import type { PackageEntry, WrittenEntry } from "./package-entry";
import type { RunFacts } from "./run-facts";

/** BagIt (RFC 8493): payload under data/, everything else describes it. */
export const MANIFEST = "manifest-sha256.txt";
export const TAG_MANIFEST = "tagmanifest-sha256.txt";
const DATA = "data/";

/** Lines as `sha256sum -c` reads them. */
export function manifestText(entries: readonly WrittenEntry[]): string {
  return entries.map(({ sha256, path }) => `${sha256}  ${path}\n`).join("");
}

/** path -> digest. null when a line is no manifest line or a path comes twice. */
export function parseManifest(text: string): Map<string, string> | null {
  const digests = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const found = /^([0-9a-f]{64}) [ *](.+)$/.exec(line);
    const [, digest, path] = found ?? [];
    if (digest === undefined || path === undefined || digests.has(path)) return null;
    digests.set(path, digest);
  }
  return digests;
}

/**
 * The entries around the payload, in the order in which they must be written: texts, then the manifest of the payload, then
 * the manifest of these.
 *
 * @param written what has been written so far, asked for when an entry's turn comes
 */
export function bagEntries(run: RunFacts, texts: readonly PackageEntry[], written: () => readonly WrittenEntry[]): PackageEntry[] {
  const payload = (): WrittenEntry[] => written().filter(({ path }) => path.startsWith(DATA));
  return [
    { path: "bagit.txt", content: () => ["BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"] },
    { path: "bag-info.txt", content: () => [bagInfo(run, payload())] },
    ...texts,
    { path: MANIFEST, content: () => [manifestText(payload())] },
    { path: TAG_MANIFEST, content: () => [manifestText(written().filter(({ path }) => !path.startsWith(DATA)))] },
  ];
}

function bagInfo(run: RunFacts, payload: readonly WrittenEntry[]): string {
  const bytes = payload.reduce((sum, entry) => sum + entry.bytes, 0);
  return [
    `Bag-Software-Agent: ${run.software}`,
    `Bagging-Date: ${run.ranAt.slice(0, 10)}`,
    `External-Identifier: sightline-assessment-${run.assessment}`,
    `External-Description: Sightline evidence of the assessment at ${run.at}`,
    `Payload-Oxum: ${bytes}.${payload.length}`,
    "",
  ].join("\n");
}
