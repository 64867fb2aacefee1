import { put, putAll, type FieldBag, type FieldMap } from "../../fill-fields";
import type { JsonObject } from "../../frame/plain-value";
import type { RecordFacts } from "../../types";

/*
 * Falcon's names. A process is named by the sensor's own id: TargetProcessId in the event that tells of it, ContextProcessId
 * in the events it caused; RawProcessId is the system's number. ParentBaseFileName and ContextBaseFileName are names without
 * a path. Least certain are the names of services, scheduled tasks, USB devices and named pipes: public samples of them are
 * few, so several spellings are read.
 */
const PROCESS: FieldMap = [
  ["ImageFileName", "image"], ["CommandLine", "cmd"], ["RawProcessId", "pid"], ["TargetProcessId", "proc_uid"], ["ParentBaseFileName", "parent_image"],
  ["SHA256HashData", "proc_hash"], ["MD5HashData", "proc_hash"], ["IntegrityLevel", "integrity"], ["AuthenticationId", "session_id"], ["SessionId", "session_id"], ["ExitCode", "exit_code"],
];
const CONTEXT: FieldMap = [["ContextImageFileName", "image"], ["ContextBaseFileName", "image"], ["ContextProcessId", "proc_uid"], ["AuthenticationId", "session_id"]];
const USER: FieldMap = [["UserName", "user"], ["UserPrincipal", "user"], ["UserSid", "user"], ["FileOperatorSid", "user"], ["UID", "user"], ["RUID", "user"]];

const NETWORK: FieldMap = [
  ["RemoteAddressIP4", "dst_ip"], ["RemoteAddressIP6", "dst_ip"], ["RemotePort", "dst_port"], ["RPort", "dst_port"],
  ["LocalAddressIP4", "src_ip"], ["LocalAddressIP6", "src_ip"], ["LocalPort", "src_port"], ["LPort", "src_port"],
];
const INBOUND: FieldMap = NETWORK.map(([native, id]) => [native, id.startsWith("dst") ? id.replace("dst", "src") : id.replace("src", "dst")] as const);
const FILE: FieldMap = [["TargetFileName", "file_path"], ["TargetDirectoryName", "file_path"], ["SourceFileName", "file_old_path"], ["SHA256HashData", "file_hash"], ["TargetSHA256HashData", "file_hash"], ["UnixMode", "file_mode"]];
const REGISTRY: FieldMap = [["RegObjectName", "reg_key"], ["RegValueName", "reg_value"], ["RegStringValue", "reg_data"], ["RegNumericValue", "reg_data"], ["RegBinaryValue", "reg_data"], ["Data1", "reg_data"], ["RegOperationType", "reg_op"], ["TargetFileName", "file_path"]];
const MODULE: FieldMap = [["ImageFileName", "module_path"], ["SHA256HashData", "module_hash"], ["MD5HashData", "module_hash"], ["CompanyName", "module_signer"]];
const DRIVER: FieldMap = [["ImageFileName", "driver_path"], ["BundleID", "driver_path"], ["OriginalFilename", "driver_path"], ["ImageFileName", "module_path"], ["SHA256HashData", "module_hash"]];
const SCRIPT: FieldMap = [["ScriptContent", "script_text"], ["ScriptContentName", "script_path"], ["ScriptContentScanName", "script_path"]];
const LOGON: FieldMap = [
  ["LogonType", "logon_type"], ["RemoteAddressIP4", "src_ip"], ["RemoteAddressIP6", "src_ip"], ["RemoteIP", "src_ip"], ["ClientComputerName", "dst_host"], ["AuthenticationPackage", "auth_method"], ["SubStatus", "auth_reason"], ["Status", "auth_reason"],
  ["UserName", "target_user"], ["AuthenticationId", "session_id"],
];
const TASK: FieldMap = [["TaskName", "job_name"], ["TaskExecCommand", "job_action"], ["TaskXml", "job_action"], ["TaskAuthor", "user"]];
const SERVICE: FieldMap = [["ServiceDisplayName", "svc_name"], ["ServiceObjectName", "svc_account"], ["ServiceImagePath", "svc_path"], ["ImageFileName", "svc_path"], ["ServiceStart", "svc_start"]];
const ACCOUNT: FieldMap = [["TargetUserName", "target_user"], ["UserName", "target_user"], ["TargetUserSid", "target_user"], ["UserRid", "target_user"], ["GroupName", "target_group"], ["GroupRid", "target_group"]];
const INJECTION: FieldMap = [["TargetImageFileName", "target_image"], ["RawProcessId", "target_pid"], ["TargetProcessId", "target_pid"], ["InjectedDll", "module_path"], ["DesiredAccess", "access_mask"]];
const DEVICE: FieldMap = [["DeviceSerialNumber", "device_id"], ["DeviceInstanceId", "device_id"], ["VolumeDeviceObjectName", "device_id"], ["DeviceProduct", "device_class"], ["VolumeDriveLetter", "mount_point"], ["VolumeMountPoint", "mount_point"], ["VolumeName", "mount_point"]];
const FIREWALL: FieldMap = [["FirewallRuleId", "fw_rule"], ["FirewallRule", "fw_rule"], ["RemoteAddressIP4", "fw_detail"], ["RemoteAddressIP6", "fw_detail"], ["FirewallAction", "fw_state"]];
const PIPE: FieldMap = [["NamedPipeName", "pipe_name"], ["TargetFileName", "pipe_name"]];
const DETECTION: FieldMap = [["DetectName", "app_msg"], ["Name", "app_msg"], ["Description", "app_msg"], ["FileName", "file_path"], ["FilePath", "file_path"]];

/** Which of the maps an event has beside the acting process, by its name; the first that fits. */
const GROUPS: readonly (readonly [RegExp, FieldMap])[] = [
  [/^NetworkReceiveAccept/, INBOUND],
  [/^(?:Network|RawBind)/, NETWORK],
  [/^DnsRequest$|^SuspiciousDnsRequest$/, [["DomainName", "dns_query"], ["IP4Records", "rdata"], ["IP6Records", "rdata"], ["FirstIP4Record", "rdata"]]],
  [/^(?:Asep|Reg|SuspiciousReg)/, REGISTRY],
  [/^(?:ClassifiedModuleLoad|UnsignedModuleLoad|ImageHash)/, MODULE],
  [/^(?:DriverLoad|KextLoad|KernelModuleLoad)/, DRIVER],
  [/^ScriptControl/, SCRIPT],
  [/^User(?:Logon|Logoff|Identity)/, LOGON],
  [/^UserAccount/, ACCOUNT],
  [/^ScheduledTask/, TASK],
  [/Service/, SERVICE],
  [/Injected|^DllInjection|^LsassHandle/, INJECTION],
  [/^(?:RemovableMedia|DcUsb|FsVolume)/, DEVICE],
  [/^Firewall/, FIREWALL],
  [/^NamedPipe/, PIPE],
  [/Detect(?:ion)?Summary/, DETECTION],
  [/File|^Directory|^Executable|^NewExecutable|^NewScript|Written$/, FILE],
];
const PROCESS_EVENT = /^(?:Synthetic)?ProcessRollup2(?:Stats)?$|^EndOfProcess$|^TerminateProcess$|^CommandHistory$|^PtyCreated$/;

/** Canonical fields of an event. */
export function fieldsOfEvent(name: string, event: JsonObject): FieldBag {
  const fields: FieldBag = {};
  const fill = (map: FieldMap) => putAll(fields, map, (key) => event[key]);
  if (PROCESS_EVENT.test(name)) {
    fill(PROCESS);
    if (name === "CommandHistory") put(fields, "cmd", event["CommandHistory"]);
  } else {
    const group = GROUPS.find(([names]) => names.test(name));
    if (group !== undefined) fill(group[1]);
    fill(CONTEXT);
  }
  fill(USER);
  if (name.startsWith("Network")) putConnection(fields, event);
  if (/File|Written$|Directory|Executable/.test(name)) put(fields, "file_op", name);
  if (name.startsWith("ScheduledTask") && typeof event["TaskExecArguments"] === "string" && fields["job_action"] !== undefined) fields["job_action"] = `${fields["job_action"]} ${event["TaskExecArguments"]}`.trim();
  if (/^UserLogonFailed/.test(name)) fields["auth_result"] = "failure";
  else if (name === "UserLogon") fields["auth_result"] = "success";
  if (/^UserAccount/.test(name)) put(fields, "change", name);
  if (/^Sensor|^Agent|^Firewall(?:Dis|En)abled/.test(name)) put(fields, "sensor_state", event["SensorStateBitMap"] ?? name);
  if (/Summary|^EventLogCleared/.test(name)) put(fields, "app_name", "CrowdStrike Falcon");
  put(fields, "app_event", name);
  return fields;
}

const PROTOCOLS: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp", "58": "icmp6" };

function putConnection(fields: FieldBag, event: JsonObject): void {
  const protocol = event["Protocol"];
  put(fields, "proto", PROTOCOLS[String(protocol)] ?? protocol);
  const direction = String(event["ConnectionDirection"] ?? "");
  put(fields, "direction", direction === "0" ? "outbound" : direction === "1" ? "inbound" : undefined);
}

/**
 * The event's id, when the cloud took it in, and of a process its parent's sensor id.
 *
 * @param timeField what the record is dated by: dated by the cloud itself, it has one clock only
 */
export function factsOfEvent(event: JsonObject, timeField: string | undefined): RecordFacts {
  const taken = event["timestamp"];
  const ms = typeof taken === "string" && /^\d{13}$/.test(taken) ? Number(taken) : typeof taken === "number" ? taken : undefined;
  const text = (key: string) => (typeof event[key] === "string" && event[key] !== "" && event[key] !== "0" ? event[key] : undefined);
  return { id: text("id"), ingested: timeField === "timestamp" || timeField === "@timestamp" ? undefined : ms, parentKey: text("ParentProcessId") };
}
