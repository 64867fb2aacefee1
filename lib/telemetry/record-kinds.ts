import { z } from "zod";
import { componentById } from "./component-index";
import { familyById } from "./family-of";
import { cloudOperationComponents } from "./cloud-operations";
import { edrPlatforms } from "./edr-platforms";
import { polledForm } from "./polled-rows";
import { baseKind, statedPlatform } from "./stated-platform";
import type { RecordKindId } from "./types";
import cloud from "./tables/kinds-cloud.json";
import edr from "./tables/kinds-edr.json";
import endpoint from "./tables/kinds-endpoint.json";
import esxi from "./tables/kinds-esxi.json";
import linux from "./tables/kinds-linux.json";
import macos from "./tables/kinds-macos.json";
import mobileIcs from "./tables/kinds-mobile-ics.json";
import network from "./tables/kinds-network.json";
import none from "./tables/kinds-without-component.json";
import windows from "./tables/kinds-windows.json";

/*
 * Which record carries which data component: our own table, by family and native event key. A component is carried because
 * of what the record reports, never because a field happens to exist. Tables map "DC0032 Process Creation" -> keys; the key
 * "*" stands for every record of the family (any line of an application's log is Application Log Content). Families whose
 * format is not read yet have coarse keys (a named log, an operation), so that claims and carriers can speak of them.
 */
const Table = z.record(z.string(), z.record(z.string(), z.array(z.string())));
const TABLES = [windows, macos, linux, network, cloud, endpoint, edr, esxi, mobileIcs].map((table) => Table.parse(table));

const CARRIES_NONE: ReadonlyMap<string, string> = new Map(Object.entries(none)); // kind -> why

const ANY = "*";
const COMPONENTS = new Map<string, Map<string, string[]>>(); // family -> key -> DC ids

for (const table of TABLES) {
  for (const [family, rows] of Object.entries(table)) {
    const keys = new Map<string, string[]>();
    for (const [label, listed] of Object.entries(rows)) {
      const component = label.slice(0, "DC0000".length);
      for (const key of listed) keys.set(key, [...(keys.get(key) ?? []), component]);
    }
    const open = keys.get(ANY);
    if (open) for (const [key, own] of keys) keys.set(key, [...new Set([...own, ...open])]);
    for (const own of keys.values()) own.sort();
    COMPONENTS.set(family, keys);
  }
}

const KNOWN: readonly RecordKindId[] = [...COMPONENTS].flatMap(([family, keys]) =>
  [...keys.keys()].filter((key) => key !== ANY).map((key) => kindId(family, key)),
);
const BY_FAMILY = new Map<string, RecordKindId[]>();
for (const kind of KNOWN) {
  const { family } = splitKind(kind);
  BY_FAMILY.set(family, [...(BY_FAMILY.get(family) ?? []), kind]);
}
const NOTHING: readonly string[] = [];

/** "family:key", the id of a record kind. */
export function kindId(family: string, key: string): RecordKindId {
  return `${family}:${key}`;
}

/** The two parts of a record kind id; families hold no colon, keys may. */
export function splitKind(kind: RecordKindId): { family: string; key: string } {
  const colon = kind.indexOf(":");
  return colon < 0 ? { family: kind, key: "" } : { family: kind.slice(0, colon), key: kind.slice(colon + 1) };
}

/** DC ids of the data components that a record of this kind carries, sorted; none for a kind nobody has judged. */
export function componentsOfKind(kind: RecordKindId): readonly string[] {
  const polled = polledForm(kind);
  if (polled === null) return componentsOfBase(kind);
  return polled.form === "removed" ? NOTHING : componentsOfBase(polled.table).filter((id) => componentById(id)?.kind === "state");
}

function componentsOfBase(kind: RecordKindId): readonly string[] {
  const { family, key } = splitKind(baseKind(kind));
  const keys = COMPONENTS.get(family);
  if (!keys) return NOTHING;
  const own = keys.get(key);
  if (own) return own;
  if (family === "aws-cloudtrail") return cloudOperationComponents(key);
  for (let at = prefixOf(family, key); at !== ANY; at = prefixOf(family, at)) {
    const broader = keys.get(at);
    if (broader) return broader;
  }
  return keys.get(ANY) ?? NOTHING;
}

/** carries: some component; none: judged to carry none of ATT&CK's components; unknown: nobody has judged it. */
export function verdictOnKind(kind: RecordKindId): "carries" | "none" | "unknown" {
  if (componentsOfKind(kind).length > 0) return "carries";
  const base = baseKind(kind);
  // A table that was judged is judged for its readings too: they may show no state.
  return CARRIES_NONE.has(base) || (polledForm(kind) !== null && componentsOfBase(base).length > 0) ? "none" : "unknown";
}

/** Whether a record of this kind carries the component. */
export function carries(kind: RecordKindId, componentId: string): boolean {
  return componentsOfKind(kind).includes(componentId);
}

/** Whether a kind is a longer form of another ("hostd/vim.FileManager.delete" of "hostd/vim"), in the families whose keys nest so. */
export function isFormOf(kind: RecordKindId, whole: RecordKindId): boolean {
  const { family, key } = splitKind(kind);
  for (let at = prefixOf(family, key); at !== ANY; at = prefixOf(family, at)) if (kindId(family, at) === whole) return true;
  return false;
}

/** Every record kind the tables name (open families have more: any subsystem, any operation). */
export function knownKinds(): readonly RecordKindId[] {
  return KNOWN;
}

/** The record kinds the tables name for one family. */
export function kindsOfFamily(family: string): readonly RecordKindId[] {
  return BY_FAMILY.get(family) ?? NOTHING;
}

/** Whether the sources of a family can exist on a platform (null: not stated, so any). */
export function familyRunsOn(family: string, platform: string | null): boolean {
  if (platform === null || family === "edr-generic" || family === "ocsf") return true;
  const platforms = PLATFORMS[family] ?? familyById(family)?.platforms ?? NOTHING;
  return platforms.length === 0 || platforms.includes(platform);
}

/** ATT&CK platforms that a record of this kind can come from. */
export function platformsOfKind(kind: RecordKindId): readonly string[] {
  const { family, key } = splitKind(baseKind(kind));
  if (OF_THE_DEVICE.has(baseKind(kind))) return ["Network Devices"];
  const stated = statedPlatform(kind);
  if (stated !== null) return stated === "Linux" ? ["Linux", "Containers"] : [stated];
  return edrPlatforms(family, key) ?? PLATFORMS[family] ?? familyById(family)?.platforms ?? NOTHING;
}

// What a sensor or a firewall says of itself, its health and its administrators, tells nothing of the hosts that it sees.
const OF_THE_DEVICE: ReadonlySet<string> = new Set(["nsm-zeek:capture_loss", "nsm-suricata:stats", "firewall:config", "firewall:login", "firewall:login-failed"]);

// Where a family's records can be met is wider than where its product runs: a network sensor sees every host on the wire.
const WIRE = ["Windows", "Linux", "macOS", "Network Devices", "ESXi", "Containers", "IaaS", "Identity Provider", "Android", "iOS", "None"];
const CLOUD = ["IaaS", "Identity Provider", "SaaS", "Containers"];
const OFFICE = ["Office Suite", "SaaS", "Identity Provider", "Windows"];
const WINDOWS = ["Windows", "Identity Provider", "Office Suite"]; // domain controllers, AD FS and Office write Windows logs
const PLATFORMS: Readonly<Record<string, readonly string[]>> = {
  "windows-sysmon": ["Windows", "Office Suite"],
  "windows-security": WINDOWS,
  "windows-powershell": WINDOWS,
  "windows-system": WINDOWS,
  "windows-application": WINDOWS,
  "windows-defence": WINDOWS,
  "nsm-zeek": WIRE,
  "nsm-suricata": WIRE,
  netflow: WIRE,
  firewall: ["Network Devices", "Linux", "macOS", "Windows", "ESXi", "IaaS"],
  "linux-auditd": ["Linux", "Containers"],
  "linux-osquery": ["Linux", "Containers"],
  "linux-ebpf": ["Linux", "Containers", "IaaS"],
  "linux-syslog": ["Linux", "Containers"],
  "linux-sysmon": ["Linux"],
  "app-web-mail": ["Linux", "Windows", "macOS", "Containers", "SaaS", "Office Suite", "None"],
  "aws-cloudtrail": CLOUD,
  "aws-other": ["IaaS"],
  "azure-activity": CLOUD,
  gcp: [...CLOUD, "Office Suite"],
  "entra-id": OFFICE,
  m365: OFFICE,
  "google-workspace": ["SaaS", "Office Suite", "Identity Provider"],
  "okta-idp": ["Identity Provider", "SaaS", "IaaS"],
  "saas-collab": ["SaaS", "Office Suite"],
  kubernetes: ["Containers", "Linux"],
  "docker-containerd": ["Containers", "Linux"],
  "mdm-intune": ["Windows", "macOS", "Linux", "Network Devices"],
  "generic-host": ["None", "Android", "iOS"],
};

// Where what a key begins with was judged as a whole, its longer forms follow it: "<Provider>/<event>" of sources read without
// event tables, "hostd/vim.FileManager.<method>", "token/activity/<method>". The pattern is the last part to cut off.
const LAST_PART: Readonly<Record<string, RegExp>> = { "windows-etw": /\/[^/]*$/, "windows-misc": /\/[^/]*$/, "google-workspace": /\/[^/]*$/, esxi: /[./][^./]*$/, "vcenter-nsx": /[./][^./]*$/ };

function prefixOf(family: string, key: string): string {
  const last = LAST_PART[family];
  const at = last === undefined ? -1 : key.search(last);
  return at > 0 ? key.slice(0, at) : ANY;
}
