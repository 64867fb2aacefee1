import type { FieldMap } from "../../fill-fields";

const TARGET: FieldMap = [["ProcessId", "target_pid"], ["+TargetProcess", "target_image"]];
const ACCOUNT: FieldMap = [["AccountName", "target_user"], ["AccountSid", "target_user"], ["+GroupName", "target_group"], ["+TargetUserName", "target_user"]];
const BLOCKED: FieldMap = [
  ["RemoteIP", "dst_ip"], ["RemotePort", "dst_port"], ["LocalIP", "src_ip"], ["LocalPort", "src_port"],
  ["+RemoteAddress", "dst_ip"], ["+RemotePort", "dst_port"], ["+LocalAddress", "src_ip"], ["+LocalPort", "src_port"], ["+Direction", "direction"],
];

/**
 * What the columns and AdditionalFields ("+Name") of a DeviceEvents row mean, by action: [actions, map, canonical fields of
 * the row's own file]. Names inside AdditionalFields are from Microsoft's published notes and public hunting queries; those
 * of services, WMI bindings and directory objects are the least certain.
 */
export const ACTION_FIELDS: readonly (readonly [RegExp, FieldMap, readonly string[]])[] = [
  [/ApiCall$|^MemoryRemoteProtect$|^OpenProcess$/, TARGET, ["target_image"]],
  [/^PowerShellCommand$/, [["+Command", "cmd"]], []],
  [/^(?:ScriptContent|AmsiScript(?:Content|Detection))$/, [["+ScriptContent", "script_text"], ["+Content", "script_text"], ["+Description", "app_msg"]], ["script_path"]],
  [/^ProcessCreatedUsingWmiQuery$/, [["ProcessCommandLine", "cmd"], ["ProcessId", "target_pid"]], ["target_image"]],
  [/^NamedPipeEvent$/, [["+PipeName", "pipe_name"], ["+FileOperation", "file_op"]], []],
  [/^ScheduledTask/, [["+TaskName", "job_name"], ["+TaskContent", "job_action"], ["ProcessCommandLine", "job_action"]], []],
  [/^ServiceInstalled$/, [["+ServiceName", "svc_name"], ["ProcessCommandLine", "svc_path"], ["+ServiceAccount", "svc_account"], ["+ServiceStartType", "svc_start"]], ["svc_path", "file_path"]],
  [/^(?:DriverLoad|KernelModuleLoad)$/, [["SHA256", "module_hash"], ["SHA1", "module_hash"]], ["driver_path", "module_path"]],
  [/^UsbDrive/, [["+DriveLetter", "mount_point"], ["+SerialNumber", "device_id"], ["+ProductName", "device_class"], ["+BusType", "device_class"]], []],
  [/^PnpDeviceConnected$/, [["+DeviceId", "device_id"], ["+ClassName", "device_class"], ["+DeviceDescription", "device_class"]], []],
  [/^UserAccount|^PasswordChange|^SecurityGroup/, ACCOUNT, []],
  [/^WmiBind/, [["+Consumer", "wmi_name"], ["+ESS", "wmi_detail"], ["+PossibleCause", "wmi_detail"], ["+Namespace", "wmi_name"], ["AdditionalFields", "app_msg"]], []],
  [/^Firewall(?:Outbound|Inbound)/, BLOCKED, []],
  [/^NetworkShareObject/, [["+ShareName", "share_name"], ["+ShareLocalPath", "file_path"], ["+RelativeTargetName", "file_path"], ["AccountName", "user"], ["RemoteIP", "src_ip"], ["+IpAddress", "src_ip"]], []],
  [/^DirectoryServiceObject/, [["+ObjectDN", "ad_object"], ["+DistinguishedName", "ad_object"], ["+ObjectClass", "ad_class"], ["+AttributeLDAPDisplayName", "ad_attr"], ["+AttributeName", "ad_attr"], ["AccountName", "user"]], []],
  [/^(?:FileTimestamp|ShellLinkCreate|SensitiveFileRead|RemovableStorageFile|PlistProperty)/, [["SHA256", "file_hash"], ["SHA1", "file_hash"], ["ActionType", "file_op"], ["+PropertyName", "change"]], ["file_path"]],
  [/^(?:Antivirus|Asr|ExploitGuard|SmartScreen|AppControl|AppLocker|Tampering|SecurityLogCleared|ControlledFolderAccess)/, [["+ThreatName", "mal_family"], ["+ThreatName", "app_msg"], ["+Description", "app_msg"], ["+Uri", "url"], ["RemoteUrl", "url"], ["SHA256", "file_hash"], ["SHA1", "file_hash"]], ["file_path"]],
];

/** Inspected connections carry the protocol log of the sensor inside (its names are Zeek's). */
export const INSPECTED: FieldMap = [
  ["host", "dst_host"], ["uri", "url"], ["method", "http_method"], ["user_agent", "user_agent"], ["status_code", "http_status"],
  ["query", "dns_query"], ["answers", "rdata"], ["server_name", "tls_sni"], ["subject", "cert_subject"], ["issuer", "cert_issuer"],
  ["uid", "conn_uid"], ["direction", "direction"], ["username", "target_user"], ["service", "krb_service"], ["SignatureName", "app_msg"], ["client", "user_agent"],
];
