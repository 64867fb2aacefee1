import table from "../route/sigma-logsources.json";
import names from "./sources/channel-names.json";
import type { SigmaLogsource } from "../sigma/rule-types";

/** A log of Windows and which of its events a Sigma logsource speaks of; null: all of them. */
export interface WindowsLog {
  readonly channel: string;
  readonly ids: readonly number[] | null;
  /** What EventType must say, for Sysmon's registry events that share a number. */
  readonly types: readonly string[] | null;
}

const SYSMON = "Microsoft-Windows-Sysmon/Operational";
const POWERSHELL: Readonly<Record<string, string>> = { ps_module: "Microsoft-Windows-PowerShell/Operational", ps_script: "Microsoft-Windows-PowerShell/Operational", ps_classic_start: "Windows PowerShell", ps_classic_provider_start: "Windows PowerShell", ps_classic_script: "Windows PowerShell" };
const REGISTRY_TYPES: Readonly<Record<string, readonly string[]>> = { registry_add: ["CreateKey"], registry_delete: ["DeleteKey", "DeleteValue"] };
const WRITTEN = new Map(names.map((name) => [name.toLowerCase(), name]));
const SYSMON_EVENTS = new Map(Object.entries(table.families["windows-sysmon"].categories));
const POWERSHELL_EVENTS = new Map(Object.entries(table.families["windows-powershell"].categories));

/** The logs by which a rule for Windows is asked: what its category or service means in the routing table (route/sigma-logsources.json). */
export function windowsLogs({ category, service }: SigmaLogsource): readonly WindowsLog[] {
  if (service !== null && category !== null) return [];
  if (service !== null) {
    return Object.entries(table.channels).flatMap(([channel, own]) => (own === service ? [{ channel: WRITTEN.get(channel) ?? channel, ids: null, types: null }] : []));
  }
  if (category === null) return [];
  const powershell = POWERSHELL_EVENTS.get(category);
  const channel = POWERSHELL[category];
  if (powershell !== undefined && channel !== undefined) return [{ channel, ids: numbersIn(powershell), types: null }];
  const sysmon = SYSMON_EVENTS.get(category);
  return sysmon === undefined ? [] : [{ channel: SYSMON, ids: numbersIn(sysmon), types: REGISTRY_TYPES[category] ?? null }];
}

/** "12|12/createkey" and "12*": event 12. */
function numbersIn(keys: string): number[] {
  return [...new Set(keys.split("|").map((key) => parseInt(key, 10)))];
}
