import type { EsxiLine } from "./read-line";

/** The log that a program writes to on an ESXi host (or vCenter), by the program's name in lower case. */
const LOGS: Readonly<Record<string, string>> = {
  hostd: "hostd", "hostd-probe": "hostd", vpxa: "vpxa", vpxd: "vpxd", "vpxd-main": "vpxd", vmkernel: "vmkernel", vmkwarning: "vmkernel", vobd: "vobd", shell: "shell", esxshell: "shell", esxcli: "shell", localcli: "shell",
  sshd: "auth", "sshd-session": "auth", su: "auth", login: "auth", dcui: "auth", crond: "cron", cron: "cron", esxupdate: "esxupdate",
  fdm: "syslog", rhttpproxy: "syslog", envoy: "syslog", jumpstart: "syslog", vmsyslogd: "syslog", sfcbd: "syslog", "sfcb-vmware_base": "syslog", "backup.sh": "syslog", "vsanmgmtd": "syslog", vmauthd: "auth", iofiltervpd: "syslog", usbarb: "syslog", smartd: "syslog", lacp: "syslog", ntpd: "syslog", nfcd: "syslog", settingsd: "syslog", apiforwarder: "syslog",
};
/** Programs that other systems have too: their lines are ESXi's only where something else says so. */
const SHARED: ReadonlySet<string> = new Set(["sshd", "sshd-session", "su", "login", "crond", "cron", "shell", "ntpd", "smartd", "envoy"]);

/** What a line is about stands in front; patterns over a hostile line of a megabyte would be slow. */
export const MOST_LOOKED_AT = 2000;

/** The log of a line; null for a program that ESXi is not known to have. */
export function logOf(program: string): string | null {
  return LOGS[program.toLowerCase()] ?? null;
}

/** Whether nothing but ESXi or vCenter writes such a line. */
export function isUnmistakable(line: EsxiLine): boolean {
  const program = line.program.toLowerCase();
  return logOf(program) !== null && (line.marked || !SHARED.has(program) || /^\[[^\]]+\]: /.test(line.message));
}

// What a line's text says happened -> the second half of its key. vSphere's own names for its events where it has them.
const HOSTD: readonly (readonly [RegExp, string])[] = [
  [/\bUser \S+ logged in as /, "UserLoginSessionEvent"], [/\bUser \S+ logged out\b/, "UserLogoutSessionEvent"], [/\bCannot login \S+/, "BadUsernameSessionEvent"],
  [/^Accepted (?:password|certificate) for user /, "UserLoginSessionEvent"], [/^Rejected password for user /, "BadUsernameSessionEvent"],
  [/\bAccount \S+ was created\b/, "AccountCreatedEvent"], [/\bAccount \S+ was removed\b/, "AccountRemovedEvent"], [/\bAccount \S+ was updated\b|Password was changed for account/, "AccountUpdatedEvent"],
  [/\bPermission (?:created|changed|rule) /, "PermissionEvent"], [/ is powered on\b/, "VmPoweredOnEvent"], [/ is powered off\b/, "VmPoweredOffEvent"], [/\bReconfigured \S+ on /, "VmReconfiguredEvent"], [/\bCreated virtual machine /, "VmCreatedEvent"],
  [/\bRemoved \S+ on /, "VmRemovedEvent"], [/Firewall configuration has changed/, "esx.audit.net.firewall.config.changed"], [/SSH access has been enabled/, "esx.audit.ssh.enabled"], [/command line shell has been enabled/, "esx.audit.shell.enabled"],
];
const AUTH: readonly (readonly [RegExp, string])[] = [
  [/^Accepted \S+ for /, "accepted"], [/^(?:error: PAM: )?(?:Authentication failure|Failed \S+) for /i, "failed"], [/session opened for (?:local )?user /, "session-opened"], [/session closed for (?:local )?user /, "session-closed"],
];

/**
 * The key of a line: its log, and after a slash what the line reports where the text says so ("hostd/vim.VirtualMachine.powerOff",
 * "vobd/esx.audit.ssh.enabled", "auth/accepted"). A log mixes everything a host does; without the second half no field could
 * ever be expected of its records.
 */
export function keyOf(log: string, line: EsxiLine): string {
  const message = line.message.slice(0, MOST_LOOKED_AT);
  if (line.origin.size > 0 && /^\[audit\w*@6876/i.test(message)) return "audit";
  const of = (rules: readonly (readonly [RegExp, string])[]) => rules.find(([pattern]) => pattern.test(message))?.[1];
  let what: string | undefined;
  if (log === "vobd") what = /\[((?:esx|vob|vprob|hbr)\.[\w.-]+)\]/.exec(message)?.[1];
  else if (log === "auth") what = of(AUTH);
  else if (log === "shell") what = /^\[[^\]]+\]: /.test(message) ? undefined : "session";
  else if (log === "vmkernel") what = /\b(?:Loaded|Loading) module \S+/.test(message) ? "module-load" : undefined;
  else if (log === "hostd" || log === "vpxa" || log === "vpxd") what = taskOf(message) ?? of(HOSTD);
  return what === undefined ? log : `${log}/${what}`;
}

/** The API method of a task or call: "haTask-12-vim.VirtualMachine.powerOff-345", "-- BEGIN lro-1 -- ... -- vim.SessionManager.login --", "[vim.event.UserLoginSessionEvent]". */
function taskOf(message: string): string | undefined {
  return /haTask-[\w.-]*?-(vim\.[A-Za-z.]+)-\d+/.exec(message)?.[1] ?? /-- (?:BEGIN|FINISH) .*-- (vim\.[A-Za-z.]+) --/.exec(message)?.[1] ?? /\[(vim\.event\.\w+)\]/.exec(message)?.[1];
}
