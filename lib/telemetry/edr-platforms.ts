/*
 * Where the records of endpoint sensors and of normalised schemas can come from, when they do not say it themselves: the
 * systems the sensor runs on, less those that do not have the thing (a registry is Windows' own).
 */
const HOSTS = ["Windows", "macOS", "Linux", "Containers"];
const WINDOWS = ["Windows"];
const MACOS = ["macOS"];
const LINUX = ["Linux", "Containers"];
const SERVICES = ["Identity Provider", "SaaS", "Office Suite", "IaaS"];
const WIRE = ["Windows", "Linux", "macOS", "Network Devices", "ESXi", "Containers", "IaaS", "Identity Provider", "Android", "iOS", "None"];

/** ATT&CK platforms of a record kind without a stated platform, or null when the family is no endpoint sensor or schema. */
export function edrPlatforms(family: string, key: string): readonly string[] | null {
  switch (family) {
    case "edr-generic":
      return genericPlatforms(key);
    case "edr-santa":
    case "edr-jamf":
      return MACOS;
    case "edr-defender":
      return defenderPlatforms(key);
    case "edr-crowdstrike":
      return crowdStrikePlatforms(key);
    case "ocsf":
      return ocsfPlatforms(key);
    default:
      return null;
  }
}

// What only one system has: a registry is Windows' own; libraries are reported where the vendors' sensors report them.
function genericPlatforms(key: string): readonly string[] {
  if (key.startsWith("registry/") || key.startsWith("api/") || key.startsWith("script/")) return WINDOWS;
  if (key.startsWith("library/")) return ["Windows", "macOS"];
  return HOSTS;
}

/** Actions of DeviceEvents that other systems than Windows write too; all its others are names of Windows mechanisms. */
const DEFENDER_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  "DeviceEvents/PlistPropertyModified": MACOS,
  "DeviceEvents/KernelModuleLoad": LINUX,
  "DeviceEvents/ScriptContent": HOSTS,
  "DeviceEvents/AntivirusDetection": HOSTS,
  "DeviceEvents/AntivirusReport": HOSTS,
  "DeviceEvents/UsbDriveMounted": ["Windows", "macOS"],
  "DeviceEvents/UsbDriveMount": ["Windows", "macOS"],
};

function defenderPlatforms(key: string): readonly string[] {
  if (key.startsWith("DeviceRegistryEvents/") || key.startsWith("DeviceImageLoadEvents/")) return WINDOWS;
  return DEFENDER_ELSEWHERE[key] ?? (key.startsWith("DeviceEvents/") ? WINDOWS : HOSTS);
}

const FALCON_WINDOWS = /^(?:Asep|Reg|SuspiciousReg|Service|CreateService|ModifyService|HostedService|ScheduledTask|Script(?:Control|Block)|CommandHistory|ClassifiedModuleLoad|DriverLoad|NamedPipe|Wmi|UmppcBypass|InjectedThread|BrowserInjected|DocumentProgramInjected|DllInjection|JavaInjected|CreateThread|LsassHandle|DCSync|BITSJob|Kerberos|Smb|EventLogCleared|UserLogonFailed2|ActiveDirectory|FileTimestomp)/;

function crowdStrikePlatforms(event: string): readonly string[] {
  if (event === "ScriptControlScanInfo") return ["Windows", "macOS"];
  if (FALCON_WINDOWS.test(event)) return WINDOWS;
  if (/^(?:Kext|MachO|TCC|Xprotect|BTM)/.test(event)) return MACOS;
  return event === "KernelModuleLoad" || event === "SetUidRoot" ? LINUX : HOSTS;
}

function ocsfPlatforms(key: string): readonly string[] {
  if (key.startsWith("201")) return WINDOWS; // the Windows extension
  // Identity and application classes without a device are written by services; with one, the record states its system.
  if (/^[36]\d{3}\//.test(key)) return SERVICES;
  if (key.startsWith("4")) return WIRE;
  return HOSTS;
}
