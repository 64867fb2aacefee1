import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { projectRoot } from "@/lib/db/project-root";
import { detectFormat, headOf } from "@/lib/events/detect-format";
import { formatById } from "@/lib/events/formats/index";
import { openReader } from "@/lib/events/open-reader";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import type { ParsedRecord } from "@/lib/events/types";
import { isTar, readTar } from "@/lib/files/read-tar";

// eslint-disable-next-line no-restricted-globals -- tests and benchmarks alone read it; the setting says where the samples are
const SAMPLES = process.env["SIGHTLINE_SAMPLES"] ?? join(projectRoot(), "../shared");

type Corpus = readonly { readonly file: string; readonly text: string }[];
let corpus: Corpus | null | undefined; // of all test files that one worker runs

/** The public rules of the samples folder as texts; null when it is absent. */
export function readCorpus(): Corpus | null {
  corpus ??= unpackCorpus();
  return corpus;
}

function unpackCorpus(): Corpus | null {
  const folder = join(SAMPLES, "sigma");
  const name = existsSync(folder) ? readdirSync(folder).find((one) => one.endsWith(".tar.gz")) : undefined;
  if (name === undefined) return null;
  return readTar(gunzipSync(readFileSync(join(folder, name))), name).flatMap((entry) => (entry.name.endsWith(".yml") ? [{ file: entry.name, text: Buffer.from(entry.content).toString("utf8") }] : []));
}

/** Every record of the sample events (of one folder of them), as their formats read them. */
export function readSampleRecords(folder = ""): ParsedRecord[] {
  return filesIn(join(SAMPLES, "events", folder)).flatMap((path) => {
    const packed = readFileSync(path);
    const bytes = packed[0] === 0x1f && packed[1] === 0x8b ? gunzipSync(packed) : packed;
    if (isTar(bytes)) return [];
    const found = detectFormat(headOf(bytes));
    const format = found.kind === "format" ? formatById(found.format) : undefined;
    if (format === undefined) return [];
    const reader = openReader(format, DEFAULT_LIMITS);
    return [...reader.push(bytes), ...reader.end()].flatMap((item) => ("record" in item ? [item.record] : []));
  });
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : /\.(md|txt|ya?ml)$/.test(path) && !path.includes("log") ? [] : [path]));
}
