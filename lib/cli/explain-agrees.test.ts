import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "@/lib/db/project-root";
import { startExplanation } from "@/lib/detection/explain/start-explanation";
import { linkRules } from "@/lib/detection/sigma/link-rules";
import { startDetection } from "@/lib/detection/start-detection";
import { readEventFiles } from "./read-event-files";
import { readRuleFiles } from "./read-rule-files";

const samples = resolve(projectRoot(), process.env.SIGHTLINE_SAMPLES ?? "../shared");
const corpus = join(samples, "sigma/sigmahq-rules-8eaafff.tar.gz");
const events = join(samples, "events/windows/otrf/cmd_bitsadmin_download_psh_script_2020-10-2302365189.json");
const RULES = 400;

describe.skipIf(!existsSync(corpus) || !existsSync(events))("explain over public rules and a real sample", () => {
  it("counts the matches that detect finds, needs nothing exactly there, and something everywhere else", async () => {
    const files = (await readRuleFiles([corpus], new Map())).filter(({ file }) => /\/rules\/windows\/(?:process_creation|builtin)\//.test(file)).filter((_, i) => i % 2 === 0);
    const set = linkRules(files.slice(0, RULES));
    const [detection, explanation] = [startDetection(set, { ignoreLogsource: false }), startExplanation(set, { ignoreLogsource: false })];
    await readEventFiles([events], null, (record) => (detection.record(record), explanation.record(record)), new AbortController().signal);
    const detected = set.rules.map(() => 0);
    for (const { rule } of detection.finish().matches) detected[rule] = (detected[rule] ?? 0) + 1;
    const { rules } = explanation.finish();
    expect(rules.map(({ matched }) => matched)).toEqual(detected);
    expect(rules.map(({ needed }) => needed === 0)).toEqual(detected.map((count) => count > 0));
    expect(detected.filter((count) => count > 0).length).toBeGreaterThan(0);
    expect(rules.every(({ items, needed }) => items.filter(({ decides }) => decides).length === needed)).toBe(true);
  }, 60_000);
});
