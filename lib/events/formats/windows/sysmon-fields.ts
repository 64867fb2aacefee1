import type { FieldMap } from "../../fill-fields";

/** What nearly every Sysmon event carries. */
export const SYSMON_COMMON: FieldMap = [["Image", "image"], ["ProcessId", "pid"], ["ProcessGuid", "proc_uid"], ["User", "user"]];

const FILE: FieldMap = [["TargetFilename", "file_path"], ["Hashes", "file_hash"], ["Hash", "file_hash"], ["CreationUtcTime", "file_mtime"]];
const REGISTRY: FieldMap = [["TargetObject", "reg_key"], ["EventType", "reg_op"], ["Details", "reg_data"], ["NewName", "reg_data"]];
const BETWEEN: FieldMap = [
  ["SourceImage", "image"], ["SourceProcessId", "pid"], ["SourceProcessGUID", "proc_uid"], ["SourceProcessGuid", "proc_uid"], ["SourceUser", "user"],
  ["TargetImage", "target_image"], ["TargetProcessId", "target_pid"], ["GrantedAccess", "access_mask"], ["StartFunction", "api_name"],
];

/** By event number (Sysmon schema 4.90). */
export const SYSMON: Readonly<Record<string, FieldMap>> = {
  "1": [
    ["CommandLine", "cmd"], ["ParentImage", "parent_image"], ["ParentCommandLine", "parent_cmd"], ["ParentProcessId", "ppid"], ["Hashes", "proc_hash"],
    ["CurrentDirectory", "cwd"], ["IntegrityLevel", "integrity"], ["LogonId", "session_id"],
  ],
  "2": FILE,
  "3": [
    ["DestinationIp", "dst_ip"], ["DestinationPort", "dst_port"], ["DestinationHostname", "dst_host"], ["SourceIp", "src_ip"], ["SourcePort", "src_port"],
    ["Protocol", "proto"], ["Initiated", "direction"],
  ],
  "4": [["State", "sensor_state"]],
  "6": [["ImageLoaded", "driver_path"], ["Hashes", "file_hash"], ["Signature", "file_signer"]],
  "7": [["ImageLoaded", "module_path"], ["Hashes", "module_hash"], ["Signature", "module_signer"]],
  "8": BETWEEN,
  "9": [["Device", "device_id"]],
  "10": BETWEEN,
  "11": FILE,
  "12": REGISTRY,
  "13": REGISTRY,
  "14": REGISTRY,
  "15": [...FILE, ["Contents", "payload"]],
  "16": [["Configuration", "sensor_state"]],
  "17": [["PipeName", "pipe_name"], ["EventType", "file_op"]],
  "18": [["PipeName", "pipe_name"], ["EventType", "file_op"]],
  "19": [["Name", "wmi_name"], ["Operation", "wmi_op"], ["Query", "wmi_detail"]],
  "20": [["Name", "wmi_name"], ["Operation", "wmi_op"], ["Destination", "wmi_detail"]],
  "21": [["Consumer", "wmi_name"], ["Operation", "wmi_op"], ["Filter", "wmi_detail"]],
  "22": [["QueryName", "dns_query"], ["QueryResults", "rdata"]],
  "23": FILE,
  "25": [["Type", "api_name"]],
  "26": FILE,
  "27": FILE,
  "28": FILE,
  "29": FILE,
  "255": [["ID", "sensor_state"], ["Description", "app_msg"]],
};
