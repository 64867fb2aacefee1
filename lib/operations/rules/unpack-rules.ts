import type { RuleTextFile } from "@/lib/detection/rules/stored-rule";
import { decodeRuleBytes } from "@/lib/detection/sigma/decode-rule-bytes";
import { MOST_RULE_BYTES } from "@/lib/detection/sigma/read-rule-yaml";
import { readArchiveEntries } from "@/lib/files/archive-entries";
import type { ByteSource } from "@/lib/files/byte-source";
import type { RefusedFile } from "@/lib/workers/read-rules-messages";

/** What one upload holds of rules. */
export interface UnpackedRules {
  readonly files: readonly (RuleTextFile | RefusedFile)[];
  readonly archive: boolean;
  readonly licence: string | null; // of the archive
}

const RULE_NAME = /\.ya?ml$/i;
const LICENCE_NAME = /(?:^|\/)(?:licen[cs]e|copying|notice)(?:\.(?:md|txt|rst))?$/i;
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_LICENCE = 20_000;

/** Whether a folder's file is of interest: a rule, or the licence beside rules. */
export function isRuleFile(path: string): boolean {
  return RULE_NAME.test(path) || LICENCE_NAME.test(path);
}

/**
 * The Sigma files of an upload: a single file whatever its name, or the .yml and .yaml files of an archive. What is no text,
 * or too large for a rule, is listed as refused.
 *
 * @throws SightlineError for an archive that is damaged, a bomb or too large
 */
export async function unpackRules(source: ByteSource, name: string): Promise<UnpackedRules> {
  const { archive, entries } = await readArchiveEntries(source, name, isRuleFile, MOST_BYTES);
  const rules = entries.filter(({ path }) => !archive || RULE_NAME.test(path));
  const licence = entries.find(({ path }) => archive && LICENCE_NAME.test(path));
  return { archive, files: rules.map(({ path, bytes }) => readText(path, bytes)), licence: licence === undefined ? null : nameLicence(new TextDecoder().decode(licence.bytes.subarray(0, MOST_LICENCE))) };
}

function readText(path: string, bytes: Uint8Array): RuleTextFile | RefusedFile {
  if (bytes.length > MOST_RULE_BYTES) return { path, refused: { message: `The file has ${bytes.length} bytes; a rule file may have ${MOST_RULE_BYTES}.`, remedy: "Split it." } };
  const decoded = decodeRuleBytes(bytes);
  return "text" in decoded ? { path, text: decoded.text } : { path, refused: decoded };
}

/** The licence by its name where it says one that rules are given under, else its first line. */
function nameLicence(text: string): string | null {
  const drl = /Detection Rule License(?: \(DRL\))? ?(\d+(?:\.\d+)*)?/i.exec(text);
  if (drl !== null) return `Detection Rule License (DRL)${drl[1] === undefined ? "" : ` ${drl[1]}`}`;
  const line = text.split("\n").map((one) => one.replace(/^#+\s*/, "").trim()).find((one) => one !== "");
  return line === undefined ? null : line.slice(0, 200);
}
