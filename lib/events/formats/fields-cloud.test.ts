import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { componentsOfKind } from "@/lib/telemetry/record-kinds";
import { requiredFields } from "@/lib/telemetry/required-fields";
import { headOf } from "../detect-format";
import { DEFAULT_LIMITS } from "../read-events";
import type { Item, ParsedRecord } from "../types";
import { formatById } from "./index";

const FOLDER = join(import.meta.dirname, "__fixtures__");
const itemsOf = (id: string, content?: string, zone = "UTC"): Item[] => {
  const name = readdirSync(FOLDER).find((file) => file.startsWith(`${id}.`)) ?? "";
  const reader = formatById(id)?.open({ ...DEFAULT_LIMITS, zone });
  if (reader === undefined) throw new Error(id);
  return [...reader.push(content === undefined ? readFileSync(join(FOLDER, name)) : Buffer.from(content)), ...reader.end()];
};
const recordsOf = (id: string, content?: string, zone?: string): ParsedRecord[] => itemsOf(id, content, zone).flatMap((item) => ("record" in item ? [item.record] : []));
const brief = ({ kind, host, fields }: ParsedRecord): Record<string, string | number | null> & { kind: string } => ({ kind: `${kind.family}:${kind.key}`, host, ...fields });
const TENANT = "11111111-2222-4333-8444-555555555555";

describe("identity: who signed in or was changed, from where, and how it ended", () => {
  test("Entra sign-ins in Graph's, Azure's and Log Analytics' shape: the category is the key, the error code the outcome", () => {
    const [graph, silent, envelope, principal, refused] = recordsOf("entra-signin").map(brief);
    expect(graph).toMatchObject({ kind: "entra-id:SignInLogs", host: TENANT, user: "eva@example.test", src_ip: "203.0.113.9", app_name: "Mail", auth_result: "success", auth_method: "multiFactorAuthentication", device_id: "dev-1" });
    expect(silent).toMatchObject({ kind: "entra-id:NonInteractiveUserSignInLogs", host: null, auth_result: "failure", auth_reason: "Wrong user name or password.", cloud_result: 50126 });
    expect(silent?.["device_id"]).toBeUndefined();
    expect(envelope).toMatchObject({ kind: "entra-id:NonInteractiveUserSignInLogs", ts: "2026-02-03T08:01:00.1234567Z", session_id: "s-1", cred_id: "tok-1", user_agent: "Mozilla/5.0 (test)", auth_method: "Previously satisfied" });
    expect(principal).toMatchObject({ kind: "entra-id:ServicePrincipalSignInLogs", host: TENANT, user: "Backup job", cred_id: "key-1", src_ip: "203.0.113.20" });
    expect(refused).toMatchObject({ kind: "entra-id:SignInLogs", user: "ben@example.test", auth_result: "failure", device_id: "dev-2" });
  });

  test("Entra audit: the activity is the key, a dash in it a hyphen; targets go to the field of their type", () => {
    const [user, role, secret, member] = recordsOf("entra-audit").map(brief);
    expect(user).toMatchObject({ kind: "entra-id:Add user", user: "eva@example.test", src_ip: "203.0.113.9", target_user: "ben@example.test", change: "AccountEnabled: [] -> [true]", user_agent: "Mozilla/5.0 (test)" });
    expect(role).toMatchObject({ kind: "entra-id:Add member to role", user: "Provisioning", target_user: "ben@example.test", ad_attr: "Role.DisplayName" });
    expect(secret).toMatchObject({ kind: "entra-id:Update application - Certificates and secrets management", host: TENANT, app_name: "Reporting app", ad_class: "Application" });
    expect(member).toMatchObject({ kind: "entra-id:Add member to group", target_user: "ben@example.test", target_group: "Payroll" });
  });

  test("requests to Microsoft Graph name what was asked for", () => {
    expect(recordsOf("entra-graph-activity").map(brief)).toMatchObject([
      { kind: "entra-id:MicrosoftGraphActivityLogs", host: TENANT, cloud_action: "GET /v1.0/users", http_status: 200, cred_id: "tok-1", cloud_resource: "/v1.0/users" },
      { user: "sp-1", cloud_action: "POST /v1.0/directoryObjects/getByIds", src_ip: "198.51.100.7" },
    ]);
  });

  test("Okta: the event type is the key; no organisation is named, so no host is", () => {
    const [start, failed, sso, grant, member, rule] = recordsOf("okta-system-log").map(brief);
    expect(start).toMatchObject({ kind: "okta-idp:user.session.start", host: null, user: "eva@example.test", src_ip: "203.0.113.9", session_id: "sess-1", auth_result: "SUCCESS", auth_method: "PASSWORD", user_agent: "Mozilla/5.0 (test)" });
    expect(failed).toMatchObject({ auth_result: "FAILURE", auth_reason: "INVALID_CREDENTIALS" });
    expect(sso).toMatchObject({ kind: "okta-idp:user.authentication.sso", app_name: "Payroll" });
    expect(grant).toMatchObject({ target_user: "ben@example.test" });
    expect(grant?.["auth_result"]).toBeUndefined();
    expect(member).toMatchObject({ target_user: "ben@example.test", target_group: "Administrators" });
    expect(rule).toMatchObject({ cloud_resource: "Require a second factor", cloud_result: "SUCCESS" });
  });

  test("Okta: an event hook delivers several events in one object", () => {
    const event = { uuid: "u", published: "2026-02-03T08:00:00Z", eventType: "user.session.end", actor: { alternateId: "eva@example.test" }, outcome: { result: "SUCCESS" } };
    const hook = JSON.stringify({ eventType: "com.okta.event_hook", eventTime: "2026-02-03T08:00:01Z", data: { events: [event, { ...event, uuid: "v" }] } });
    expect(recordsOf("okta-system-log", hook).map(({ kind, facts }) => [kind.key, facts?.id])).toEqual([["user.session.end", "u"], ["user.session.end", "v"]]);
  });
});

describe("suites: operations of mail, files and code", () => {
  test("Microsoft 365: CreationTime is UTC by definition, ports leave addresses, rows hold the record in AuditData", () => {
    const all = recordsOf("m365-unified-audit", undefined, "Asia/Tokyo");
    const [login, failed, rule, file, mail, role] = all.map(brief);
    expect(all[0]?.time).toMatchObject({ ms: Date.UTC(2026, 1, 3, 8), zone: "known", precision: "s" });
    expect(login).toMatchObject({ kind: "m365:UserLoggedIn", host: TENANT, auth_result: "success", session_id: "s-1", user_agent: "Mozilla/5.0 (test)", auth_method: "OAuth2:Authorize" });
    expect(failed).toMatchObject({ kind: "m365:UserLoginFailed", auth_result: "failure", auth_reason: "InvalidUserNameOrPassword" });
    expect(rule).toMatchObject({ kind: "m365:New-InboxRule", src_ip: "203.0.113.9", target_user: "ben@example.test", cmd: "New-InboxRule -Mailbox ben@example.test -Name Sort -ForwardTo out@example.org", job_name: "Sort" });
    expect(file).toMatchObject({ kind: "m365:FileDownloaded", src_ip: "2001:db8::9", file_path: "https://example.test/personal/eva/a.xlsx", storage_obj: "https://example.test/personal/eva/a.xlsx" });
    expect(mail).toMatchObject({ kind: "m365:MailItemsAccessed", file_path: "\\Inbox", cred_id: "tok-1", session_id: "s-1", target_user: "eva@example.test" });
    expect(role).toMatchObject({ kind: "m365:Add member to role.", target_user: "ben@example.test", change: "Role.DisplayName:  -> Exchange Administrator" });
    expect(all[5]?.native).toMatchObject({ Operation: "Add member to role." });
  });

  test("Google Workspace: one record per event of an activity; an API call by a token adds its method", () => {
    const kinds = recordsOf("google-workspace").map(brief);
    expect(kinds.map(({ kind }) => kind)).toEqual(["login/login_success", "login/login_failure", "admin/CREATE_USER", "admin/ASSIGN_ROLE", "token/authorize", "token/activity/users.list", "drive/download"].map((key) => `google-workspace:${key}`));
    expect(kinds[0]).toMatchObject({ host: "C01", user: "eva@example.test", src_ip: "203.0.113.9", auth_result: "success", auth_method: "google_password" });
    expect(kinds[1]).toMatchObject({ auth_result: "failure", auth_reason: "login_failure_invalid_password" });
    expect(kinds[3]).toMatchObject({ target_user: "ben@example.test", change: "_SEED_ADMIN_ROLE" });
    expect(kinds[4]).toMatchObject({ app_name: "Mail merge", cred_id: "client-1", change: "https://mail.example.test/read" });
    expect(kinds[6]).toMatchObject({ ts: "1770105780000000", file_path: "Plan", cloud_resource: "d1", user: "ben@example.test" });
  });

  test("GitHub: milliseconds since 1970, or ISO 8601; the organisation stands for a host", () => {
    const [clone, member, run, token, zip] = recordsOf("github-audit");
    expect(clone?.time).toMatchObject({ ms: 1770105600125, precision: "ms", zone: "known" });
    expect(clone && brief(clone)).toMatchObject({ kind: "saas-collab:git.clone", host: "example-org", user: "eva-example", storage_obj: "example-org/payroll", cred_id: "q83v" });
    expect(member && brief(member)).toMatchObject({ kind: "saas-collab:org.update_member", target_user: "ben-example", change: "admin" });
    expect(run?.kind.key).toBe("workflows.created_workflow_run");
    expect(token?.host).toBe("example-enterprise");
    expect(zip?.time).toMatchObject({ ms: Date.UTC(2026, 1, 3, 8, 4) });
  });
});

describe("clouds: operation, account, object and result", () => {
  test("Azure: operations in lower case whatever the export's, the resource in the field of its type", () => {
    const [vm, role, run, snapshot] = recordsOf("azure-activity").map(brief);
    expect(vm).toMatchObject({ kind: "azure-activity:microsoft.compute/virtualmachines/write", host: TENANT, user: "eva@example.test", src_ip: "203.0.113.9", cloud_result: "Success", cred_id: "tok-1" });
    expect(vm?.["instance_id"]).toMatch(/WEB-1$/);
    expect(role).toMatchObject({ kind: "azure-activity:microsoft.authorization/roleassignments/write", user: "Eva Example", target_user: "p-2", change: "/providers/Microsoft.Authorization/roleDefinitions/owner" });
    expect(run).toMatchObject({ kind: "azure-activity:microsoft.compute/virtualmachines/runcommand/action", cloud_params: '{"commandId":"RunShellScript","script":["id"]}' });
    expect(snapshot).toMatchObject({ kind: "azure-activity:microsoft.compute/snapshots/write", src_ip: "203.0.113.9" });
    expect(snapshot?.["snapshot_id"]).toMatch(/copy-1$/);
  });

  test("Google Cloud: Compute's versions are one key, Kubernetes calls are Kubernetes records, absent status is success", () => {
    const [vm, policy, object, exec, login] = recordsOf("gcp-audit");
    expect(vm && brief(vm)).toMatchObject({ kind: "gcp:v1.compute.instances.insert", host: "p-1", cloud_action: "beta.compute.instances.insert", instance_id: "1001", cloud_result: "OK" });
    expect(vm?.facts).toMatchObject({ id: "i1", ingested: Date.UTC(2026, 1, 3, 8, 0, 1, 200) });
    expect(policy && brief(policy)).toMatchObject({ kind: "gcp:SetIamPolicy", cloud_result: 7, target_user: "user:ben@example.test", change: "ADD roles/owner" });
    expect(object && brief(object)).toMatchObject({ kind: "gcp:storage.objects.get", storage_obj: "b-1/a.csv", cred_id: "key-1" });
    expect(exec && brief(exec)).toMatchObject({ kind: "kubernetes:create/pods/exec", host: "c-1", namespace: "shop", pod: "web-1", verb: "create" });
    expect(login && brief(login)).toMatchObject({ kind: "gcp:google.login.LoginService.loginFailure", host: "77", auth_result: "failure" });
  });

  test("CloudTrail: single events, EventBridge, Lake; a digest file holds no events and says so", () => {
    const event = { eventVersion: "1.11", eventTime: "2026-02-03T08:00:00Z", eventSource: "ec2.amazonaws.com", eventName: "RunInstances", recipientAccountId: "111122223333", userIdentity: { arn: "arn:aws:iam::111122223333:user/eva" } };
    for (const value of [event, { "detail-type": "AWS API Call via CloudTrail", source: "aws.ec2", detail: event }, { metadata: {}, eventData: event }]) {
      expect(recordsOf("cloudtrail", JSON.stringify(value)).map(brief)).toMatchObject([{ kind: "aws-cloudtrail:RunInstances", host: "111122223333" }]);
    }
    const digest = JSON.stringify({ awsAccountId: "111122223333", digestStartTime: "2026-02-03T07:00:00Z", digestEndTime: "2026-02-03T08:00:00Z", logFiles: [{ s3Object: "a", hashValue: "b" }] });
    expect(itemsOf("cloudtrail", digest)).toMatchObject([{ skipped: { reason: "cloudtrail-digest" } }]);
  });

  test("AWS: a resolver query is traffic content, a finding is a judgement", () => {
    expect(recordsOf("aws-resolver-query").map(brief)).toMatchObject([{ kind: "aws-other:resolver-query", host: "111122223333", dns_query: "www.example.test.", rdata: "203.0.113.10", src_ip: "10.0.0.14", instance_id: "i-0a1" }, { cloud_result: "NXDOMAIN" }]);
    expect(recordsOf("aws-guardduty").map(brief)).toMatchObject([{ kind: "aws-other:guardduty", user: "eva", cloud_action: "ConsoleLogin", src_ip: "198.51.100.7" }, { app_event: "CryptoCurrency:EC2/BitcoinTool.B!DNS", dns_query: "pool.example.test", instance_id: "i-0a1" }]);
  });
});

test("a metric of CloudWatch is a state of its instance", () => {
  expect(recordsOf("aws-cloudwatch").map(brief)).toMatchObject([
    { kind: "aws-other:cloudwatch", host: "111122223333", instance_id: "i-0a1", app_event: "CPUUtilization", sensor_state: "CPUUtilization 97.5 %" },
    { sensor_state: "StatusCheckFailed 1" },
  ]);
});

describe("containers", () => {
  test("Kubernetes audit: verb and resource are the key, a command is read out of the address", () => {
    const [list, create, exec, bind, cron, refused] = recordsOf("kubernetes-audit").map(brief);
    expect(list).toMatchObject({ kind: "kubernetes:list/pods", user: "eva@example.test", src_ip: "203.0.113.9", namespace: "shop", verb: "list" });
    expect(create).toMatchObject({ kind: "kubernetes:create/pods", pod: "web-1", container_image: "registry.example.test/web:latest", node: "node-1", cred_id: "X509SHA256=aa", volume_id: "/" });
    expect(exec).toMatchObject({ kind: "kubernetes:create/pods/exec", pod: "web-1", cmd: "sh -c cat /etc/hosts" });
    expect(bind).toMatchObject({ kind: "kubernetes:create/clusterrolebindings", target_user: "ben@example.test", change: "cluster-admin" });
    expect(cron).toMatchObject({ kind: "kubernetes:create/cronjobs", job_name: "nightly", job_action: "sh -c date", job_trigger: "0 3 * * *" });
    expect(refused).toMatchObject({ kind: "kubernetes:get/non-resource", auth_result: "failure", http_status: 401 });
  });

  test("Kubernetes events: the newest occurrence is the time, the count stands for so many", () => {
    const [started, back, pulled] = recordsOf("kubernetes-events");
    expect(started && brief(started)).toMatchObject({ kind: "kubernetes:event/Started", host: "node-1", pod: "web-1", app_name: "kubelet" });
    expect([back?.time?.ms, back?.facts?.sampled]).toEqual([Date.UTC(2026, 1, 3, 8, 5, 30), 12]);
    expect(pulled && brief(pulled)).toMatchObject({ kind: "kubernetes:event/Pulled", container_image: "registry.example.test/web:latest", node: "node-2" });
  });

  test("Docker: what follows an action's colon is the command", () => {
    const [create, , exec, pull, die] = recordsOf("docker-events").map(brief);
    expect(create).toMatchObject({ kind: "docker-containerd:container/create", container_id: "c1c1", container_image: "registry.example.test/web:latest" });
    expect(exec).toMatchObject({ kind: "docker-containerd:container/exec_create", cmd: "sh -c id" });
    expect(pull).toMatchObject({ kind: "docker-containerd:image/pull", container_image: "busybox:latest" });
    expect(die).toMatchObject({ exit_code: "137" });
  });
});

describe("networks", () => {
  test("Suricata: a flow's time is its start, content is what its protocol says, the local end stands for a host", () => {
    const all = recordsOf("suricata-eve");
    const [flow, tls, dns, http, file, alert, krb5, smb, stats] = all.map(brief);
    expect(flow).toMatchObject({ kind: "nsm-suricata:flow", host: "10.0.0.14", ts: "2026-02-03T09:00:00.000001+0100", dst_ip: "203.0.113.10", dst_port: 443, bytes_out: 1369, bytes_in: 5372, duration: 10, conn_uid: 1001 });
    expect(all[0]?.facts?.written).toBe(Date.UTC(2026, 1, 3, 8, 0, 10, 123));
    expect(tls).toMatchObject({ tls_sni: "www.example.test", cert_issuer: "CN=Test CA", payload: "www.example.test" });
    expect(dns).toMatchObject({ dns_query: "www.example.test", rdata: "203.0.113.10" });
    expect(dns?.["payload"]).toContain("rrname");
    expect(http).toMatchObject({ url: "/a.bin", dst_host: "files.example.test", http_method: "GET", http_status: 200, user_agent: "curl/8" });
    expect(file).toMatchObject({ host: "10.0.0.14", file_path: "/a.bin", file_hash: "cc" });
    expect(alert).toMatchObject({ app_event: 1000001, app_msg: "A test signature", payload: "A test signature" });
    expect(krb5).toMatchObject({ user: "eva", krb_service: "cifs/files", krb_enc: "rc4-hmac", auth_result: "success" });
    expect(smb).toMatchObject({ share_name: "\\\\files\\payroll" });
    expect(all[7]?.objectClass).toBe("share");
    expect(stats).toMatchObject({ kind: "nsm-suricata:stats", sensor_state: 0 });
  });

  test("flow records of five collectors give the same fields; a packet sample is told from a flow", () => {
    const all = recordsOf("netflow-ipfix", undefined, "Europe/Berlin");
    const [ipfix, prefixed, nfdump, pmacct, goflow, sflow] = all.map(brief);
    expect(ipfix).toMatchObject({ kind: "netflow:flow", host: "10.0.0.14", src_ip: "10.0.0.14", dst_ip: "203.0.113.10", dst_port: 443, proto: "tcp", bytes_out: 1369, packets: 9, duration: 10.5, direction: "egress" });
    expect(prefixed).toMatchObject({ dst_port: 53, proto: "udp" });
    expect(nfdump).toMatchObject({ host: "10.0.0.15", dst_port: 9200, bytes_out: 204 });
    expect(all[2]?.time).toMatchObject({ ms: Date.UTC(2026, 1, 3, 7, 1, 0, 148), zone: "unknown" });
    expect(pmacct).toMatchObject({ dst_port: 22, proto: "tcp", bytes_out: 3400 });
    expect(goflow).toMatchObject({ dst_port: 443, duration: 4 });
    expect(all[4]?.time).toMatchObject({ ms: 1770105780000, precision: "ns" });
    expect(sflow).toMatchObject({ kind: "netflow:sample", host: "10.0.0.17" });
    expect(all[5]?.facts?.sampled).toBe(1024);
  });

  test("flow logs of three clouds: account, verdict, both ends", () => {
    expect(recordsOf("aws-vpc-flow").map(brief)).toMatchObject([
      { kind: "aws-other:vpcflow", host: "111122223333", src_ip: "10.0.0.14", dst_port: "443", proto: "tcp", fw_state: "ACCEPT", duration: 60 },
      { fw_state: "REJECT", src_ip: "198.51.100.7" },
      { dst_port: "53", proto: "udp" },
    ]);
    expect(recordsOf("aws-vpc-flow", JSON.stringify({ version: 5, account_id: 111122223333, interface_id: "eni-1", srcaddr: "10.0.0.14", dstaddr: "203.0.113.10", srcport: 1, dstport: 443, protocol: 6, packets: 1, bytes: 60, start: 1770105600, end: 1770105660, action: "ACCEPT", log_status: "OK" })).map(brief)).toMatchObject([{ host: "111122223333", dst_port: 443 }]);
    expect(recordsOf("azure-flow").map(brief)).toMatchObject([
      { kind: "azure-activity:NetworkSecurityGroupFlowEvent", host: TENANT, src_ip: "10.0.0.14", proto: "tcp", direction: "outbound", fw_state: "allowed", bytes_in: "5372", fw_rule: "UserRule_web" },
      { direction: "inbound", fw_state: "denied" },
      { kind: "azure-activity:FlowLogFlowEvent", ts: "1770105700123", proto: "tcp", fw_state: "allowed" },
    ]);
    expect(recordsOf("gcp-vpc-flow").map(brief)).toMatchObject([{ kind: "gcp:vpcflow", host: "p-1", proto: "tcp", bytes_out: "1369" }, { kind: "gcp:firewall", fw_state: "DENIED", fw_rule: "network:default/firewall:no-ssh" }]);
  });

  test("a VPC flow line without data and a header are no records, a cut line is refused", () => {
    expect(itemsOf("aws-vpc-flow", "2 111122223333 eni-0a2 - - - - - - - 1770105660 1770105720 - NODATA\n2 111122223333 eni-0a2 10.0.0.1\n")).toMatchObject([{ skipped: { reason: "no-record" } }, { refused: { reason: "unknown-record" } }]);
  });
});

describe("ESXi and vCenter", () => {
  test("releases 7 and 8, files and syslog: the key says what the line reports", () => {
    const all = recordsOf("esxi-syslog").map(brief);
    expect(all.map(({ kind }) => kind)).toEqual([
      "esxi:hostd/UserLoginSessionEvent", "esxi:hostd/BadUsernameSessionEvent", "esxi:hostd/vim.VirtualMachine.powerOff", "esxi:hostd/VmPoweredOffEvent", "esxi:shell", "esxi:shell", "esxi:shell/session",
      "esxi:vmkernel/module-load", "esxi:vmkernel", "esxi:vobd/vob.user.ssh.session.opened", "esxi:vobd/esx.audit.ssh.enabled", "esxi:auth/accepted", "esxi:auth/failed", "esxi:cron",
      "esxi:hostd/esx.audit.net.firewall.config.changed", "esxi:hostd/AccountCreatedEvent", "vcenter-nsx:vpxd/vim.SessionManager.login", "vcenter-nsx:vpxd/vim.event.UserLoginSessionEvent", "esxi:esxupdate",
    ]);
    expect(all[0]).toMatchObject({ host: null, user: "root", src_ip: "192.0.2.7", auth_result: "success", session_id: "0a-1" });
    expect(all[1]).toMatchObject({ user: "root", src_ip: "198.51.100.7", auth_result: "failure" });
    expect(all[2]).toMatchObject({ user: "root", api_name: "vim.VirtualMachine.powerOff" });
    expect(all[3]).toMatchObject({ instance_id: "web-1" });
    expect(all[4]).toMatchObject({ host: null, user: "root", cmd: "esxcli system syslog config set --loghost=''" });
    expect(all[5]).toMatchObject({ host: "esx1.example.test", cmd: "vim-cmd vmsvc/getallvms" });
    expect(all[7]).toMatchObject({ module_path: "nfs41client" });
    expect(all[11]).toMatchObject({ user: "root", src_ip: "192.0.2.7", auth_method: "keyboard-interactive/pam", auth_result: "success" });
    expect(all[12]).toMatchObject({ auth_result: "failure", src_ip: "198.51.100.7" });
    expect(all[13]).toMatchObject({ user: "root", pid: "2101500", job_name: "/bin/hostd-probe.sh" });
    expect(all[14]).toMatchObject({ host: "esx1.example.test", fw_rule: "sshServer", fw_state: "enable" });
    expect(all[15]).toMatchObject({ host: "esx1.example.test", target_user: "backup" });
    expect(all[17]).toMatchObject({ user: "VSPHERE.LOCAL\\eva", auth_result: "success" });
  });

  test("lines of programs that every system has are not taken for ESXi's, unless the format is named", () => {
    const line = "2026-02-03T08:00:00Z sshd[811]: Accepted publickey for root from 192.0.2.7 port 50111 ssh2\n";
    expect(formatById("esxi-syslog")?.sniff(headOf(Buffer.from(line))).verdict).toBe("no");
    expect(recordsOf("esxi-syslog", line).map(({ kind }) => kind.key)).toEqual(["auth/accepted"]);
  });

  test("further lines of one message are no records of their own", () => {
    expect(itemsOf("esxi-syslog", "--> (vim.fault.InvalidLogin) {\n")).toMatchObject([{ skipped: { reason: "continued-line" } }]);
  });
});

test("what a well-filled record of each format carries, it proves: no required field is one that the source never writes", () => {
  const proven = ["entra-signin", "entra-audit", "m365-unified-audit", "azure-activity", "gcp-audit", "google-workspace", "okta-system-log", "github-audit", "kubernetes-audit", "suricata-eve", "netflow-ipfix", "aws-vpc-flow", "aws-resolver-query", "aws-cloudwatch", "azure-flow", "gcp-vpc-flow"];
  // Containers' and shells' starts have no pid and no parent; a call forwarded to Google's log leaves its command out; a token is named, not the user it is about.
  const open = new Set(["DC0032 kubernetes:create/pods/exec", "DC0064 kubernetes:create/pods/exec"]);
  const short = proven.flatMap((id) =>
    recordsOf(id).flatMap(({ kind, fields }) => {
      const name = `${kind.family}:${kind.key}`;
      return componentsOfKind(name).flatMap((component) => {
        const { required, anyOf } = requiredFields(component, name);
        const missing = [...required.filter((field) => fields[field] === undefined), ...anyOf.filter((group) => group.every((field) => fields[field] === undefined)).map((group) => group.join("|"))];
        return missing.length === 0 || open.has(`${component} ${name}`) ? [] : [`${component} ${name}: ${missing.join(", ")}`];
      });
    }),
  );
  expect(short).toEqual([]);
});
