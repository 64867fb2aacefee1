import type { Domain } from "@/lib/catalog/types";
import { SightlineError } from "@/lib/shared/errors";
import { startLossList, type LossList } from "../loss-list";
import { foldPlatform, platformsOf, presentPlatform } from "../platforms";
import { readYaml } from "../read-yaml";
import { shown } from "../read-field";
import { segmentKey } from "../segment-key";
import type { Refusal } from "../types";
import { readDettectClaim } from "./dettect-claim";
import { dettectComponent } from "./dettect-component";
import { dettectDetailSchema, dettectFileSchema, dettectSourceSchema, type DettectFile } from "./dettect-file";
import type { InventoryFormat, ParsedClaim, ProposedSegment } from "./inventory-format";
import { recogniseOther } from "./recognise-other";

const FILE_TYPE = "data-source-administration";
const DOMAIN_OF: Readonly<Record<string, Domain>> = { "": "enterprise", "enterprise-attack": "enterprise", "mobile-attack": "mobile", "ics-attack": "ics" };
const COMPLETE = ["assets", "criticality", "owner"];

/** DeTT&CT data source administration, YAML 1.0 and 1.1: systems become segments, data sources become claims about a component. */
export const dettectYaml: InventoryFormat = {
  id: "dettect-yaml",
  label: "DeTT&CT data source administration (YAML 1.0, 1.1)",
  extensions: [".yaml", ".yml"],
  guide: {
    proves: "That somebody states which data components each system has, since when, with which quality scores.",
    not: "Which log source or event brings them: the file names components and products in free text.",
    obtain: [],
  },

  sniff: ({ text }) => ({
    verdict: /^["']?file_type["']?\s*:\s*["']?data-source-administration["']?\s*(#.*)?$/m.test(text) ? "yes" : "no",
    evidence: [`file_type: ${FILE_TYPE}`],
  }),

  parse: (input, { latest }) => {
    const { value, comments } = readYaml(input.name, input.text);
    const file = readFile(input.name, value);
    const losses = startLossList();
    const systems = readSystems(file, losses);
    const claims: ParsedClaim[] = [];
    const refused: Refusal[] = [];
    let row = 0;
    for (const source of file.data_sources) {
      const read = dettectSourceSchema.safeParse(source);
      const details = read.success ? (read.data.data_source ?? [source]) : [source];
      const name = read.success ? read.data.data_source_name : "";
      for (const item of details) {
        row++;
        const refuse = (field: string, message: string, remedy: string): void => {
          refused.push({ line: null, row, field, message: name === "" ? message : `${name}: ${message}`, remedy });
        };
        const detail = dettectDetailSchema.safeParse(item);
        if (!read.success || !detail.success) {
          refuse("data_source", "The entry does not have the shape of a data source.", "Compare it with a file that DeTT&CT wrote.");
          continue;
        }
        const component = componentOf(name, losses, refuse);
        if (component === null) continue;
        const result = readDettectClaim(detail.data, component, latest, losses);
        if ("problems" in result) for (const { field, message, remedy } of result.problems) refuse(field, message, remedy);
        else if (result.claim) for (const segment of segmentsOf(detail.data.applicable_to ?? ["all"], systems, refuse)) claims.push({ segment, line: null, row, claim: result.claim });
      }
    }
    noteFileLosses(file, comments, losses);
    return { rows: row, claims, refused, losses: losses.list(), segments: [...systems.values()] };
  },
};

function readFile(name: string, value: unknown): DettectFile {
  const read = dettectFileSchema.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new SightlineError("INVALID", "The file does not have the shape of a DeTT&CT data source administration file.", { file: name, field: issue?.path.join("."), remedy: "Compare it with a file that DeTT&CT wrote." });
  }
  const { file_type, version = "" } = read.data;
  if (file_type !== FILE_TYPE) {
    throw new SightlineError("UNSUPPORTED", recogniseOther(`file_type: ${file_type}`) ?? `The file type is ${shown(file_type)}, not ${FILE_TYPE}.`, { file: name, field: "file_type" });
  }
  if (!["1", "1.0", "1.1"].includes(version)) {
    throw new SightlineError("UNSUPPORTED", `Version ${shown(version)} of the file is not known.`, { file: name, field: "version", remedy: "Sightline reads 1.0 and 1.1." });
  }
  if (DOMAIN_OF[read.data.domain ?? ""] === undefined) {
    throw new SightlineError("INVALID", `${shown(read.data.domain ?? "")} is not an ATT&CK domain.`, { file: name, field: "domain", remedy: "Use enterprise-attack, mobile-attack or ics-attack." });
  }
  return read.data;
}

/** The systems by folded name. A file without any (1.0) describes one, which carries the file's name. */
function readSystems(file: DettectFile, losses: LossList): Map<string, ProposedSegment> {
  const domain = DOMAIN_OF[file.domain ?? ""] ?? "enterprise";
  const declared = (file.systems ?? []).flatMap(({ applicable_to, platform }) => applicable_to.map((name) => ({ name, platforms: platform ?? [] })));
  if (declared.length === 0) {
    const name = file.name || "DeTT&CT inventory";
    declared.push({ name, platforms: file.platform ?? [] });
    losses.add("changed", name, `The file names no systems: all of it is taken over for one segment, ${shown(name)}.`);
  }
  const systems = new Map<string, ProposedSegment>();
  for (const { name, platforms } of declared) {
    const key = segmentKey(name);
    if (key === "" || key === "all") continue;
    const names = new Set(systems.get(key)?.platforms.map((platform) => platform.name));
    for (const platform of foldPlatforms(name, platforms, domain, losses)) names.add(platform);
    const missing = platforms.length === 0 || names.size === 0 ? ["platforms", ...COMPLETE] : COMPLETE;
    systems.set(key, { name, platforms: [...names].map((platform) => ({ name: platform, hosts: null })), missing });
  }
  return systems;
}

function foldPlatforms(system: string, platforms: readonly string[], domain: Domain, losses: LossList): string[] {
  if (platforms.length === 0 || platforms.some((platform) => platform.toLowerCase() === "all")) {
    losses.add("changed", system, `${shown(system)} names no platform, or all of them: every platform of the ${domain} domain is assumed until somebody says which.`);
    return [...platformsOf(domain)];
  }
  const folded: string[] = [];
  for (const platform of platforms) {
    const present = foldPlatform(platform);
    const renamed = present ?? presentPlatform(platform);
    if (renamed === null) losses.add("dropped", platform, `ATT&CK has no platform ${shown(platform)}; ${shown(system)} is taken over without it.`);
    else folded.push(renamed);
    if (present === null && renamed !== null) losses.add("changed", platform, `ATT&CK now calls ${shown(platform)} ${renamed}.`);
  }
  return folded;
}

type Refuse = (field: string, message: string, remedy: string) => void;

function componentOf(name: string, losses: LossList, refuse: Refuse): string | null {
  const found = dettectComponent(name);
  if (found.kind === "component") return found.name;
  if (found.kind === "mapped") {
    losses.add("changed", name, `${shown(name)} is taken over as ${found.name} (${found.why}).`);
    return found.name;
  }
  if (found.kind === "own") losses.add("dropped", name, `${shown(name)} is a source that DeTT&CT added; ATT&CK has no component for it, so no analytic can rest on it.`);
  else if (found.kind === "withdrawn") losses.add("dropped", name, `ATT&CK withdrew the component ${shown(name)}; no analytic rests on it.`);
  else refuse("data_source_name", "ATT&CK has no data component of this name.", "Write a component of ATT&CK 18 or later; names of releases before 9 often stood for several.");
  return null;
}

function segmentsOf(applicable: readonly string[], systems: ReadonlyMap<string, ProposedSegment>, refuse: Refuse): string[] {
  if (applicable.some((name) => segmentKey(name) === "all")) return [...systems.values()].map(({ name }) => name);
  const found: string[] = [];
  for (const name of applicable) {
    const system = systems.get(segmentKey(name)) ?? (systems.size === 1 && applicable.length === 0 ? [...systems.values()][0] : undefined);
    if (system) found.push(system.name);
    else refuse("applicable_to", `The file declares no system ${shown(name)}.`, "Add it to systems, with its platform.");
  }
  return [...new Set(found)];
}

function noteFileLosses(file: DettectFile, comments: number, losses: LossList): void {
  for (const exception of file.exceptions ?? []) {
    const id = typeof exception === "object" && exception !== null && "technique_id" in exception ? String(exception.technique_id ?? "") : "";
    if (id !== "") losses.add("dropped", id, `The exception for ${id} is not taken over: in Sightline an exclusion needs a reason, an owner and an end.`);
  }
  if (file.notes) losses.add("dropped", "notes", "The notes of the file are not shown anywhere; the file itself is kept.");
  for (let each = 0; each < comments; each++) losses.add("dropped", "comments", "Comments in the YAML are not taken over; the file itself is kept.");
  losses.add("unused", "log sources", "DeTT&CT names components, not log sources: each claim speaks of a component on a system, whatever sensor feeds it.");
}
