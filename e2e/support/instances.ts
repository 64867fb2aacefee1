import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const INSTANCES_FILE = join(tmpdir(), "sightline-e2e-instances.json");

/** Addresses (with start token) of the servers of this run, and the data folder of the empty one. */
export function instances(): { demo: string; empty: string; emptyData: string } {
  const text: unknown = JSON.parse(readFileSync(INSTANCES_FILE, "utf8"));
  if (typeof text !== "object" || text === null || !("demo" in text) || !("empty" in text) || !("emptyData" in text)) {
    throw new Error(`${INSTANCES_FILE} does not name the servers of this run`);
  }
  return { demo: String(text.demo), empty: String(text.empty), emptyData: String(text.emptyData) };
}
