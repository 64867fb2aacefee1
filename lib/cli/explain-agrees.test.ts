import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "@/lib/db/project-root";
import { evaluateInWorkers } from "@/lib/operations/detection/evaluate-in-workers";
import { explainInWorker } from "@/lib/operations/detection/explain-in-worker";
import { readEventFiles } from "./read-event-files";
import { readRuleFiles } from "./read-rule-files";

const samples = resolve(projectRoot(), process.env.SIGHTLINE_SAMPLES ?? "../shared");
const corpus = join(samples, "sigma/sigmahq-rules-8eaafff.tar.gz");
const events = join(samples, "events/windows/otrf/cmd_bitsadmin_download_psh_script_2020-10-2302365189.json");
const RULES = 400;

describe.skipIf(!existsSync(corpus) || !existsSync(events))("explain over public rules and a real sample", () => {
  it("counts the matches that detect finds, needs nothing exactly there, and something everywhere else", async () => {
    const rules = (await readRuleFiles([corpus])).filter(({ file }) => /\/rules\/windows\/(?:process_creation|builtin)\//.test(file)).filter((_, i) => i % 2 === 0).slice(0, RULES);
    const watch = { signal: new AbortController().signal };
    const contents = () => readEventFiles([events], { format: null, host: null });
    const { matches } = await evaluateInWorkers({ rules, contents: contents() }, watch);
    const { explained } = await explainInWorker({ rules, contents: contents() }, watch);
    const detected = explained.rules.map(() => 0);
    for (const { rule } of matches) detected[rule] = (detected[rule] ?? 0) + 1;
    expect(explained.rules.map(({ matched }) => matched)).toEqual(detected);
    expect(explained.rules.map(({ needed }) => needed === 0)).toEqual(detected.map((count) => count > 0));
    expect(detected.filter((count) => count > 0).length).toBeGreaterThan(0);
    expect(explained.rules.every(({ items, needed }) => items.filter(({ decides }) => decides).length === needed)).toBe(true);
  }, 60_000);
});
