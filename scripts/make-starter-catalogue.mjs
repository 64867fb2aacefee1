// Makes the editions of the starter catalogue, prisma/starter/enterprise-*.json, from the published bundles in the samples folder:
// identifiers, names, links, log sources and mutable-element names verbatim, descriptions from prisma/starter/behaviours.json. No
// published prose is copied. An earlier edition is the same excerpt of an earlier release, for the history of the demonstration.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SAMPLES = join(ROOT, process.env.SIGHTLINE_SAMPLES ?? "../shared", "attack");
const OUT = join(ROOT, "prisma/starter");
const NOTICE = "© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.";

const words = JSON.parse(readFileSync(join(OUT, "behaviours.json"), "utf8"));
const ownComponents = JSON.parse(readFileSync(join(ROOT, "lib/telemetry/components.json"), "utf8"));
const whyOf = new Map(ownComponents.map(({ id, why }) => [id, why]));
const attackId = (object) => object.external_references.find(({ source_name }) => source_name === "mitre-attack").external_id;
const byAttackId = (a, b) => (attackId(a) < attackId(b) ? -1 : 1);
const live = (object) => !object.revoked && !object.x_mitre_deprecated;
const dates = ({ x_mitre_version: version, created, modified }) => ({ version, created, modified });

/** A published release: its objects, and the live strategy of every technique. */
function openRelease(release) {
  const { objects } = JSON.parse(gunzipSync(readFileSync(join(SAMPLES, `enterprise-attack-${release}-detect-stix21.json.gz`))).toString("utf8"));
  const byId = new Map(objects.map((object) => [object.id, object]));
  const ofType = (type) => objects.filter((object) => object.type === type);
  const strategyOf = new Map();
  for (const { relationship_type, source_ref, target_ref } of ofType("relationship")) {
    if (relationship_type === "detects" && live(byId.get(source_ref))) strategyOf.set(attackId(byId.get(target_ref)), byId.get(source_ref));
  }
  return { release, byId, ofType, strategyOf };
}

/** What gives a behaviour away, by the strategy that looks for it: a strategy keeps its id when it moves to another technique. */
function signsOf({ release, strategyOf }, behaviours) {
  const missing = Object.keys(behaviours).filter((id) => !strategyOf.has(id));
  if (missing.length > 0) throw new Error(`${release}: no live strategy for ${missing.join(", ")}`);
  return Object.entries(behaviours).map(([technique, sign]) => [attackId(strategyOf.get(technique)), sign]);
}

const PLACES = {
  PRE: "Outside the fleet",
  IaaS: "In cloud infrastructure",
  SaaS: "In software services",
  "Identity Provider": "At the identity provider",
  "Office Suite": "In the office suite",
  "Network Devices": "On network devices",
  Containers: "In containers",
  ESXi: "On ESXi hosts",
};
const list = (items) => (items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`);

function describe(analytic, sign, position, byId) {
  const own = words.analytics[attackId(analytic)];
  if (own !== undefined) return own;
  const [platform] = analytic.x_mitre_platforms;
  const needs = [...new Set((analytic.x_mitre_log_source_references ?? []).map((reference) => byId.get(reference.x_mitre_data_component_ref).name))];
  return `${PLACES[platform] ?? `On ${platform}`}, ${sign}. ${need(needs, platform, position)}`;
}

function need(needs, platform, position) {
  if (needs.length === 0) return "ATT&CK cites no log source for it: no sensor of a fleet can show it.";
  if (platform === "PRE") return `What can be known comes from outside services (${list(needs)}), not from sensors of the fleet.`;
  if (needs.length === 1) return position % 2 === 0 ? `Records of one kind have to show it: ${needs[0]}.` : `It stands or falls with ${needs[0]} records.`;
  const tie = ["Windows", "macOS", "Linux", "ESXi"].includes(platform) ? "host and process" : ["Containers", "Network Devices"].includes(platform) ? "workload or device" : "account and session";
  const sentences = [
    `It takes ${list(needs)}, tied together by ${tie}.`,
    `${list(needs)} have to be collected from the same place and tied by ${tie}.`,
    `Only ${list(needs)} together, joined by ${tie}, tell it from ordinary work.`,
  ];
  return sentences[position % sentences.length];
}

const pascal = (field) => field.replace(/(^|[_\s-])([a-z])/g, (_, __, letter) => letter.toUpperCase());
const describeElement = (field) => words.mutableElements.find(([pattern]) => new RegExp(pattern).test(pascal(field)))[1];

/** The excerpt of one release: the strategies of `signs`, whole, with everything that they lead to. */
function excerpt({ release, byId, ofType, strategyOf }, signs) {
  const techniques = new Map();
  const components = new Map();
  const tactics = new Map(ofType("x-mitre-tactic").map((tactic) => [tactic.x_mitre_shortname, tactic]));
  const parentOf = new Map(ofType("relationship").filter(({ relationship_type }) => relationship_type === "subtechnique-of").map(({ source_ref, target_ref }) => [source_ref, attackId(byId.get(target_ref))]));
  const techniqueOf = (id) => ofType("attack-pattern").find((technique) => live(technique) && attackId(technique) === id);
  const [matrix] = ofType("x-mitre-matrix");
  const techniqueBy = new Map([...strategyOf].map(([technique, strategy]) => [attackId(strategy), technique]));
  const strategies = [...new Set(strategyOf.values())].filter((strategy) => signs.has(attackId(strategy))).sort(byAttackId).map((strategy) => ({
    id: attackId(strategy),
    stixId: strategy.id,
    name: strategy.name,
    ...dates(strategy),
    techniques: [techniqueBy.get(attackId(strategy))],
    analytics: strategy.x_mitre_analytic_refs.map((id) => byId.get(id)).sort(byAttackId).map((analytic, position) => ({
      id: attackId(analytic),
      stixId: analytic.id,
      name: analytic.name,
      ...dates(analytic),
      platforms: analytic.x_mitre_platforms,
      description: describe(analytic, signs.get(attackId(strategy)), position, byId),
      logSources: (analytic.x_mitre_log_source_references ?? []).map((reference) => {
        const component = byId.get(reference.x_mitre_data_component_ref);
        components.set(attackId(component), component);
        return { component: attackId(component), name: reference.name, channel: reference.channel };
      }),
      mutableElements: (analytic.x_mitre_mutable_elements ?? []).map(({ field }) => ({ field, description: describeElement(field) })),
    })),
  }));
  for (const id of strategies.flatMap(({ techniques: ids }) => ids)) {
    techniques.set(id, techniqueOf(id));
    const parent = parentOf.get(techniqueOf(id).id); // a matrix places a sub-technique below its parent, which need not have an analytic here
    if (parent !== undefined) techniques.set(parent, techniqueOf(parent));
  }
  const head = (object) => ({ id: attackId(object), stixId: object.id, name: object.name, ...dates(object) });
  return {
    notice: NOTICE,
    licence: "LICENSE-ATTACK.txt",
    about: `An excerpt of MITRE ATT&CK(R) enterprise ${release}: identifiers, names, links, log sources and names of mutable elements as published. The descriptions are Sightline's own. Made by scripts/make-starter-catalogue.mjs.`,
    domain: "enterprise",
    release: `starter-${release}`,
    matrix: { stixId: matrix.id, name: matrix.name, tactics: matrix.tactic_refs.map((id) => attackId(byId.get(id))) },
    tactics: [...tactics.values()].sort(byAttackId).map((tactic) => ({ ...head(tactic), shortName: tactic.x_mitre_shortname })),
    techniques: [...techniques.values()].sort(byAttackId).map((technique) => ({
      ...head(technique),
      platforms: technique.x_mitre_platforms,
      tactics: technique.kill_chain_phases.map(({ phase_name }) => attackId(tactics.get(phase_name))),
      parent: parentOf.get(technique.id) ?? null,
    })),
    components: [...components.values()].sort(byAttackId).map((component) => ({ ...head(component), description: whyOf.get(attackId(component)) ?? "" })),
    strategies,
  };
}

/** Readable and compact: one object of a list a line, the analytics of a strategy a line each. */
function print(value) {
  const lines = Object.entries(value).map(([key, item]) => {
    if (!Array.isArray(item)) return `${JSON.stringify(key)}: ${JSON.stringify(item)}`;
    const rows = item.map((row) => {
      if (!Array.isArray(row.analytics)) return `  ${JSON.stringify(row)}`;
      const { analytics, ...rest } = row;
      return `  ${JSON.stringify(rest).slice(0, -1)},"analytics":[\n${analytics.map((analytic) => `    ${JSON.stringify(analytic)}`).join(",\n")}\n  ]}`;
    });
    return `${JSON.stringify(key)}: [\n${rows.join(",\n")}\n]`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

const newest = openRelease("19.1");
const signs = new Map(signsOf(newest, words.behaviours));
const earlier = openRelease("18.1");
const editions = [excerpt(newest, signs), excerpt(earlier, new Map([...signs, ...signsOf(earlier, words.earlier)]))];
for (const edition of editions) {
  const text = print(edition);
  writeFileSync(join(OUT, `${edition.domain}-${edition.release.replace("starter-", "")}.json`), text);
  const all = edition.strategies.flatMap(({ analytics }) => analytics);
  const perPlatform = {};
  for (const { platforms } of all) for (const platform of platforms) perPlatform[platform] = (perPlatform[platform] ?? 0) + 1;
  console.log(`${edition.release}: ${edition.strategies.length} strategies, ${all.length} analytics, ${all.filter(({ logSources }) => logSources.length === 0).length} without log sources, ${Buffer.byteLength(text)} bytes`, perPlatform);
}
copyFileSync(join(SAMPLES, "LICENSE-ATTACK.txt"), join(OUT, "LICENSE-ATTACK.txt"));
