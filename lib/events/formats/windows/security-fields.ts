import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import type { FieldMap } from "../../fill-fields";

/** Most Security events: who (subject), from which process. Process ids are hexadecimal texts. */
export const SECURITY_COMMON: FieldMap = [
  ["SubjectUserName", "user"], ["SubjectUserSid", "user"], ["SubjectLogonId", "session_id"], ["ProcessId", "pid"], ["ProcessName", "image"], ["CallerProcessId", "pid"], ["CallerProcessName", "image"],
  ["ClientProcessId", "pid"], ["IpAddress", "src_ip"], ["IpPort", "src_port"], ["AccessMask", "access_mask"],
];

const LOGON: FieldMap = [
  ["TargetUserName", "user"], ["TargetUserName", "target_user"], ["LogonType", "logon_type"], ["TargetLogonId", "session_id"], ["IpAddress", "src_ip"], ["IpPort", "src_port"],
  ["AuthenticationPackageName", "auth_method"], ["FailureReason", "auth_reason"], ["SubStatus", "auth_reason"], ["Status", "auth_reason"], ["ProcessName", "image"], ["ProcessId", "pid"],
];
const TICKET: FieldMap = [
  ["TargetUserName", "user"], ["ServiceName", "krb_service"], ["TicketEncryptionType", "krb_enc"], ["Status", "auth_result"], ["PackageName", "auth_method"], ["Workstation", "src_ip"],
];
const DIRECTORY: FieldMap = [
  ["ObjectDN", "ad_object"], ["ObjectName", "ad_object"], ["ObjectClass", "ad_class"], ["ObjectType", "ad_class"], ["AccessMask", "ad_access"], ["AttributeLDAPDisplayName", "ad_attr"], ["Properties", "ad_attr"], ["AttributeValue", "change"], ["OperationType", "change"],
];
const FLOW: FieldMap = [
  ["Application", "image"], ["ProcessID", "pid"], ["ProcessId", "pid"], ["SourceAddress", "src_ip"], ["SourcePort", "src_port"], ["DestAddress", "dst_ip"], ["DestPort", "dst_port"], ["Protocol", "proto"], ["Direction", "direction"],
];
const SHARE: FieldMap = [["ShareName", "share_name"], ["RelativeTargetName", "file_path"]];
const SERVICE: FieldMap = [["ServiceName", "svc_name"], ["ServiceFileName", "svc_path"], ["ServiceStartType", "svc_start"], ["ServiceAccount", "svc_account"]];
const TASK: FieldMap = [["TaskName", "job_name"], ["TaskContent", "job_action"], ["TaskContentNew", "job_action"], ["TaskContent", "job_trigger"], ["TaskContentNew", "job_trigger"]];
const ACCOUNT: FieldMap = [["TargetUserName", "target_user"], ["NewTargetUserName", "change"], ["NewUacValue", "change"], ["UserAccountControl", "change"], ["PasswordLastSet", "change"]];
const GROUP: FieldMap = [["TargetUserName", "target_group"], ["MemberName", "target_user"], ["MemberSid", "target_user"]];
const RULE: FieldMap = [["RuleName", "fw_rule"], ["RuleId", "fw_detail"], ["ProfileChanged", "fw_state"]];

const by = (numbers: string, map: FieldMap): [string, FieldMap][] => numbers.split(" ").map((number) => [number, map]);

/** By event number; read before the common map, so that what an event says of itself wins. */
export const SECURITY: ReadonlyMap<string, FieldMap> = new Map([
  ...by("4624 4625 4627 4634 4647 4649 4778 4779 4800 4801", LOGON),
  ...by("4648", [["TargetUserName", "target_user"], ["TargetServerName", "dst_host"]]),
  ...by("4688", [
    ["NewProcessName", "image"], ["NewProcessId", "pid"], ["ProcessId", "ppid"], ["ParentProcessName", "parent_image"], ["CommandLine", "cmd"], ["MandatoryLabel", "integrity"],
  ]),
  ...by("4689", [["Status", "exit_code"]]),
  ...by("4690", [["SourceProcessId", "pid"], ["TargetProcessId", "target_pid"]]),
  ...by("4661 4662 5136 5137 5138 5139 5141", DIRECTORY),
  ...by("4657", [["ObjectName", "reg_key"], ["ObjectValueName", "reg_value"], ["NewValue", "reg_data"], ["OperationType", "reg_op"]]),
  ...by("4673 4674", [["Service", "api_name"], ["PrivilegeList", "api_args"]]),
  ...by("4697", SERVICE),
  ...by("4698 4699 4700 4701 4702", TASK),
  ...by("4703 4704 4705 4717 4718 4738 4742", [...ACCOUNT, ["EnabledPrivilegeList", "change"], ["PrivilegeList", "change"]]),
  ...by("4719 4907", [["AuditPolicyChanges", "change"], ["SubcategoryGuid", "sensor_state"]]),
  ...by("4720 4722 4723 4724 4725 4726 4740 4741 4743 4765 4767 4781 4798", ACCOUNT),
  ...by("4727 4728 4729 4730 4731 4732 4733 4734 4735 4737 4744 4745 4746 4747 4748 4749 4750 4751 4752 4753 4754 4755 4756 4757 4758 4764 4799", GROUP),
  ...by("4768 4769 4770 4771 4772 4773 4776", TICKET),
  ...by("4946 4947 4948 4950 5025 5034", RULE),
  ...by("5140 5142 5143 5144 5145 5168", SHARE),
  ...by("5154 5155 5156 5157 5158 5159", FLOW),
  ...by("5376 5377 5379 5381 5382", [["TargetName", "cred_id"], ["Resource", "cred_id"]]),
  ...by("6416", [["DeviceId", "device_id"], ["ClassName", "device_class"]]),
]);

/** What the event number itself says: Windows writes no field for it. */
export const SECURITY_SAYS: ReadonlyMap<string, readonly (readonly [canonical: string, value: string])[]> = new Map([
  ["4624", [["auth_result", "success"]]],
  ["4625", [["auth_result", "failure"]]],
  ["4771", [["auth_result", "failure"]]],
  ["4722", [["change", "enabled"]]],
  ["4725", [["change", "disabled"]]],
  ["4724", [["change", "password reset"]]],
  ["4723", [["change", "password changed"]]],
  ["4740", [["change", "locked out"]]],
  ["4767", [["change", "unlocked"]]],
  ["1102", [["sensor_state", "audit log cleared"]]],
  ["5025", [["fw_state", "stopped"]]],
  ["5034", [["fw_state", "stopped"]]],
]);

/** 4656, 4658, 4660, 4663, 4670: what the object is decides which field its name fills. */
export const OBJECT_FIELDS: Readonly<Record<string, string>> = { File: "file_path", Key: "reg_key", Process: "target_image", Thread: "target_image", Device: "device_id" };
/** The class of object that an ObjectType of the kernel's object manager means; types that are not named here are told apart by their own name. */
const OBJECT_CLASSES: Readonly<Record<string, string>> = { File: "file", Key: "registry-key", Process: "process" };

/** The class of object that an object-access event is about; undefined where it prints no type. */
export function objectClassOf(type: unknown): string | undefined {
  if (typeof type !== "string" || isEmptyValue(type)) return undefined;
  return OBJECT_CLASSES[type] ?? (/^[A-Za-z][A-Za-z_ ]{1,39}$/.test(type) ? type.toLowerCase().replaceAll(/[_ ]+/g, "-") : undefined);
}

export const OBJECT_EVENTS: ReadonlySet<string> = new Set(["4656", "4658", "4659", "4660", "4663", "4670", "4985"]);
