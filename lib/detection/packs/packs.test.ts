import { describe, expect, it } from "vitest";
import { linkPackRules } from "./link-pack-rules";
import { curatedJoins, curatedRequirements } from "./pack-requirements";
import type { Pack, PackRefusal } from "./pack-schema";
import { parsePack } from "./parse-pack";
import { proveRequirements } from "./prove-requirements";
import { runPackTests } from "./run-pack-tests";
import { packFiles, packFolders } from "./testing/pack-folders";
import { publishedAnalytic } from "./testing/published-analytics";

const say = ({ file, line, field, message, remedy }: PackRefusal) => `${file}${line === null ? "" : `:${line}`} ${field}: ${message} ${remedy}`;
const folders = packFolders().map((folder) => ({ folder, parsed: parsePack(packFiles(folder)) }));
const packs = folders.flatMap(({ parsed }) => ("pack" in parsed ? [parsed.pack] : []));

describe.each(folders)("the pack $folder", ({ folder, parsed }) => {
  const pack = (): Pack => {
    if ("refused" in parsed) throw new Error(`refused:\n${parsed.refused.map(say).join("\n")}`);
    return parsed.pack;
  };
  const published = publishedAnalytic(folder, process.env.SIGHTLINE_SAMPLES ?? "../shared");

  it("holds together", () => {
    expect("refused" in parsed ? parsed.refused.map(say) : []).toEqual([]);
    expect(pack().manifest.analytic).toBe(folder);
    expect(JSON.stringify([pack().manifest, pack().rules])).not.toContain("TODO"); // of scripts/new-pack.ts
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
  it("has an attack that meets its own critical requirements, fields and joins", () => {
    const open = proveRequirements(pack()).map(({ test, requirements, joins }) => [
      test,
      ...requirements.flatMap(({ id, critical, filled, short }) => (critical && filled === 0 ? [`${id} is not shown (${short} records lack fields)`] : [])),
      ...joins.flatMap(({ id, verdict }) => (verdict.state === "joined" ? [] : [`${id} is ${verdict.state}: ${verdict.because}`])),
    ]);
    expect(open.some((words) => words.length === 1), open.map((words) => words.join("; ")).join("\n")).toBe(true);
  });
  it.skipIf(published === null)("stands for every reference that ATT&CK publishes, or says why not", () => {
    const { manifest } = pack();
    expect(published?.platforms).toContain(manifest.platform);
    const key = (component: string, name: string, channel: string) => `${component} ${name} ${channel}`;
    const own = [...manifest.requirements.flatMap(({ component, cites }) => cites.map(({ name, channel }) => key(component, name, channel))), ...manifest.left.map(({ component, name, channel }) => key(component, name, channel))];
    expect(own.sort()).toEqual([...new Set(published?.logSources.map(({ component, name, channel }) => key(component.id, name, channel)))].sort());
  });
  it.skipIf(published === null)("has a value for every mutable element that ATT&CK names, or says why not", () => {
    const { manifest } = pack();
    const own = [...manifest.elements.flatMap(({ attack }) => attack ?? []), ...manifest.leftElements.map(({ attack }) => attack)];
    expect([...new Set(own)].sort()).toEqual([...new Set(published?.mutableElements.map(({ field }) => field))].sort());
  });
  it.skipIf(published === null)("has rules that name the technique of its analytic", () => {
    const { rules, correlations } = linkPackRules(pack());
    const techniques = published?.techniques.map(({ id }) => `attack.${id.toLowerCase()}`) ?? [];
    for (const { meta } of [...rules, ...correlations]) expect([meta.name, meta.tags.some((tag) => techniques.some((technique) => tag === technique || tag.startsWith(`${technique}.`)))]).toEqual([meta.name, true]);
  });
});

describe("all packs together", () => {
  const documents = packs.flatMap((pack) => {
    const { rules, correlations } = linkPackRules(pack);
    return [...rules, ...correlations].map(({ meta }) => meta);
  });
  const twins = (names: readonly (string | null)[]) => names.filter((name, i) => names.indexOf(name) !== i);

  it("have ids, rule ids and rule names of their own", () => {
    expect(twins(packs.map(({ manifest }) => manifest.id))).toEqual([]);
    expect(twins(documents.map(({ name }) => name))).toEqual([]);
    expect(twins(documents.map(({ id }) => id))).toEqual([]);
    expect(documents.filter(({ id }) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id ?? "")).map(({ name }) => name)).toEqual([]);
  });
  it("say of every rule what it is for, by whom, and how grave it is", () => {
    for (const { name, description, author, level, status, date } of documents) expect([name, description === null, author === null, level === null, status === null, date === null]).toEqual([name, false, false, false, false, false]);
  });
});
