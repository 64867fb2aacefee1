import { SightlineError } from "@/lib/shared/errors";
import { shown } from "../read-field";
import { readXml, type XmlElement } from "../read-xml";
import { startConfiguration, type ConfigurationReader } from "../start-configuration";
import { entriesOf, flagOf, itemsOf, textOf } from "./apple/plist-element";
import type { InventoryFormat } from "./inventory-format";

const ES = "macos:endpointsecurity";
const NETWORK = { logSource: "EDR:Telemetry", channel: "network/connection_attempted, network/connection" };
const UNWRAP = "openssl smime -verify -noverify -inform der -in profile.mobileconfig -out plain.mobileconfig";

/** Apple configuration profile: what is granted to endpoint agents. Granted is not running, so every claim is conditional. */
export const appleProfile: InventoryFormat = {
  id: "apple-profile",
  label: "Apple configuration profile (.mobileconfig)",
  extensions: [".mobileconfig", ".plist"],
  segment: "asked",
  guide: {
    proves: "That an agent may use Endpoint Security or filter the network: its system extension is allowed, with or without Full Disk Access.",
    not: "That the agent is installed, runs, or sends what it sees: granted is not running, so each claim is conditional. A signature is not checked.",
    obtain: [
      { product: "macOS, as administrator", text: "profiles show -output stdout-xml" },
      { product: "a signed profile, where it is refused", text: UNWRAP },
    ],
  },

  sniff: ({ text }) => {
    const head = text.slice(0, 4_000);
    const plist = /<plist[\s>]/.test(head);
    const payload = /<key>\s*Payload(?:Content|Type)\s*<\/key>/.test(text);
    return { verdict: plist && payload ? "yes" : "no", evidence: ["a property list", "key PayloadContent"] };
  },

  parse: (file, options) => {
    const root = readXml(file.name, file.text, { plist: true });
    const top = entriesOf(root.children[0]);
    if (root.name !== "plist" || !(top.has("PayloadContent") || top.has("PayloadType"))) {
      throw new SightlineError("INVALID", "The property list is no configuration profile.", { file: file.name, line: root.line, remedy: "A profile is a dict with PayloadContent." });
    }
    const name = textOf(top.get("PayloadDisplayName")) || textOf(top.get("PayloadIdentifier")) || file.name;
    const reader = startConfiguration(file, options, { source: "Configuration profile", product: name.slice(0, 200), basis: "configuration" });
    const payloads = top.get("PayloadContent")?.name === "array" ? itemsOf(top.get("PayloadContent")) : root.children.slice(0, 1);
    const fullDisk = payloads.flatMap(fullDiskAgents);
    for (const payload of payloads) readPayload(payload, fullDisk, reader);
    return reader.finish();
  },
};

function readPayload(payload: XmlElement, fullDisk: readonly string[], reader: ConfigurationReader): void {
  reader.nextRow();
  const entries = entriesOf(payload);
  const type = textOf(entries.get("PayloadType"));
  const where = `line ${payload.line}, ${type}`;
  const place = { where, line: payload.line };
  if (type === "com.apple.system-extension-policy") readExtensions(entries, fullDisk, place, reader);
  else if (type === "com.apple.webcontent-filter") readFilter(entries, place, reader);
  else if (type === "com.apple.TCC.configuration-profile-policy") readPrivacy(payload, place, reader);
  else if (type === "com.apple.system.logging") readLogging(entries, reader);
  else if (type === "") reader.refuse(payload.line, "PayloadType", "The payload names no type.", "Compare it with the profile as the management system shows it.");
  else reader.losses.add("unused", type, `Payloads of the type ${shown(type)} grant no telemetry; they are not taken over.`);
}

type Place = { readonly where: string; readonly line: number };

/** Allowed system extensions, by team. A type list narrows what a team's extensions may be; without one they may be anything. */
function readExtensions(entries: ReadonlyMap<string, XmlElement>, fullDisk: readonly string[], place: Place, reader: ConfigurationReader): void {
  const byTeam = new Map<string, string[]>();
  for (const [team, bundles] of entriesOf(entries.get("AllowedSystemExtensions"))) byTeam.set(team, itemsOf(bundles).map(textOf).filter((bundle) => bundle !== ""));
  for (const team of itemsOf(entries.get("AllowedTeamIdentifiers")).map(textOf)) if (!byTeam.has(team)) byTeam.set(team, []);
  const types = new Map([...entriesOf(entries.get("AllowedSystemExtensionTypes"))].map(([team, list]) => [team, itemsOf(list).map(textOf)]));
  if (byTeam.size === 0) reader.losses.add("unused", "com.apple.system-extension-policy", "The payload allows no system extension by name or team.");
  for (const [team, bundles] of byTeam) {
    const who = bundles.length > 0 ? bundles.join(", ") : `any extension of team ${team}`;
    const allowed = types.get(team) ?? null;
    const typed = allowed === null ? "; the profile does not say whether it is an Endpoint Security or a network extension" : "";
    const disk = fullDisk.some((agent) => bundles.includes(agent)) ? "" : "; Full Disk Access for it is not in this profile";
    const running = `only where ${who} (team ${team}) is installed, runs and sends what it sees: the profile allows it`;
    if (allowed === null || allowed.includes("EndpointSecurityExtension")) reader.claim({ ...place, logSource: ES, channel: "", condition: `${running}${typed}${disk}` });
    if (allowed === null || allowed.includes("NetworkExtension")) reader.claim({ ...place, ...NETWORK, condition: `${running}${typed}` });
  }
}

function readFilter(entries: ReadonlyMap<string, XmlElement>, place: Place, reader: ConfigurationReader): void {
  const bundle = textOf(entries.get("FilterDataProviderBundleIdentifier")) || textOf(entries.get("PluginBundleID"));
  const sockets = flagOf(entries.get("FilterSockets"));
  if (bundle === "" || textOf(entries.get("FilterType")) === "BuiltIn") {
    reader.losses.add("unused", "com.apple.webcontent-filter", "A built-in content filter restricts sites; it reports no connections.");
    return;
  }
  if (sockets === false) {
    reader.off({ ...place, ...NETWORK }, `The content filter ${bundle} does not filter sockets.`);
    return;
  }
  reader.claim({ ...place, ...NETWORK, condition: `only where the content filter ${bundle} is installed, runs and sends what it sees${sockets === null ? "; the profile does not say whether it filters sockets" : ""}` });
}

/** Full Disk Access is what Endpoint Security clients need, and brings no record by itself. */
function readPrivacy(payload: XmlElement, place: Place, reader: ConfigurationReader): void {
  const agents = fullDiskAgents(payload);
  for (const agent of agents) reader.losses.add("unused", agent, `${shown(agent)} has Full Disk Access (${place.where}), which Endpoint Security needs; whether it records anything is said elsewhere.`);
  if (agents.length === 0) reader.losses.add("unused", "com.apple.TCC.configuration-profile-policy", "The payload grants nobody Full Disk Access (SystemPolicyAllFiles).");
}

function fullDiskAgents(payload: XmlElement): readonly string[] {
  const services = entriesOf(entriesOf(payload).get("Services"));
  return itemsOf(services.get("SystemPolicyAllFiles")).flatMap((item) => {
    const entries = entriesOf(item);
    const granted = flagOf(entries.get("Allowed")) ?? textOf(entries.get("Authorization")) === "Allow";
    const agent = textOf(entries.get("Identifier"));
    return granted && agent !== "" ? [agent] : [];
  });
}

function readLogging(entries: ReadonlyMap<string, XmlElement>, reader: ConfigurationReader): void {
  const system = entriesOf(entries.get("System"));
  const subsystems = [...entriesOf(entries.get("Subsystems")).keys()];
  const open = flagOf(system.get("Enable-Private-Data"));
  reader.losses.add("unused", "com.apple.system.logging", open ? "Private data are written into the unified log of every subsystem: fields that are redacted elsewhere may be filled here. Whether the log is collected is said elsewhere." : `Private data stay redacted in the unified log${subsystems.length > 0 ? `; settings of their own: ${subsystems.slice(0, 10).join(", ")}` : ""}.`);
}
