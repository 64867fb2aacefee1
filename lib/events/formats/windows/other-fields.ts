import type { FieldMap } from "../../fill-fields";

const INSTALLED: FieldMap = [["ServiceName", "svc_name"], ["param1", "svc_name"], ["ImagePath", "svc_path"], ["param2", "svc_path"], ["StartType", "svc_start"], ["param4", "svc_start"], ["AccountName", "svc_account"], ["param5", "svc_account"]];

/** By family and event number, for the logs beside Sysmon and Security. */
export const OTHER: ReadonlyMap<string, FieldMap> = new Map<string, FieldMap>([
  ["windows-powershell:4104", [["ScriptBlockText", "script_text"], ["ScriptBlockText", "cmd"], ["Path", "script_path"], ["ScriptBlockId", "session_id"]]],
  ["windows-powershell:4103", [["Payload", "script_text"], ["Payload", "cmd"]]],
  ["windows-powershell:400", [["HostApplication", "cmd"]]],
  ["windows-powershell:600", [["HostApplication", "cmd"]]],
  ["windows-powershell:800", [["param3", "cmd"], ["param1", "script_text"]]],
  ["windows-system:7045", INSTALLED],
  ["windows-system:7036", [["param1", "svc_name"], ["param2", "svc_state"]]],
  ["windows-system:7040", [["param4", "svc_name"], ["param1", "svc_name"], ["param3", "svc_start"]]],
  ["windows-system:7000", [["param1", "svc_name"]]],
  ["windows-system:7009", [["param2", "svc_name"]]],
  ["windows-system:106", [["TaskName", "job_name"], ["UserContext", "user"]]],
  ["windows-system:140", [["TaskName", "job_name"], ["UserName", "user"]]],
  ["windows-system:141", [["TaskName", "job_name"], ["UserName", "user"]]],
  ["windows-system:200", [["TaskName", "job_name"], ["ActionName", "job_action"]]],
  ["windows-system:201", [["TaskName", "job_name"], ["ActionName", "job_action"]]],
]);

/** Defender, AppLocker, code integrity, firewall, WMI, WinRM: their field names hardly clash, so one map serves. */
export const DEFENCE: FieldMap = [
  ["FilePath", "file_path"], ["FullFilePath", "file_path"], ["File Name", "file_path"], ["FileNameBuffer", "file_path"], ["Path", "file_path"], ["FileHash", "file_hash"], ["SHA256 Hash", "file_hash"],
  ["Process Name", "image"], ["ProcessNameBuffer", "image"], ["ApplicationPath", "image"], ["Threat Name", "mal_family"], ["ThreatName", "mal_family"],
  ["RuleName", "fw_rule"], ["RuleId", "fw_detail"], ["Action", "fw_state"], ["NAMESPACE", "wmi_name"], ["Namespace", "wmi_name"], ["NamespaceName", "wmi_name"], ["Query", "wmi_detail"], ["Operation", "wmi_detail"], ["CONSUMER", "wmi_detail"], ["PossibleCause", "wmi_detail"],
  ["User", "user"], ["Detection User", "user"], ["ClientProcessId", "pid"], ["Process Id", "pid"], ["connection", "dst_host"],
];
