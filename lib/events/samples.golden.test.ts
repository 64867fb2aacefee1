import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { componentsOfKind } from "@/lib/telemetry/record-kinds";
import { startDeriving } from "./derive-dataset";
import { detectFormat, headOf } from "./detect-format";
import { formatById } from "./formats/index";
import { DEFAULT_LIMITS } from "./read-events";

/** Counts of every real file in the samples folder: facts only. UPDATE_GOLDEN=1 writes them anew; read the difference before committing it. */
const FOLDER = join(process.env["SIGHTLINE_SAMPLES"] ?? join(import.meta.dirname, "../../../shared"), "events");
const GOLDEN = join(import.meta.dirname, "__fixtures__/samples.golden.json");

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else if (name !== "README.md") yield path;
  }
}

function count(path: string) {
  const bytes = readFileSync(path);
  const detected = detectFormat(headOf(bytes));
  if (detected.kind !== "format") return { format: null, why: detected.kind === "unknown" ? detected.message : "ambiguous" };
  const format = formatById(detected.format);
  if (format === undefined) throw new Error(detected.format);
  const deriving = startDeriving({ format, limits: DEFAULT_LIMITS, host: null, hostFrom: null, filePath: path }, () => {});
  for (let at = 0; at < bytes.length; at += 65_536) deriving.push(bytes.subarray(at, at + 65_536));
  const { summary, refusals } = deriving.end();
  return {
    format: detected.format,
    records: summary.records,
    refused: Object.fromEntries(refusals.reasons.map(({ reason, count: n }) => [reason, n])),
    untimed: summary.untimed,
    hosts: summary.hosts.length,
    hostless: summary.hostless,
    kinds: summary.kinds.length,
    components: [...new Set(summary.kinds.flatMap(({ kind }) => componentsOfKind(kind)))].sort().join(" "),
  };
}

test.skipIf(!existsSync(FOLDER))("every real sample file is read as before: records, refusals with reasons, hosts, components", () => {
  const found = Object.fromEntries([...filesIn(FOLDER)].map((path) => [relative(FOLDER, path), count(path)]));
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(GOLDEN, `${JSON.stringify(found, null, 1)}\n`);
  expect(found).toEqual(JSON.parse(readFileSync(GOLDEN, "utf8")));
});
