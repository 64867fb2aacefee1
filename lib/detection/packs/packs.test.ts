import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { curatedJoins, curatedRequirements } from "./pack-requirements";
import type { Pack, PackRefusal } from "./pack-schema";
import { parsePack } from "./parse-pack";
import { runPackTests } from "./run-pack-tests";
import { packFiles, packFolders, PACKS } from "./testing/pack-folders";

const reference = z.object({ component: z.string(), name: z.string(), channel: z.string() });
const analyticShape = z.object({ id: z.string(), platforms: z.array(z.string()), logSources: z.array(reference), mutableElements: z.array(z.object({ field: z.string() })).default([]) });
const starter = z.object({ strategies: z.array(z.object({ analytics: z.array(analyticShape) })) });
const published = new Map(starter.parse(JSON.parse(readFileSync(join(PACKS, "../starter/enterprise-19.1.json"), "utf8"))).strategies.flatMap(({ analytics }) => analytics.map((analytic) => [analytic.id, analytic])));

const say = ({ file, line, field, message, remedy }: PackRefusal) => `${file}${line === null ? "" : `:${line}`} ${field}: ${message} ${remedy}`;

describe.each(packFolders())("the pack %s", (folder) => {
  const parsed = parsePack(packFiles(folder));
  const pack = (): Pack => {
    if ("refused" in parsed) throw new Error(`refused:\n${parsed.refused.map(say).join("\n")}`);
    return parsed.pack;
  };

  it("holds together", () => {
    expect("refused" in parsed ? parsed.refused.map(say) : []).toEqual([]);
    expect(pack().manifest.analytic).toBe(folder);
  });
  it.each("pack" in parsed ? runPackTests(parsed.pack) : [])("$kind: $test", ({ problems, records }) => {
    expect(problems).toEqual([]);
    expect(records).toBeGreaterThan(0);
  });
  it("asks for records that exist, and joins requirements that it has", () => {
    const { manifest } = pack();
    for (const { id, accepts } of curatedRequirements(manifest)) expect(accepts, id).not.toEqual([]);
    for (const { id, from, to } of curatedJoins(manifest)) expect([id, from.length > 0, to.length > 0]).toEqual([id, true, true]);
  });
  it("stands for every reference that ATT&CK publishes, or says why not", () => {
    const { manifest } = pack();
    const analytic = published.get(manifest.analytic);
    if (analytic === undefined) return; // not in the starter catalogue
    expect(analytic.platforms).toContain(manifest.platform);
    const own = [...manifest.requirements.flatMap(({ component, cites }) => cites.map((cite) => ({ component, ...cite }))), ...manifest.left.map(({ component, name, channel }) => ({ component, name, channel }))];
    const key = ({ component, name, channel }: z.infer<typeof reference>) => `${component} ${name} ${channel}`;
    expect(own.map(key).sort()).toEqual([...new Set(analytic.logSources.map(key))].sort());
  });
  it("has a value for every mutable element that ATT&CK names, or says why not", () => {
    const { manifest } = pack();
    const wanted = published.get(manifest.analytic)?.mutableElements.map(({ field }) => field);
    if (wanted === undefined) return; // not in the starter catalogue
    const own = [...manifest.elements.flatMap(({ attack }) => attack ?? []), ...manifest.leftElements.map(({ attack }) => attack)];
    expect([...new Set(own)].sort()).toEqual([...new Set(wanted)].sort());
  });
});
