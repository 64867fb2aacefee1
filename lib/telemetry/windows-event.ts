import type { RecordKind } from "./types";

/*
 * Which record kind a Windows event is, by the log that holds it. Logs whose numbers are known by number alone
 * (Sysmon, Security, PowerShell, System with the scheduler's, Application) keep the bare number; others are "<Channel>/<EventID>".
 */
const BARE: Readonly<Record<string, string>> = {
  "microsoft-windows-sysmon/operational": "windows-sysmon",
  security: "windows-security",
  "microsoft-windows-powershell/operational": "windows-powershell",
  "powershellcore/operational": "windows-powershell",
  "windows powershell": "windows-powershell",
  system: "windows-system",
  application: "windows-application",
};

// Logs that are families of several channels: they keep bare numbers, as the importer of Windows events does.
const BY_CHANNEL: readonly (readonly [RegExp, string])[] = [
  [/^Microsoft-Windows-(TaskScheduler|Kernel-Boot|VSS|Backup|COM|COMRuntime|Shell-Core|TCPIP|WLAN-AutoConfig|Windows Camera Frame Server)(\/|$)/i, "windows-system"],
  [/^(AD FS|Microsoft-IIS-Configuration|Microsoft-Office|OAlerts|MSExchange)/i, "windows-application"],
];
const BY_CHANNEL_AND_NUMBER: readonly (readonly [RegExp, string])[] = [
  [/^Microsoft-Windows-(AppLocker|CodeIntegrity|Security-Mitigations|Windows Defender|Windows Firewall With Advanced Security|SMBClient|WMI-Activity|WinRM)(\/|$)/i, "windows-defence"],
];

// Spelt as Windows spells them: keys hold the name of the log, and ATT&CK's references and people's files write it in any case.
const SPELLINGS = new Map(
  [
    "Microsoft-Windows-Windows Defender/Operational", "Microsoft-Windows-CodeIntegrity/Operational", "Microsoft-Windows-WMI-Activity/Operational", "Microsoft-Windows-WinRM/Operational",
    "Microsoft-Windows-Windows Firewall With Advanced Security/Firewall", "Microsoft-Windows-SMBClient/Security", "Microsoft-Windows-AppLocker/EXE and DLL", "Microsoft-Windows-AppLocker/MSI and Script",
    "Microsoft-Windows-Security-Mitigations/KernelMode", "Microsoft-Windows-Partition/Diagnostic", "Microsoft-Windows-DriverFrameworks-UserMode/Operational", "Microsoft-Windows-Kernel-PnP/Configuration",
    "Microsoft-Windows-WLAN-AutoConfig", "Microsoft-Windows-TaskScheduler/Operational",
  ].map((name) => [name.toLowerCase(), name]),
);

function spelt(channel: string): string {
  const name = channel.trim();
  return SPELLINGS.get(name.toLowerCase()) ?? name;
}

/** The record kind of an event of a Windows log; logs nobody classified are windows-misc. */
export function windowsEventKind(channel: string, eventId: number | string): RecordKind {
  const name = spelt(channel);
  const bare = BARE[name.toLowerCase()] ?? BY_CHANNEL.find(([pattern]) => pattern.test(name))?.[1];
  if (bare) return { family: bare, key: String(eventId) };
  return { family: BY_CHANNEL_AND_NUMBER.find(([pattern]) => pattern.test(name))?.[1] ?? "windows-misc", key: `${name}/${eventId}` };
}

const TASKS = "Microsoft-Windows-TaskScheduler/Operational";
const PARTITION = "Microsoft-Windows-Partition/Diagnostic";
const USER_DRIVERS = "Microsoft-Windows-DriverFrameworks-UserMode/Operational";
const POWERSHELL = "Microsoft-Windows-PowerShell/Operational";

// ATT&CK's log-source names that are not the name of a Windows log.
const LOG_OF_NAME: Readonly<Record<string, string>> = {
  sysmon: "Microsoft-Windows-Sysmon/Operational",
  security: "Security",
  kerberos: "Security",
  powershell: POWERSHELL,
  system: "System",
  application: "Application",
  taskscheduler: TASKS,
  wmi: "Microsoft-Windows-WMI-Activity/Operational",
  winrm: "Microsoft-Windows-WinRM/Operational",
  "microsoft-windows-codeintegrity/operational": "Microsoft-Windows-CodeIntegrity/Operational",
  "windows defender": "Microsoft-Windows-Windows Defender/Operational",
};

// Events that ATT&CK cites under one log and that Windows writes into another.
const LOGGED_ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Security: { "1": "Microsoft-Windows-Sysmon/Operational", "4103": POWERSHELL, "4104": POWERSHELL, "4105": POWERSHELL, "4106": POWERSHELL, "3033": "Microsoft-Windows-CodeIntegrity/Operational", "7045": "System", "1074": "System" },
  System: { "106": TASKS, "200": TASKS, "1006": PARTITION, "2003": USER_DRIVERS, "10001": USER_DRIVERS },
};

/** The log that ATT&CK means by "WinEventLog:<name>", and the one that really holds the event. */
export function windowsLogOf(name: string, eventId: string): { cited: string; real: string } {
  const short = name.replace(/^[^:]*:/, "").trim();
  const cited = spelt(LOG_OF_NAME[short.toLowerCase()] ?? short);
  return { cited, real: LOGGED_ELSEWHERE[cited]?.[eventId] ?? cited };
}

/** Event numbers of "EventCode=1", "EventCode=13, 14", "EventCode=4778, EventCode=4779", "EventID 7045" and "EventCode=5005 (WLAN), EventCode=302 (Bluetooth)". */
export function eventNumbers(channel: string): readonly string[] {
  const found: string[] = [];
  for (const match of channel.matchAll(/\bEvent\s?(?:Code|ID)\s*[=:]?\s*(\d{1,5}(?:\s*\([^)]*\))?(?:\s*[,/|]\s*(?:or\s+)?\d{1,5}\b)*)/gi)) {
    for (const number of (match[1] ?? "").replace(/\([^)]*\)/g, "").matchAll(/\d+/g)) found.push(String(Number(number[0])));
  }
  return [...new Set(found)];
}
