/**
 * Programs that start what users and the system ask for: children of one are strangers to each other, so a lineage ends below
 * them. Base names in lower case, without .exe.
 */
const SUPERVISORS = new Set([
  "launchd", "loginwindow", "login", // macOS; login also on Linux
  "init", "systemd", "runit", "openrc", "sshd", "cron", "crond", "atd", "gdm", "lightdm", "sddm", "containerd-shim", "containerd-shim-runc-v2", "conmon", // Linux
  "system", "smss", "csrss", "wininit", "winlogon", "userinit", "services", "svchost", "explorer", "taskeng", "wmiprvse", // Windows
]);

// 0 is the kernel everywhere, 1 the first process of macOS and Linux; Windows gives multiples of four, the first to System.
const UNIX_PIDS = new Set(["0", "1"]);
const WINDOWS_PIDS = new Set(["0", "4"]);

/** Whether a process is known, by number or image, to start programs on behalf of everybody. */
export function isSupervisor(pid: string | null, image: string | null, windows: boolean): boolean {
  if (pid !== null && (windows ? WINDOWS_PIDS : UNIX_PIDS).has(pid)) return true;
  if (image === null) return false;
  const base = image.slice(Math.max(image.lastIndexOf("/"), image.lastIndexOf("\\")) + 1).toLowerCase();
  return SUPERVISORS.has(base.endsWith(".exe") ? base.slice(0, -4) : base);
}
