import { assess, ENGINE } from "@/lib/assessment/assess";
import { readScoringInput } from "@/lib/assessment/read-scoring-input";
import { derivedEntries, PATHS } from "@/lib/evidence/assemble-package";
import { MANIFEST, TAG_MANIFEST } from "@/lib/evidence/bag";
import { checkManifests, type EntryFinding } from "@/lib/evidence/check-manifests";
import type { WrittenEntry } from "@/lib/evidence/package-entry";
import { runFactsSchema } from "@/lib/evidence/run-facts";
import type { ByteSource } from "@/lib/files/byte-source";
import { zipEntries } from "@/lib/files/zip-entries";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { sha256, startSha256 } from "@/lib/shared/digest";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

const GIB = 1024 ** 3;
// The package is our own kind of file: a large fleet's cells repeat themselves far more than a log does.
const LIMITS = { entries: 10_000, entryBytes: 8 * GIB, totalBytes: 32 * GIB, ratio: 1_100, ratioFreeBytes: GIB / 16 };
const READ_BY_NAME: ReadonlySet<string> = new Set([PATHS.run, PATHS.input, PATHS.result, MANIFEST, TAG_MANIFEST]);
const MOST_TEXT = 400 * 1024 * 1024;

export interface EvidenceCheck {
  readonly ok: boolean;
  readonly entries: number;
  readonly findings: readonly EntryFinding[];
  readonly tagManifest: string | null; // its SHA-256: compare with one that came by another way
  readonly recomputed: "identical" | "differs" | null; // null: not asked for
}

/** What verification needs of a context: it touches neither database nor kept files. */
export type VerifyContext = Pick<OperationContext, "actor" | "role" | "segments">;

/**
 * Checks a package alone: every digest, and no file too many or too few. With recompute the scoring input is scored again and
 * everything that follows from it is compared byte for byte.
 *
 * @throws SightlineError when the file is no readable zip; what is wrong inside stands in findings
 */
export async function verifyEvidence(ctx: VerifyContext, input: { readonly source: ByteSource; readonly fileName: string; readonly recompute?: boolean }): Promise<EvidenceCheck> {
  authorize(ctx, "evidence.verify", "none");
  const { found, texts } = await readPackage(input.source, input.fileName);
  if (!texts.has(MANIFEST) && !texts.has(PATHS.run)) {
    throw new SightlineError("UNSUPPORTED", "This zip is no evidence package of Sightline: it has no manifest.", { file: input.fileName });
  }
  const findings = checkManifests(found, (path) => texts.get(path) ?? null);
  const again = input.recompute ? await recompute(found, texts, new Set(findings.map(({ path }) => path))) : { same: true, findings: [] };
  const tagText = texts.get(TAG_MANIFEST);
  return {
    ok: findings.length === 0 && again.same,
    entries: found.length,
    findings: [...findings, ...again.findings],
    tagManifest: tagText === undefined ? null : sha256(tagText),
    recomputed: input.recompute ? (again.same ? "identical" : "differs") : null,
  };
}

async function readPackage(source: ByteSource, name: string): Promise<{ found: WrittenEntry[]; texts: Map<string, string> }> {
  const found: WrittenEntry[] = [];
  const texts = new Map<string, string>();
  for await (const entry of zipEntries(source, name, LIMITS)) {
    const hash = startSha256();
    const kept: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of entry.content) {
      hash.update(chunk);
      bytes += chunk.length;
      if (READ_BY_NAME.has(entry.name) && bytes <= MOST_TEXT) kept.push(chunk);
    }
    found.push({ path: entry.name, sha256: hash.hex(), bytes });
    if (READ_BY_NAME.has(entry.name) && bytes <= MOST_TEXT) texts.set(entry.name, Buffer.concat(kept).toString("utf8"));
  }
  return { found, texts };
}

interface Rescored {
  readonly same: boolean;
  readonly findings: readonly EntryFinding[];
}

/**
 * Scores the input again and makes everything that follows from it; what is not the same is a finding. What follows from a
 * cause that is already named is not named again: a file that its manifest belies, and all that rests on another input.
 *
 * @param broken paths that the manifests already found wrong
 */
async function recompute(found: readonly WrittenEntry[], texts: ReadonlyMap<string, string>, broken: ReadonlySet<string>): Promise<Rescored> {
  if (broken.has(PATHS.input) || broken.has(PATHS.run)) return { same: false, findings: [] };
  const digests = new Map(found.map((entry) => [entry.path, entry.sha256]));
  const wrong: EntryFinding[] = [];
  const differs = (path: string, text: string): void => void wrong.push({ path, state: "differs", text });
  try {
    const input = readScoringInput(JSON.parse(texts.get(PATHS.input) ?? ""), "the package");
    const run = runFactsSchema.parse(JSON.parse(texts.get(PATHS.run) ?? ""));
    if (input.engine !== ENGINE) {
      return { same: false, findings: [{ path: PATHS.input, state: "unreadable", text: `It was scored by ${input.engine}; this is ${ENGINE}. Use the version of Sightline that made the package.` }] };
    }
    if (digests.get(PATHS.input) !== run.inputDigest) {
      differs(PATHS.input, `run.json says that ${run.inputDigest} was assessed; the results cannot be told to follow from this one.`);
      return { same: false, findings: wrong };
    }
    const result = assess(input);
    const digest = sha256(canonicalJson(result));
    if (run.resultDigest !== digest) differs(PATHS.run, `It says that the result is ${run.resultDigest}; scoring the input again gives ${digest}.`);
    if (digests.get(PATHS.result) !== digest) differs(PATHS.result, `Scoring the input again gives ${digest}.`);
    for (const { path, content } of derivedEntries(run, input, result)) {
      const hash = startSha256();
      for await (const part of content()) hash.update(typeof part === "string" ? Buffer.from(part) : part);
      const remade = hash.hex();
      if (digests.get(path) !== remade) differs(path, `Made again from the input it is ${remade}.`);
    }
  } catch (error) {
    wrong.push({ path: PATHS.input, state: "unreadable", text: `The package cannot be scored again: ${errorSentence(error).split("\n")[0] ?? ""}` });
  }
  return { same: wrong.length === 0, findings: wrong.filter(({ path }, at) => !broken.has(path) && wrong.findIndex((other) => other.path === path) === at) };
}
