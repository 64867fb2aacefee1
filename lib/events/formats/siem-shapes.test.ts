import { describe, expect, test } from "vitest";
import { detectFormat, headOf } from "../detect-format";
import { readAll, recordsOf, refusedOf, unaccountedBytes } from "../testing/read-all";
import { formatById } from "./index";

/*
 * Rows as the platforms give them to whoever runs a query pack: of each the format is told by content, and the record is the
 * one that its own source would have given.
 */
function read(content: string | object) {
  const bytes = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
  const found = detectFormat(headOf(bytes));
  const format = found.kind === "format" ? formatById(found.format) : undefined;
  if (format === undefined) throw new Error(JSON.stringify(found));
  const items = readAll(format, bytes);
  expect(refusedOf(items)).toEqual([]);
  expect(unaccountedBytes(bytes, items)).toBeNull();
  return { format: format.id, records: recordsOf(items).map(({ kind, host, fields, time, facts }) => ({ kind: `${kind.family}:${kind.key}`, host, ms: time?.ms, facts, ...fields })) };
}
const AT = Date.UTC(2026, 1, 3, 9);

const audit = {
  kind: "Event", apiVersion: "audit.k8s.io/v1", auditID: "a1", stage: "ResponseComplete", verb: "create", requestURI: "/api/v1/namespaces/shop/pods/web/exec?command=id", user: { username: "eva" }, sourceIPs: ["203.0.113.9"],
  objectRef: { resource: "pods", subresource: "exec", namespace: "shop", name: "web" }, responseStatus: { code: 101 }, requestReceivedTimestamp: "2026-02-03T09:00:00.000000Z",
};
const exec = { kind: "kubernetes:create/pods/exec", ms: AT, user: "eva", namespace: "shop", pod: "web", cmd: "id" };

describe("Sentinel", () => {
  const okta = {
    TimeGenerated: "2026-02-03T09:04:00Z", published_t: "2026-02-03T09:00:00Z", eventType_s: "group.user_membership.add", uuid_g: "u-1", displayMessage_s: "Add user to group membership", actor_alternateId_s: "eva@example.test", actor_id_s: "00u1", client_ipAddress_s: "203.0.113.9",
    client_userAgent_rawUserAgent_s: "Mozilla/5.0", outcome_result_s: "SUCCESS", authenticationContext_externalSessionId_s: "sess-1", target_s: '[{"type":"User","alternateId":"ben@example.test"},{"type":"UserGroup","displayName":"Payroll"}]', Type: "Okta_CL",
  };

  test("a row of Okta_CL is the event of Okta's log that it was made from", () => {
    const { format, records } = read([okta, { ...okta, eventType_s: "user.session.start", client_ipAddress_s: "", request_ipChain_s: '[{"ip":"198.51.100.4"}]' }]);
    expect(format).toBe("okta-system-log");
    expect(records).toMatchObject([
      { kind: "okta-idp:group.user_membership.add", ms: AT, host: null, user: "eva@example.test", src_ip: "203.0.113.9", user_agent: "Mozilla/5.0", session_id: "sess-1", target_user: "ben@example.test", target_group: "Payroll", cloud_result: "SUCCESS", facts: { id: "u-1" } },
      { kind: "okta-idp:user.session.start", auth_result: "SUCCESS", src_ip: "198.51.100.4" },
    ]);
  });

  test("a row of AzureDiagnostics is the audit event in its log_s, and the cluster stands for the host", () => {
    const row = { TimeGenerated: "2026-02-03T09:00:02Z", Category: "kube-audit", ResourceId: "/SUBSCRIPTIONS/1/X", Resource: "SHOP-CLUSTER", ResourceProvider: "MICROSOFT.CONTAINERSERVICE", OperationName: "Microsoft.ContainerService/managedClusters/diagnosticLogs/Read", log_s: JSON.stringify(audit), audit };
    expect(read([row])).toMatchObject({ format: "kubernetes-audit", records: [{ ...exec, host: "SHOP-CLUSTER" }] });
  });

  test("the API's answer names the columns once: each row is a record", () => {
    const columns = Object.keys(okta).map((name) => ({ name, type: "string" }));
    const { format, records } = read({ tables: [{ name: "PrimaryResult", columns, rows: [Object.values(okta), Object.values({ ...okta, eventType_s: "user.session.end" })] }] });
    expect(format).toBe("okta-system-log");
    expect(records.map(({ kind }) => kind)).toEqual(["okta-idp:group.user_membership.add", "okta-idp:user.session.end"]);
  });

  test("an answer too long to be one piece says what to ask for instead", () => {
    const found = detectFormat(headOf(Buffer.from(JSON.stringify({ tables: [{ columns: [{ name: "a" }], rows: [["x".repeat(300_000)]] }] }))));
    expect(found).toMatchObject({ kind: "unknown", remedy: expect.stringContaining("az monitor log-analytics query") });
  });
});

describe("Elastic", () => {
  const document = { "@timestamp": "2026-02-03T09:00:05Z", ecs: { version: "8.11.0" }, data_stream: { dataset: "kubernetes.audit_logs" }, agent: { type: "filebeat" }, host: { name: "node-1" }, kubernetes: { audit }, orchestrator: { cluster: { name: "shop-cluster" } } };

  test("a document of the Kubernetes integration is the audit event in it; the node that it was read on is not the host", () => {
    expect(read([document])).toMatchObject({ format: "kubernetes-audit", records: [{ ...exec, host: "shop-cluster" }] });
    const { orchestrator: _, ...nameless } = document;
    expect(read([nameless]).records).toMatchObject([{ ...exec, host: null }]);
  });

  test("an answer of ES|QL holds the documents as rows of one column", () => {
    const { format, records } = read({ columns: [{ name: "_source", type: "_source" }], values: [[document], [{ ...document, kubernetes: { audit: { ...audit, verb: "get" } } }]] });
    expect(format).toBe("kubernetes-audit");
    expect(records.map(({ kind }) => kind)).toEqual(["kubernetes:create/pods/exec", "kubernetes:get/pods/exec"]);
  });

  test("operations of the Azure activity log are keyed in lower case, as the log itself is", () => {
    const activity = { "@timestamp": "2026-02-03T09:00:00Z", ecs: { version: "8.11.0" }, data_stream: { dataset: "azure.activitylogs" }, event: { action: "MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE" }, azure: { activitylogs: { operation_name: "MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE" }, subscription_id: "s-1" } };
    expect(read([activity])).toMatchObject({ format: "ecs", records: [{ kind: "azure-activity:microsoft.compute/virtualmachines/write", host: "s-1" }] });
  });
});

test("Splunk keeps Google's log entries inside the Pub/Sub message that brought them", () => {
  const entry = {
    insertId: "i-1", timestamp: "2026-02-03T09:00:00Z", logName: "projects/p-1/logs/cloudaudit.googleapis.com%2Factivity", resource: { type: "gce_instance", labels: { project_id: "p-1" } },
    protoPayload: { serviceName: "compute.googleapis.com", methodName: "beta.compute.instances.insert", authenticationInfo: { principalEmail: "eva@example.test" }, requestMetadata: { callerIp: "203.0.113.9" } },
  };
  const message = { publish_time: 1770109201.2, attributes: { "logging.googleapis.com/timestamp": "2026-02-03T09:00:00Z" }, data: entry };
  const row = JSON.stringify({ preview: false, result: { _time: "2026-02-03T09:00:01Z", host: "collector", source: "s", sourcetype: "google:gcp:pubsub:message", _raw: JSON.stringify(message) } });
  expect(read(row)).toMatchObject({ format: "gcp-audit", records: [{ kind: "gcp:v1.compute.instances.insert", host: "p-1", ms: AT, user: "eva@example.test", facts: { id: "i-1" } }] });
  const table = `_time,host,source,sourcetype,_raw\n2026-02-03T09:00:01Z,collector,s,google:gcp:pubsub:message,"${JSON.stringify(message).replaceAll('"', '""')}"\n`;
  expect(read(table)).toMatchObject({ format: "csv", records: [{ kind: "gcp:v1.compute.instances.insert", host: "p-1" }] });
});

describe("rows of Log Analytics", () => {
  const T = "2026-02-03T09:00:00Z";
  const syslog = (ProcessName: string, SyslogMessage: string, host = "lx-1") => [{ TimeGenerated: T, EventTime: T, Facility: "user", HostName: host, Computer: host, ProcessName, SyslogMessage, Type: "Syslog" }];

  test("of the table Event hold the event's data as XML", () => {
    const row = { TimeGenerated: T, Source: "Microsoft-Windows-Sysmon", EventLog: "Microsoft-Windows-Sysmon/Operational", Computer: "pc-1", EventID: 1, RenderedDescription: "Process Create", EventData: '<DataItem type="System.XmlData"><EventData><Data Name="Image">C:\\Windows\\cmd.exe</Data><Data Name="CommandLine">cmd &amp;&lt; id</Data></EventData></DataItem>' };
    expect(read([row])).toMatchObject({ format: "windows-json", records: [{ kind: "windows-sysmon:1", host: "pc-1", ms: AT, image: "C:\\Windows\\cmd.exe", cmd: "cmd &< id" }] });
  });

  test("of the table WindowsEvent are timed by the workspace where they name no time of their own", () => {
    const row = { TimeGenerated: T, Provider: "Microsoft-Windows-WMI-Activity", Channel: "Microsoft-Windows-WMI-Activity/Operational", Computer: "pc-1", EventID: 5861, EventData: { Namespace: "//./root/subscription", PossibleCause: "bound" } };
    expect(read([row])).toMatchObject({ records: [{ kind: "windows-defence:Microsoft-Windows-WMI-Activity/Operational/5861", ms: AT, wmi_name: "//./root/subscription", wmi_detail: "bound" }] });
  });

  test("of the table Syslog are the lines that they were made from: Sysmon for Linux, ESXi, the audit log, a program's own", () => {
    const sysmon = '<Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><TimeCreated SystemTime="2026-02-03T09:00:00.000Z"/><Channel>Linux-Sysmon/Operational</Channel><Computer>lx-1</Computer></System><EventData><Data Name="Image">/bin/sh</Data></EventData></Event>';
    expect(read(syslog("sysmon", sysmon)).records).toMatchObject([{ kind: "linux-sysmon:1", host: "lx-1", ms: AT, image: "/bin/sh" }]);
    expect(read(syslog("Hostd", "info hostd[2099563] [Originator@6876 sub=Vimsvc.TaskManager opID=x] Task Created : haTask-12-vim.VirtualMachine.powerOff-345", "esx-1")).records).toMatchObject([{ kind: "esxi:hostd/vim.VirtualMachine.powerOff", host: "esx-1", ms: AT }]);
    expect(read(syslog("audisp-syslog", 'type=SYSCALL msg=audit(1770109200.000:7): arch=c00000b7 syscall=221 success=yes pid=2 exe="/bin/sh"')).records).toMatchObject([{ kind: "linux-auditd:execve", host: "lx-1", ms: AT, image: "/bin/sh" }]);
    expect(read(syslog("sudo", "ana : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id")).records).toMatchObject([{ kind: "linux-syslog:sudo", host: "lx-1", ms: AT, cmd: "/usr/bin/id" }]);
  });

  test("of AWSVPCFlow and GCPAuditLogs are the flow and the log entry", () => {
    const flow = { TimeGenerated: T, AccountId: "111122223333", SrcAddr: "10.0.0.5", DstAddr: "203.0.113.9", DstPort: 443, Protocol: 6, Start: T, End: "2026-02-03T09:01:00Z", Action: "ACCEPT", LogStatus: "OK", InterfaceId: "eni-1", Type: "AWSVPCFlow" };
    expect(read([flow])).toMatchObject({ format: "aws-vpc-flow", records: [{ kind: "aws-other:vpcflow", host: "111122223333", ms: AT, src_ip: "10.0.0.5", dst_port: 443, duration: 60 }] });
    const entry = { TimeGenerated: T, Timestamp: T, InsertId: "i-1", LogName: "projects/p-1/logs/x", MethodName: "beta.compute.instances.insert", ServiceName: "compute.googleapis.com", ProjectId: "p-1", PrincipalEmail: "eva@example.test", RequestMetadata: '{"callerIp":"203.0.113.9"}', GCPResourceName: "projects/p-1/zones/z/instances/i" };
    expect(read([entry])).toMatchObject({ format: "gcp-audit", records: [{ kind: "gcp:v1.compute.instances.insert", host: "p-1", ms: AT, user: "eva@example.test", src_ip: "203.0.113.9" }] });
  });
});

test("an audit event that a search joined into one text is one event, whatever the order of its lines", () => {
  const lines = ['type=EXECVE msg=audit(1770109200.000:7): argc=2 a0="sh" a1="-c"', 'type=SYSCALL msg=audit(1770109200.000:7): arch=c000003e syscall=59 success=yes pid=2 exe="/bin/sh"'];
  expect(read(`_time,host,_raw\n2026-02-03T09:00:00Z,lx-1,"${lines.join("\n").replaceAll('"', '""')}"\n`).records).toMatchObject([{ kind: "linux-auditd:execve", host: "lx-1", ms: AT, cmd: "sh -c", image: "/bin/sh" }]);
});

test("Splunk's add-on for Google Workspace keeps one event of an activity beside its id", () => {
  const activity = { kind: "admin#reports#activity", id: { time: "2026-02-03T09:00:00Z", uniqueQualifier: "1", applicationName: "login", customerId: "C1" }, actor: { email: "eva@example.test" }, ipAddress: "203.0.113.9", event: { type: "login", name: "login_success" } };
  expect(read(JSON.stringify({ preview: false, result: { _time: "2026-02-03T09:00:00Z", host: "h", sourcetype: "gws:reports:login", _raw: JSON.stringify(activity) } })).records).toMatchObject([{ kind: "google-workspace:login/login_success", host: "C1", ms: AT, user: "eva@example.test" }]);
});
