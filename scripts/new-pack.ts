/**
 * Begins a pack: a folder in prisma/packs with what ATT&CK publishes about its analytic filled in, a rule and a sample to
 * replace, and TODO where words are missing. The packs' test refuses it until they are written (docs/packs.md).
 *
 *   npx tsx scripts/new-pack.ts AN0123
 *
 * The analytic is looked up in the starter catalogue, then in the samples folder (SIGHTLINE_SAMPLES).
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Analytic } from "@/lib/catalog/types";
import { PACK_SCHEMA } from "@/lib/detection/packs/pack-schema";
import { PACKS } from "@/lib/detection/packs/testing/pack-folders";
import { publishedAnalytic } from "@/lib/detection/packs/testing/published-analytics";
import { resolveLogSource } from "@/lib/telemetry/resolve-log-source";

const id = process.argv[2] ?? "";
const analytic = /^AN\d{4,}$/.test(id) ? publishedAnalytic(id, process.env.SIGHTLINE_SAMPLES ?? "../shared") : null;
const folder = join(PACKS, id);
if (analytic === null) fail(`"${id}" is no analytic of the starter catalogue or of the samples folder.`);
else if (existsSync(folder)) fail(`${folder} is there already.`);
else begin(analytic);

function begin(about: Analytic): void {
  const name = about.id.toLowerCase();
  const todo = "TODO in our own words";
  const platform = about.platforms[0] ?? "TODO";
  const signal = `${name}-todo`;
  const manifest = {
    schema: PACK_SCHEMA,
    id: `${name}-todo-what-it-finds`,
    version: 1,
    analytic: about.id,
    platform,
    attack: { domain: about.domain, release: "19.1" },
    title: todo,
    author: "Sightline",
    summary: todo,
    severity: "medium",
    confidence: { word: "moderate", because: todo },
    requirements: requirementsOf(about, platform, todo),
    joins: [],
    rules: ["rules/todo.yml"],
    signals: [signal],
    elements: about.mutableElements.map(({ field }) => ({ name: field, attack: field, kind: "list", unit: "TODO", default: ["TODO"], bounds: { most: 200 }, about: todo })),
    falsePositives: [todo],
    tuning: [todo],
    guidance: { executivePriority: todo, technicalView: todo, likelyTelemetry: todo, detectionDirection: todo, mitigationPriorities: [todo], limits: [todo] },
    samples: [{ file: "samples/todo.ndjson", format: "TODO", host: "TODO", shows: todo }],
    tests: [
      { name: "TODO what fires", kind: "true-positive", samples: ["samples/todo.ndjson"], fires: [signal] },
      { name: "TODO what comes near in ordinary work", kind: "benign", samples: ["samples/todo.ndjson"] },
      { name: "TODO what only just does not fire", kind: "near-miss", samples: ["samples/todo.ndjson"], misses: [{ signal, reason: "not-matched", field: "TODO" }] },
    ],
  };
  const rule = {
    title: "TODO",
    id: randomUUID(),
    name: signal,
    status: "experimental",
    description: todo,
    author: "Sightline",
    date: new Date().toISOString().slice(0, 10),
    tags: [...new Set(about.techniques.flatMap(({ id: technique, tactics }) => [...tactics.map((tactic) => `attack.${tactic.name.toLowerCase().replaceAll(" ", "-")}`), `attack.${technique.toLowerCase()}`]))],
    logsource: { product: platform.toLowerCase(), category: "process_creation" },
    detection: { selection: { "Image|endswith": "TODO" }, condition: "selection" },
    level: "medium",
  };
  for (const part of ["rules", "samples"]) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, "pack.yaml"), stringify(manifest, { lineWidth: 130 }));
  writeFileSync(join(folder, "rules/todo.yml"), stringify(rule, { lineWidth: 130 }));
  writeFileSync(join(folder, "samples/todo.ndjson"), "");
  process.stdout.write(`${folder}\n`);
}

/** One requirement per component, its references cited, its record kinds as Sightline resolves them today. */
function requirementsOf({ logSources }: Analytic, platform: string, todo: string) {
  const components = [...new Map(logSources.map(({ component }) => [component.id, component])).values()];
  return components.map((component) => {
    const own = logSources.filter((source) => source.component.id === component.id);
    const accepts = own.flatMap((source) => resolveLogSource(source, platform).accepts);
    const kinds = (met: string) => [...new Set(accepts.filter((one) => one.met === met).map(({ kind }) => kind))];
    const asCited = kinds("as-cited");
    return {
      id: component.name.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
      component: component.id,
      critical: true,
      because: todo,
      cites: own.map(({ name, channel }) => ({ name, channel })),
      asCited,
      equivalents: kinds("equivalent").filter((kind) => !asCited.includes(kind)),
      fields: { anyOf: [["proc_uid", "pid"]] },
    };
  });
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
