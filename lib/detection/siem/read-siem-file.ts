import { SightlineError } from "@/lib/shared/errors";
import { parseJson } from "@/lib/shared/parse-json";
import { readElastic, type JsonLine } from "./formats/elastic";
import { readSentinel } from "./formats/sentinel";
import { readSplunkConf, readSplunkRest, readSplunkTable } from "./formats/splunk";
import { readAlertTable, readRuleTable } from "./formats/tables";
import { readRows } from "./read-rows";
import type { SiemFile } from "./siem-types";

const REMEDY = "Give the saved searches of Splunk (REST JSON, CSV, savedsearches.conf), the analytics rules of Sentinel (JSON), the rules of Elastic (NDJSON), a CSV with name,enabled, or alerts as CSV with rule,host,time.";

/**
 * A list of rules or of alerts as a SIEM exports it, recognised by its content.
 *
 * @throws SightlineError UNSUPPORTED when it is none, INVALID for broken JSON
 */
export function readSiemFile(file: string, bytes: Uint8Array): SiemFile {
  const text = decode(file, bytes);
  const start = text.trimStart()[0];
  const found = start === "{" || (start === "[" && !/^\[[^\]\n"{}]+\]\s*$/m.test(text.trimStart().split("\n", 1)[0] ?? "")) ? readJson(file, text) : (readSplunkConf(text) ?? readTables(bytes));
  if (found === null) throw new SightlineError("UNSUPPORTED", "This is no list of rules or alerts that is known.", { file, remedy: REMEDY });
  return found;
}

function readTables(bytes: Uint8Array): SiemFile | null {
  const rows = readRows(bytes);
  return rows === null ? null : (readSplunkTable(rows) ?? readRuleTable(rows) ?? readAlertTable(rows));
}

function readJson(file: string, text: string): SiemFile | null {
  const whole = parseJson(text);
  if (whole !== undefined) return readSplunkRest(whole) ?? readSentinel(whole) ?? readElastic(Array.isArray(whole) ? whole.map((value: unknown, i) => ({ line: i + 1, value })) : [{ line: 1, value: whole }]);
  const lines = text.split("\n").flatMap((line, i): JsonLine[] => (line.trim() === "" ? [] : [{ line: i + 1, value: parseJson(line) }]));
  if (lines.every(({ value }) => value === undefined)) throw new SightlineError("INVALID", "The file is not valid JSON.", { file, remedy: REMEDY });
  return readElastic(lines);
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/^\ufeff/, "");
  } catch {
    throw new SightlineError("UNSUPPORTED", "The file is not UTF-8 text.", { file, remedy: REMEDY });
  }
}
