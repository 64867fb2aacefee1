import { ecsText } from "@/lib/events/formats/ecs-fields";
import { isJsonObject } from "@/lib/events/frame/plain-value";
import type { ParsedRecord } from "@/lib/events/types";
import type { RecordView } from "../evaluate/rule-view";
import { isOpenCall, opensToCreate } from "./opens-to-create";

/** What decides which rules a record is shown to. */
export interface RecordSource {
  readonly family: string;
  readonly key: string; // lower case, without a stated platform; Sysmon's event 12 with what was done: 12/createkey; an opened file with what for: openat/create, openat/other
  readonly channel: string | null; // of Windows events, lower case
  readonly platform: string | null; // as Sigma names products: windows, macos, linux; the vendor of a firewall
}

const SYSTEMS: Readonly<Record<string, string>> = { windows: "windows", macos: "macos", darwin: "macos", mac: "macos", osx: "macos", linux: "linux" };
const CROSS_PLATFORM = new Set(["osquery", "edr-generic", "edr-defender", "edr-crowdstrike", "edr-sentinelone", "edr-carbonblack", "ocsf"]);
const VENDORS: readonly (readonly [RegExp, string])[] = [
  [/forti/i, "fortigate"], [/palo alto|pan-os/i, "paloalto"], [/cisco|asa\b|firepower/i, "cisco"], [/check ?point|vpn-1/i, "checkpoint"], [/juniper|srx|netscreen/i, "juniper"], [/sonicwall/i, "sonicwall"],
];

/** Where a record comes from, as routing asks: from its kind, its log, and what it says of its system. */
export function sourceOf(record: Pick<ParsedRecord, "kind" | "fields" | "native">, view: RecordView): RecordSource {
  const { family } = record.kind;
  const [key = "", stated] = record.kind.key.toLowerCase().split("@");
  if (family === "windows-sysmon" && key === "12") return { family, key: `12/${String(view.values("EventType")?.[0] ?? "").toLowerCase()}`, channel: null, platform: null };
  if (family === "linux-auditd" && isOpenCall(key)) return { family, key: `${key}/${opensToCreate(key, record) ? "create" : "other"}`, channel: null, platform: null };
  if (family.startsWith("windows-")) return { family, key, channel: channelOf(family, view, record.kind.key), platform: null };
  if (family === "firewall") return { family, key, channel: null, platform: vendorOf(record.native) };
  if (CROSS_PLATFORM.has(family)) return { family, key, channel: null, platform: stated === undefined ? platformIn(record.native) : (SYSTEMS[stated] ?? stated) };
  return { family, key, channel: null, platform: null };
}

/** A key of the families that number by log is "<Channel>/<EventID>"; exports without a channel leave the log that gave the family its name. */
function channelOf(family: string, view: RecordView, key: string): string {
  const slash = key.lastIndexOf("/");
  return (view.channel ?? (slash > 0 ? key.slice(0, slash) : (LOGS[family] ?? ""))).toLowerCase();
}

const LOGS: Readonly<Record<string, string>> = { "windows-security": "security", "windows-system": "system", "windows-application": "application", "windows-powershell": "microsoft-windows-powershell/operational" };

function platformIn(native: unknown): string | null {
  if (!isJsonObject(native)) return null;
  for (const name of ["host.os.type", "host.os.family", "host.os.platform", "os", "platform", "endpoint.os", "device_os"]) {
    const found = SYSTEMS[ecsText(native, name)?.toLowerCase() ?? ""];
    if (found !== undefined) return found;
  }
  return null;
}

function vendorOf(native: unknown): string | null {
  if (!isJsonObject(native)) return null;
  const words = ["device_vendor", "device_product", "vendor", "product", "observer.vendor", "event.module"].map((name) => ecsText(native, name) ?? "").join(" ");
  return VENDORS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
