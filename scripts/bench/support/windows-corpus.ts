import { createWriteStream, readdirSync, readFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "@/lib/db/project-root";
import { varyLine } from "../../testing/vary-line";

/** Real Windows events, of which the corpus is made. */
export const WINDOWS_SAMPLES = join(process.env["SIGHTLINE_SAMPLES"] ?? join(projectRoot(), "../shared"), "events/windows/otrf");

/** Writes that many megabytes of varied Windows events as lines of JSON. @returns how many records */
export async function writeCorpus(path: string, megabytes: number): Promise<number> {
  const lines = readdirSync(WINDOWS_SAMPLES).flatMap((name) => readFileSync(join(WINDOWS_SAMPLES, name), "utf8").split("\n").filter((line) => line.trim() !== ""));
  const out = createWriteStream(path);
  let records = 0;
  for (let bytes = 0; bytes < megabytes * 1e6; ) {
    const text = Array.from({ length: 500 }, () => `${varyLine(lines[records % lines.length] ?? "", records++)}\n`).join("");
    bytes += Buffer.byteLength(text);
    if (!out.write(text)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return records;
}
