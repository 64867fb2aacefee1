import { decodeRuleBytes } from "@/lib/detection/sigma/decode-rule-bytes";
import type { PlaceholderValues, RuleText } from "@/lib/detection/sigma/rule-types";
import { unpack } from "@/lib/files/archives";
import { fileSource } from "@/lib/files/byte-source";
import { isTar, readTar } from "@/lib/files/read-tar";
import { SightlineError } from "@/lib/shared/errors";
import { listEventFiles } from "./list-event-files";

const RULE_NAME = /\.ya?ml$/i;
const MOST_BYTES = 256 * 1024 * 1024; // of all rules together

/**
 * The Sigma files that paths lead to, as text: a file whatever its name, the .yml and .yaml files of folders, zip, tar and
 * tar.gz archives. One that is no text is listed as refused.
 *
 * @throws SightlineError when a path cannot be read, or holds no rule file
 */
export async function readRuleFiles(paths: readonly string[]): Promise<RuleText[]> {
  const found: RuleText[] = [];
  let left = MOST_BYTES;
  for (const path of paths) {
    const before = found.length;
    for (const file of await listEventFiles([path])) {
      const named = file.path === path; // given by name: whatever it is called, it is meant
      if (!named && !RULE_NAME.test(file.path)) continue;
      for await (const { name, bytes } of ruleTexts(file.path, left)) {
        left -= bytes.length;
        if (left < 0) throw new SightlineError("TOO_LARGE", `The rules have more than ${MOST_BYTES / 1024 / 1024} MiB.`, { file: path });
        const decoded = decodeRuleBytes(bytes);
        found.push("text" in decoded ? { file: name, text: decoded.text } : { file: name, text: "", refused: decoded });
      }
    }
    if (found.length === before) throw new SightlineError("INVALID", "There is no Sigma rule file (.yml, .yaml) here.", { file: path, remedy: "Give rule files, or a folder or archive that holds some." });
  }
  return found;
}

async function* ruleTexts(path: string, mostBytes: number): AsyncGenerator<{ name: string; bytes: Uint8Array }> {
  for await (const entry of unpack(await fileSource(path), path, { totalBytes: mostBytes, entryBytes: mostBytes, entries: 100_000 })) {
    const whole = entry.name === path || `${entry.name}.gz`.toLowerCase() === path.toLowerCase();
    if (!whole && !RULE_NAME.test(entry.name)) continue; // other files of a zip
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry.content) chunks.push(chunk);
    const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    if (isTar(bytes)) for (const { name, content } of readTar(bytes, path)) if (RULE_NAME.test(name)) yield { name: `${path}/${name}`, bytes: content };
    if (!isTar(bytes)) yield { name: whole ? path : `${path}/${entry.name}`, bytes };
  }
}

/** `--set NAME=VALUE`, given as often as needed; values of one name add up. @throws SightlineError INVALID for what is no such pair */
export function readPlaceholders(pairs: readonly string[]): PlaceholderValues {
  const values = new Map<string, string[]>();
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    if (equals < 1) throw new SightlineError("INVALID", `"${pair}" sets nothing.`, { field: "set", remedy: "Write --set NAME=VALUE." });
    const name = pair.slice(0, equals);
    values.set(name, [...(values.get(name) ?? []), pair.slice(equals + 1)]);
  }
  return values;
}
