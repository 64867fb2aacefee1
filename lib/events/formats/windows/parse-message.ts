/**
 * Fields of a rendered English message, for shippers that send only that. Sysmon prints "Name: value" with the names of
 * its schema; Security prints sections of labels, which the table below gives their schema names.
 *
 * @returns a Map, since names come from the record
 */
export function parseMessage(provider: string, message: string): ReadonlyMap<string, string> {
  const sysmon = provider.endsWith("Sysmon");
  const fields = new Map<string, string>();
  let section = "";
  for (const line of message.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const label = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (sysmon) {
      if (value !== "" && !fields.has(label)) fields.set(label, value);
      continue;
    }
    if (value === "" && !/^\s/.test(line)) {
      section = label;
      continue;
    }
    const name = LABELS.get(`${section}/${label}`) ?? LABELS.get(label);
    if (name !== undefined && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}

const SUBJECT = ["Subject", "Creator Subject"].flatMap((s) => [[`${s}/Security ID`, "SubjectUserSid"], [`${s}/Account Name`, "SubjectUserName"], [`${s}/Account Domain`, "SubjectDomainName"], [`${s}/Logon ID`, "SubjectLogonId"]]);
const TARGET = ["New Logon", "Target Subject", "Target Account", "New Account", "Account For Which Logon Failed", "Account Whose Credentials Were Used", "Account Information", "User"].flatMap((s) => [[`${s}/Security ID`, "TargetUserSid"], [`${s}/Account Name`, "TargetUserName"], [`${s}/Account Domain`, "TargetDomainName"], [`${s}/Logon ID`, "TargetLogonId"]]);

const LABELS: ReadonlyMap<string, string> = new Map(
  [
    ...SUBJECT,
    ...TARGET,
    ["Member/Account Name", "MemberName"], ["Member/Security ID", "MemberSid"], ["Group/Group Name", "TargetUserName"], ["Group/Account Name", "TargetUserName"],
    ["New Process ID", "NewProcessId"], ["New Process Name", "NewProcessName"], ["Creator Process ID", "ProcessId"], ["Creator Process Name", "ParentProcessName"], ["Process Command Line", "CommandLine"],
    ["Token Elevation Type", "TokenElevationType"], ["Mandatory Label", "MandatoryLabel"],
    ["Process ID", "ProcessId"], ["Process Name", "ProcessName"], ["Caller Process ID", "ProcessId"], ["Caller Process Name", "ProcessName"], ["Exit Status", "Status"],
    ["Application Name", "Application"], ["Direction", "Direction"], ["Source Address", "SourceAddress"], ["Destination Address", "DestAddress"], ["Destination Port", "DestPort"], ["Protocol", "Protocol"],
    ["Filter Information/Source Port", "SourcePort"], ["Network Information/Source Port", "IpPort"], ["Source Port", "SourcePort"],
    ["Source Network Address", "IpAddress"], ["Client Address", "IpAddress"], ["Workstation Name", "WorkstationName"], ["Logon Type", "LogonType"], ["Authentication Package", "AuthenticationPackageName"], ["Failure Reason", "FailureReason"],
    ["Object Name", "ObjectName"], ["Object Type", "ObjectType"], ["Object Server", "ObjectServer"], ["Access Mask", "AccessMask"], ["Accesses", "AccessList"],
    ["Share Name", "ShareName"], ["Relative Target Name", "RelativeTargetName"], ["Task Name", "TaskName"], ["Task Content", "TaskContent"],
    ["Service Name", "ServiceName"], ["Service File Name", "ServiceFileName"], ["Service Start Type", "ServiceStartType"], ["Service Account", "ServiceAccount"], ["Ticket Encryption Type", "TicketEncryptionType"], ["Result Code", "Status"],
  ].map(([label, name]): [string, string] => [label ?? "", name ?? ""]),
);
