import type { FieldMap } from "../../fill-fields";

/*
 * What the columns of one table mean, where the common names of columns do not say it: from osquery's table specifications.
 * They are read first, so that the table's own meaning wins.
 */
const ACCOUNT: FieldMap = [["username", "target_user"], ["uid", "target_user"]];
const SESSION: FieldMap = [["user", "user"], ["logon_type", "logon_type"], ["logon_id", "session_id"], ["host", "src_ip"]];
const KERNEL: FieldMap = [["path", "module_path"], ["path", "driver_path"], ["name", "module_path"], ["name", "driver_path"]];

const TABLES: Readonly<Record<string, FieldMap>> = {
  launchd: [["label", "job_name"], ["name", "job_name"], ["program", "job_action"], ["program_arguments", "job_action"], ["start_interval", "job_trigger"]],
  systemd_units: [["id", "svc_name"], ["id", "job_name"], ["fragment_path", "svc_path"], ["active_state", "svc_state"], ["unit_file_state", "svc_start"]],
  services: [["name", "svc_name"], ["path", "svc_path"], ["status", "svc_state"], ["start_type", "svc_start"], ["user_account", "svc_account"]],
  scheduled_tasks: [["name", "job_name"], ["action", "job_action"]],
  crontab: [["event", "job_name"], ["path", "job_name"]], // a line has no name: that of its table stands for it
  wmi_cli_event_consumers: [["name", "wmi_name"], ["command_line_template", "wmi_detail"], ["executable_path", "wmi_detail"]],
  wmi_script_event_consumers: [["name", "wmi_name"], ["script_text", "wmi_detail"], ["script_file_name", "wmi_detail"]],
  wmi_event_filters: [["name", "wmi_name"], ["query", "wmi_detail"]],
  wmi_filter_consumer_binding: [["consumer", "wmi_name"], ["filter", "wmi_detail"]],
  pipes: [["name", "pipe_name"]],
  alf_exceptions: [["path", "fw_rule"], ["state", "fw_state"]],
  iptables: [["chain", "fw_rule"], ["target", "fw_state"], ["policy", "fw_state"]],
  kernel_modules: KERNEL,
  kernel_extensions: KERNEL,
  system_extensions: KERNEL,
  drivers: [["image", "driver_path"], ["device_name", "driver_path"]],
  logged_in_users: SESSION,
  logon_sessions: SESSION,
  shadow: ACCOUNT,
  account_policy_data: ACCOUNT,
  authorized_keys: ACCOUNT,
  user_ssh_keys: ACCOUNT,
  user_groups: [...ACCOUNT, ["gid", "target_group"]],
  sudoers: [["header", "target_user"]],
  sip_config: [["enabled", "sensor_state"]],
  gatekeeper: [["assessments_enabled", "sensor_state"]],
  selinux_settings: [["value", "sensor_state"]],
  apparmor_profiles: [["mode", "sensor_state"]],
  windows_security_center: [["antivirus", "sensor_state"]],
  windows_security_products: [["state", "sensor_state"], ["name", "app_name"]],
  hvci_status: [["vbs_status", "sensor_state"]],
  windows_crashes: [["type", "sensor_state"], ["path", "image"]],
  crashes: [["type", "sensor_state"], ["path", "image"]],
  os_version: [["version", "sensor_state"]],
  osquery_info: [["version", "sensor_state"]],
  kernel_info: [["version", "sensor_state"]],
};
const NONE: FieldMap = [];

/** The columns that mean something of their own in this table; none for most. */
export function fieldsOfTable(table: string): FieldMap {
  return Object.hasOwn(TABLES, table) ? (TABLES[table] ?? NONE) : NONE;
}
