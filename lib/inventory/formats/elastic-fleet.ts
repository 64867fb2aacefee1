import { SightlineError } from "@/lib/shared/errors";
import { z } from "zod";
import { matchSource } from "../match-source";
import { matchShape, readJson } from "../read-json";
import { readDate, shown } from "../read-field";
import { startConfiguration, type ConfigurationReader } from "../start-configuration";
import ENDPOINT_EVENTS from "./fleet/endpoint-events.json";
import { fleetFileSchema, inputSchema, packagePolicySchema, streamSchema, type AgentPolicy } from "./fleet/policy-file";
import type { InventoryFormat } from "./inventory-format";

const CHANNELS: ReadonlyMap<string, string> = new Map(Object.entries(ENDPOINT_EVENTS));
const SYSTEMS = { windows: "Windows", mac: "macOS", linux: "Linux" } as const;

/** Elastic Fleet agent policy (JSON): which datasets its agents collect, and which endpoint events per system. */
export const elasticFleet: InventoryFormat = {
  id: "elastic-fleet",
  label: "Elastic Fleet agent policy (JSON)",
  extensions: [".json"],
  segment: "asked",
  guide: {
    proves: "Which datasets the agents of the policy collect, and which kinds of endpoint events are switched on per operating system.",
    not: "How many agents run it, or what the collected logs hold: Sysmon, the audit policy and the audit rules decide that.",
    obtain: [{ product: "Kibana", text: "GET kbn:/api/fleet/agent_policies/POLICY_ID" }],
  },

  sniff: ({ text }) => {
    const keys = ["package_policies", "data_stream", "agent_policies", "streams", "output_permissions"].filter((key) => text.includes(`"${key}"`));
    const inputs = /"inputs"\s*:\s*[[{]/.test(text);
    return { verdict: /^\ufeff?\s*\{/.test(text) && (inputs || keys.includes("package_policies")) && keys.length > 0 ? "yes" : "no", evidence: [...(inputs ? ["key inputs"] : []), ...keys.map((key) => `key ${key}`)] };
  },

  parse: (file, options) => {
    const remedy = "Import what Kibana's API answers for one agent policy.";
    const policy = matchShape(fleetFileSchema, readJson(file.name, file.text, remedy));
    if (policy === null || (policy.inputs === undefined && policy.package_policies === undefined)) throw new SightlineError("INVALID", "The file has neither inputs nor package policies.", { file: file.name, remedy });
    const name = (policy.name ?? policy.id ?? "").slice(0, 150);
    const date = readDate(policy.updated_at ?? "", options.latest);
    const reader = startConfiguration(file, options, { source: name === "" ? "Fleet policy" : `Fleet policy ${name}`, product: "Elastic Agent", basis: "configuration", fileDate: "value" in date ? date.value : null });
    readPolicy(policy, reader, options.platforms ?? []);
    return reader.finish();
  },
};

function readPolicy(policy: AgentPolicy, reader: ConfigurationReader, platforms: readonly string[]): void {
  (policy.inputs ?? []).forEach((input, index) => readInput(input, `inputs[${index}]`, true, reader, platforms));
  (policy.package_policies ?? []).forEach((item, index) => {
    const read = matchShape(packagePolicySchema, item);
    const where = read === null || read.name === "" ? `package_policies[${index}]` : read.name;
    if (read === null) {
      reader.nextRow();
      reader.refuse(null, where, typeof item === "string" ? `The integration ${shown(item)} is named only; its inputs are not in the file.` : "The entry is no integration.", "Import the policy with its package policies in full.");
      return;
    }
    read.inputs.forEach((input, position) => readInput(input, `${where}, inputs[${position}]`, read.enabled !== false, reader, platforms));
  });
}

function readInput(value: unknown, where: string, enabled: boolean, reader: ConfigurationReader, platforms: readonly string[]): void {
  const input = matchShape(inputSchema, value);
  if (input === null) {
    reader.nextRow();
    reader.refuse(null, where, "The entry is no input: it names no type.", "Compare it with the policy as Fleet shows it.");
    return;
  }
  const on = enabled && input.enabled !== false;
  const endpoint = input.policy ?? input.config?.policy?.value;
  if (input.type === "endpoint" && endpoint !== undefined) readEndpoint(endpoint, where, on, reader, platforms);
  for (const [index, item] of (input.streams ?? []).entries()) {
    reader.nextRow();
    const place = `${where}.streams[${index}]`;
    const stream = matchShape(streamSchema, item);
    const dataset = stream?.data_stream?.dataset ?? input.data_stream?.dataset;
    if (stream === null || typeof dataset !== "string") {
      reader.refuse(null, place, "The stream names no dataset.", "Compare it with the policy as Fleet shows it.");
      continue;
    }
    const type = stream.data_stream?.type ?? "logs";
    if (type !== "logs") reader.losses.add("unused", dataset, `The dataset ${shown(dataset)} holds ${type}, not events.`);
    else sayDataset(dataset, place, on && stream.enabled !== false, stream.condition ?? "", reader, platforms);
  }
}

function sayDataset(dataset: string, where: string, on: boolean, only: string, reader: ConfigurationReader, platforms: readonly string[]): void {
  const sources = matchSource(dataset, platforms);
  if (sources.length === 0) {
    const elsewhere = matchSource(dataset, []).length > 0;
    if (elsewhere) reader.losses.add("unused", dataset, `The dataset ${shown(dataset)} is of another platform than those of the segment.`);
    else reader.refuse(null, where, `The dataset ${shown(dataset)} is none whose meaning Sightline knows.`, "Claim it in an inventory CSV, with ATT&CK's name of the log source.");
    return;
  }
  for (const { logSource, channel, needs } of sources) {
    const fact = { logSource, channel, where: `${where}, ${dataset}`, line: null };
    const condition = [needs === "" ? "" : `the log is collected; what stands in it depends on ${needs}`, only === "" ? "" : `only where ${only}`].filter((part) => part !== "").join("; ");
    if (on) reader.claim({ ...fact, condition });
    else reader.off(fact, `The stream of ${dataset} is switched off.`);
  }
}

/** The switches of the endpoint integration: { windows: { events: { process: true, ... } }, mac: ..., linux: ... }. */
function readEndpoint(value: unknown, where: string, on: boolean, reader: ConfigurationReader, platforms: readonly string[]): void {
  for (const [system, platform] of Object.entries(SYSTEMS)) {
    const events = switchesOf(value, system);
    if (events === null) continue;
    if (platforms.length > 0 && !platforms.includes(platform)) {
      reader.losses.add("unused", system, `Switches for ${platform} are not taken over: the segment has none.`);
      continue;
    }
    for (const [name, state] of Object.entries(events)) {
      reader.nextRow();
      const channel = CHANNELS.get(name);
      const place = `${where}, ${system}.events.${name}`;
      if (typeof state !== "boolean") reader.refuse(null, place, "The switch is neither true nor false.", "Compare it with the policy as Fleet shows it.");
      else if (channel === undefined) reader.losses.add("unused", name, `Endpoint events ${shown(name)} are ${state ? "on" : "off"}; no data component of ATT&CK rests on them in Sightline's tables.`);
      else if (state && on) reader.claim({ logSource: "EDR:Telemetry", channel, where: place, line: null, condition: platforms.length === 1 ? "" : `only on ${platform}` });
      else if (platforms.length === 1) reader.off({ logSource: "EDR:Telemetry", channel, where: place, line: null }, `Endpoint events ${name} are switched off.`);
      else reader.losses.add("off", `${system}.${name}`, `Endpoint events ${name} are switched off on ${platform}.`);
    }
  }
}

const objectSchema = z.record(z.string(), z.unknown());

function switchesOf(value: unknown, system: string): Readonly<Record<string, unknown>> | null {
  const policy = matchShape(objectSchema, value);
  const part = policy === null ? null : matchShape(objectSchema, policy[system]);
  return part === null ? null : matchShape(objectSchema, part.events);
}
