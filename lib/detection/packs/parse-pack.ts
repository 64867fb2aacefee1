import type { z } from "zod";
import { readRuleYaml, yamlPlaces } from "../sigma/read-rule-yaml";
import { sayPath, type RulePath } from "../sigma/rule-fault";
import { checkPack } from "./check-pack";
import { packManifestSchema, type Pack, type PackRefusal } from "./pack-schema";

/** The manifest's name in a pack folder. */
export const MANIFEST_FILE = "pack.yaml";
const MOST_FILES = 200;
const MOST_BYTES = 16 * 1024 * 1024; // of all files together
const FOLDERS = /^(?:rules|samples)\/[A-Za-z0-9][A-Za-z0-9._-]*$/;

export type ParsedPack = { readonly pack: Pack } | { readonly refused: readonly PackRefusal[] };

/**
 * A pack from its files. Nothing of it is used unless all of it holds: the manifest by its schema, every name it mentions,
 * every rule, and the defaults of its elements as the rules have them.
 *
 * @param files by path in the pack's folder, with "/" between names ("rules/chain.yml")
 */
export function parsePack(files: ReadonlyMap<string, Uint8Array>): ParsedPack {
  const odd = oddFiles(files);
  if (odd.length > 0) return { refused: odd };
  const bytes = files.get(MANIFEST_FILE);
  if (bytes === undefined) return { refused: [{ file: MANIFEST_FILE, line: null, field: "", message: "The pack has no manifest.", remedy: `Put a ${MANIFEST_FILE} beside the folders rules and samples; docs/packs.md describes it.` }] };
  const text = decode(bytes);
  if (text === null) return { refused: [{ file: MANIFEST_FILE, line: null, field: "", message: "The manifest is not UTF-8.", remedy: "Save it as UTF-8." }] };
  const yaml = readRuleYaml(text);
  if (!("documents" in yaml)) return { refused: [{ file: MANIFEST_FILE, line: yaml.line, field: "", message: yaml.message, remedy: "Correct the file." }] };
  if (yaml.documents.length !== 1) return { refused: [{ file: MANIFEST_FILE, line: null, field: "", message: `The manifest holds ${yaml.documents.length} documents.`, remedy: "One pack is one document." }] };
  const locate = yamlPlaces(text);
  const refusal = (path: RulePath, message: string, remedy: string): PackRefusal => ({ file: MANIFEST_FILE, line: locate(0, path)?.line ?? null, field: sayPath(path), message, remedy });
  const read = packManifestSchema.safeParse(yaml.documents[0]);
  if (!read.success) return { refused: read.error.issues.map((issue) => refusal(pathOf(issue), sayIssue(issue), "docs/packs.md describes every key.")) };
  const manifest = read.data;
  const refused: PackRefusal[] = [];
  const rules = manifest.rules.flatMap((file, i) => {
    const own = files.get(file);
    const content = own === undefined ? null : decode(own);
    if (content === null) refused.push(refusal(["rules", i], own === undefined ? `The file ${file} is not in the pack.` : `The file ${file} is not UTF-8.`, "Add it, or leave it out of the list."));
    return content === null ? [] : [{ file, text: content }];
  });
  const samples = new Map<string, Uint8Array>();
  for (const [i, { file }] of manifest.samples.entries()) {
    const own = files.get(file);
    if (own === undefined) refused.push(refusal(["samples", i, "file"], `The file ${file} is not in the pack.`, "Add it, or leave it out of the list."));
    else samples.set(file, own);
  }
  const named = new Set([MANIFEST_FILE, ...manifest.rules, ...manifest.samples.map(({ file }) => file)]);
  for (const file of files.keys()) if (!named.has(file)) refused.push({ file, line: null, field: "", message: "The manifest does not name this file.", remedy: "List it under rules or samples, or delete it." });
  const pack: Pack = { manifest, rules, samples };
  if (refused.length === 0) refused.push(...checkPack(pack, refusal));
  return refused.length > 0 ? { refused } : { pack };
}

function oddFiles(files: ReadonlyMap<string, Uint8Array>): PackRefusal[] {
  const refuse = (file: string, message: string, remedy: string): PackRefusal => ({ file, line: null, field: "", message, remedy });
  if (files.size > MOST_FILES) return [refuse("", `The pack has ${files.size} files; ${MOST_FILES} are allowed.`, "Put samples together, or make two packs.")];
  const total = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  if (total > MOST_BYTES) return [refuse("", `The pack has ${total} bytes; ${MOST_BYTES} are allowed.`, "Cut its samples down to the records that matter.")];
  return [...files.keys()].flatMap((file) => (file === MANIFEST_FILE || FOLDERS.test(file) ? [] : [refuse(file, "A pack holds pack.yaml, rules/ and samples/, and nothing else.", "Move or delete the file.")]));
}

function sayIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return "A pack has no such key here.";
  if (issue.code === "invalid_type" && /received undefined$/.test(issue.message)) return "It is missing.";
  return `${issue.message.replace(/\.$/, "")}.`;
}

function pathOf(issue: z.core.$ZodIssue): RulePath {
  const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
  return issue.code === "unrecognized_keys" ? [...path, issue.keys[0] ?? ""] : path;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null; // no UTF-8
  }
}
