import { isJsonObject, type JsonObject } from "../../frame/plain-value";

/** The family of a result: osquery on a known system, or "osquery" where nothing says on which. */
export type OsqueryFamily = "macos-osquery" | "linux-osquery" | "windows-misc" | "osquery";

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Tables that exist on one system only, from osquery's table specifications. */
const MACOS_ONLY = words(
  "account_policy_data ad_config alf alf_exceptions alf_explicit_auths app_schemes apps asl authorization_mechanisms authorizations crashes cups_destinations cups_jobs device_firmware disk_events " +
  "es_process_events es_process_file_events event_taps fan_speed_sensors gatekeeper gatekeeper_apps ibridge_info iokit_devicetree iokit_registry kernel_extensions kernel_panics keychain_acls keychain_items " +
  "launchd launchd_overrides managed_policies mdfind mdls nfs_shares package_bom package_receipts plist preferences quicklook_cache running_apps safari_extensions sandboxes screenlock shared_folders " +
  "sharing_preferences signature sip_config system_extensions time_machine_backups time_machine_destinations unified_log virtual_memory_info wifi_status xattr_where_from xprotect_entries xprotect_meta xprotect_reports",
);
const LINUX_ONLY = words(
  "apparmor_events apparmor_profiles apt_sources bpf_process_events bpf_socket_events deb_packages elf_dynamic elf_info elf_sections elf_segments elf_symbols iptables kernel_modules portage_keywords portage_packages portage_use " +
  "process_file_events process_namespaces rpm_package_files rpm_packages seccomp_events selinux_events selinux_settings shadow shared_memory syslog_events systemd_units",
);
const WINDOWS_ONLY = words(
  "appcompat_shims authenticode autoexec background_activities_moderator bitlocker_info default_environment drivers hvci_status ie_extensions kva_speculative_info logical_drives logon_sessions ntdomains ntfs_acl_permissions " +
  "ntfs_journal_events office_mru patches pipes powershell_events programs registry scheduled_tasks services shared_resources shimcache userassist video_info winbaseobj windows_crashes windows_events windows_optional_features " +
  "windows_security_center windows_security_products wmi_bios_info wmi_cli_event_consumers wmi_event_filters wmi_filter_consumer_binding wmi_script_event_consumers",
);
/** On current macOS nothing fills them (OpenBSM): rows that say nothing else are Linux'. */
const AUDIT_TABLES = words("process_events socket_events user_events hardware_events");

/**
 * On which system a result was made: by its table, its decorations, then by what its rows hold (paths, devices, file
 * systems, columns of one system). One row that shows it speaks for the whole result: they come from one host.
 */
export function systemOf(result: JsonObject, rows: readonly JsonObject[], table: string): OsqueryFamily {
  if (MACOS_ONLY.has(table)) return "macos-osquery";
  if (LINUX_ONLY.has(table)) return "linux-osquery";
  if (WINDOWS_ONLY.has(table)) return "windows-misc";
  const decorations = isJsonObject(result["decorations"]) ? result["decorations"] : {};
  const said = ["platform", "host_platform", "hostPlatform", "platform_like", "os", "os_name"].flatMap((key) => [decorations[key], result[key]]).find((value) => typeof value === "string" && value !== "");
  if (typeof said === "string") return systemOfWord(said);
  for (const row of rows.slice(0, MOST_ROWS)) {
    const shown = systemOfRow(row, table);
    if (shown !== null) return shown;
  }
  return AUDIT_TABLES.has(table) ? "linux-osquery" : "osquery";
}

const MOST_ROWS = 500;

function systemOfWord(word: string): OsqueryFamily {
  if (/darwin|mac/i.test(word)) return "macos-osquery";
  return /win/i.test(word) ? "windows-misc" : "linux-osquery";
}

const PATHS = ["path", "target_path", "cwd", "directory", "filename", "shell", "history_file", "device", "root", "key_file"];

function systemOfRow(row: JsonObject, table: string): OsqueryFamily | null {
  if ("pidversion" in row || "team_id" in row || "cdhash" in row || "upid" in row) return "macos-osquery";
  if ("selinux_context" in row || "cgroup_path" in row) return "linux-osquery";
  const texts = PATHS.map((key) => row[key]).filter((value) => typeof value === "string");
  for (const text of texts) {
    if (/^(?:[A-Za-z]:\\|\\\\)/.test(text)) return "windows-misc";
    if (/^\/(?:System|Users|Applications|Library|private|Volumes|opt\/homebrew)\/|^\/dev\/disk\d/.test(text)) return "macos-osquery";
    if (/^\/(?:proc|sys|run|home|snap|boot|usr\/lib\/systemd|lib\/systemd)\/|^\/dev\/(?:sd[a-z]|nvme\d|vd[a-z]|xvd[a-z]|mapper\/|dm-)/.test(text)) return "linux-osquery";
  }
  const kind = table === "mounts" ? row["type"] : table === "os_version" ? (row["platform"] ?? row["name"]) : undefined;
  if (typeof kind !== "string") return null;
  if (/^(?:apfs|hfs|devfs|autofs|darwin|macos|mac os)/i.test(kind)) return "macos-osquery";
  if (/^(?:ntfs|windows)/i.test(kind)) return "windows-misc";
  return /^(?:ext[234]|xfs|btrfs|tmpfs|overlay|proc|sysfs|cgroup|squashfs|ubuntu|debian|rhel|centos|amzn|arch|fedora|sles|linux)/i.test(kind) ? "linux-osquery" : null;
}
