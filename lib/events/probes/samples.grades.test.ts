import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { startDeriving } from "../derive-dataset";
import { detectFormat, headOf } from "../detect-format";
import { formatById } from "../formats/index";
import { DEFAULT_LIMITS } from "../read-events";
import { gradeSources } from "./grade-sources";
import { CONTEXT } from "./testing/run-probes";

/** Grades of every probe on every real file in the samples folder: facts only. UPDATE_GOLDEN=1 writes them anew; read the difference before committing it. */
const FOLDER = join(process.env["SIGHTLINE_SAMPLES"] ?? join(import.meta.dirname, "../../../../shared"), "events");
const GOLDEN = join(import.meta.dirname, "__fixtures__/sample-grades.golden.json");

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else if (name !== "README.md") yield path;
  }
}

/** family -> grade -> probes; indicative ones with the way they lean. */
function grade(path: string): Record<string, Record<string, string>> | null {
  const bytes = readFileSync(path);
  const detected = detectFormat(headOf(bytes));
  const format = detected.kind === "format" ? formatById(detected.format) : undefined;
  if (format === undefined) return null;
  const deriving = startDeriving({ format, limits: DEFAULT_LIMITS, host: null, hostFrom: null, filePath: path }, () => {});
  for (let at = 0; at < bytes.length; at += 65_536) deriving.push(bytes.subarray(at, at + 65_536));
  const { probes } = deriving.end();
  const sources = gradeSources(probes.map((row) => ({ dataset: "d", ...row })), (family) => ({ ...CONTEXT, family }));
  return Object.fromEntries(
    sources.map((source) => {
      const grades: Record<string, string> = {};
      for (const { id, grade: found, leans } of source.probes) {
        const key = leans === undefined ? found : `${found}, leans to ${leans}`;
        grades[key] = grades[key] === undefined ? id : `${grades[key]} ${id}`;
      }
      return [source.family ?? "all sources", grades];
    }),
  );
}

test.skipIf(!existsSync(FOLDER))("every real sample file is graded as before, each probe of each source", () => {
  const found = Object.fromEntries([...filesIn(FOLDER)].map((path) => [relative(FOLDER, path), grade(path)]));
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(GOLDEN, `${JSON.stringify(found, null, 1)}\n`);
  expect(found).toEqual(JSON.parse(readFileSync(GOLDEN, "utf8")));
});
