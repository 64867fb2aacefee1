/** Which family of log sources a Windows event belongs to, by its channel and provider. Families are those of lib/telemetry/families.json. */
export function familyOfChannel(channel: string, provider: string): string {
  if (provider === "Linux-Sysmon" || channel === "Linux-Sysmon/Operational") return "linux-sysmon";
  if (channel === "Microsoft-Windows-Sysmon/Operational" || provider === "Microsoft-Windows-Sysmon") return "windows-sysmon";
  if (channel === "Security" || provider === "Microsoft-Windows-Security-Auditing") return "windows-security";
  if (channel === "Windows PowerShell" || channel.startsWith("Microsoft-Windows-PowerShell/") || channel.startsWith("PowerShellCore/")) return "windows-powershell";
  if (channel === "System" || SYSTEM.some((name) => channel.startsWith(name))) return "windows-system";
  if (channel === "Application" || APPLICATION.some((name) => channel.startsWith(name))) return "windows-application";
  if (DEFENCE.some((name) => channel.startsWith(name))) return "windows-defence";
  return "windows-misc";
}

/** Families that hold several channels whose event numbers overlap: there the channel is part of the key. */
export function keyOfEvent(family: string, channel: string, eventId: string): string {
  return family === "windows-defence" || family === "windows-misc" || family === "windows-etw" ? `${channel || "(no channel)"}/${eventId}` : eventId;
}

const SYSTEM = "TaskScheduler,Kernel-Boot,VSS,Backup,COM/Operational,Shell-Core,TCPIP,WLAN-AutoConfig,Windows Camera Frame Server".split(",").map((name) => `Microsoft-Windows-${name}`);
const APPLICATION = ["AD FS", "ADFS", "Microsoft-IIS", "Microsoft-Office", "OAlerts", "Microsoft-Windows-IIS"];
const DEFENCE = "AppLocker,CodeIntegrity,Security-Mitigations,Windows Defender,Windows Firewall With Advanced Security,SMBClient/Security,WMI-Activity,WinRM".split(",").map((name) => `Microsoft-Windows-${name}`);
