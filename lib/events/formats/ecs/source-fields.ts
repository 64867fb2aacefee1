import { put, type FieldBag, type FieldMap } from "../../fill-fields";
import { isJsonObject, type JsonObject } from "../../frame/plain-value";
import { ecsText, ecsValue } from "../ecs-fields";

const CLOUD: FieldMap = [
  ["event.action", "cloud_action"], ["event.provider", "cloud_service"], ["cloud.service.name", "cloud_service"], ["cloud.account.id", "cloud_account"], ["cloud.project.id", "cloud_account"], ["organization.id", "cloud_account"],
  ["azure.subscription_id", "cloud_account"], ["cloud.region", "cloud_region"], ["cloud.instance.id", "instance_id"], ["user_agent.original", "user_agent"], ["source.ip", "src_ip"], ["client.ip", "src_ip"], ["source.address", "src_ip"],
  ["user.target.name", "target_user"], ["user.target.email", "target_user"], ["group.name", "target_group"], ["client.user.name", "user"], ["user.email", "user"], ["client.user.id", "user"], ["related.user", "user"],
  ["aws.cloudtrail.error_code", "cloud_result"], ["event.outcome", "cloud_result"], ["aws.cloudtrail.request_parameters", "cloud_params"], ["aws.cloudtrail.user_identity.access_key_id", "cred_id"], ["aws.cloudtrail.user_identity.arn", "user"],
  ["azure.resource.id", "cloud_resource"], ["gcp.audit.resource_name", "cloud_resource"], ["o365.audit.ObjectId", "cloud_resource"], ["aws.cloudtrail.resources.arn", "cloud_resource"], ["event.action", "app_event"],
];
const SIGN_IN: FieldMap = [["azure.signinlogs.properties.app_display_name", "app_name"], ["okta.target.display_name", "app_name"], ["event.outcome", "auth_result"], ["okta.outcome.reason", "auth_reason"], ["event.reason", "auth_reason"]];
const SYSLOG: FieldMap = [
  ["process.name", "app_name"], ["message", "app_msg"], ["system.auth.ssh.method", "auth_method"], ["system.auth.sudo.command", "cmd"], ["system.auth.sudo.user", "target_user"], ["event.outcome", "auth_result"], ["event.reason", "auth_reason"],
  ["user.effective.name", "target_user"], ["system.auth.useradd.home", "change"], ["group.name", "target_group"],
];
const WIRE: FieldMap = [
  ["network.bytes", "bytes_out"], ["network.packets", "packets"], ["event.duration", "duration"], ["flow.id", "conn_uid"], ["zeek.session_id", "conn_uid"], ["tls.client.server_name", "tls_sni"], ["tls.server.x509.subject.common_name", "cert_subject"],
  ["tls.server.x509.issuer.common_name", "cert_issuer"], ["tls.server.hash.sha256", "cert_fp"], ["url.domain", "domain"], ["url.path", "url"], ["url.original", "url"], ["destination.domain", "dst_host"], ["rule.name", "app_msg"],
];
const SENSOR: FieldMap = [["file.path", "file_path"], ["file.hash.sha256", "file_hash"], ["file.target_path", "file_path"], ["user.name", "user"], ["santa.disk.mount", "mount_point"], ["santa.disk.serial", "device_id"]];

/** Canonical fields that hang on whose log it was, beside those that every ECS document has. */
export function putSource(fields: FieldBag, event: JsonObject, family: string): void {
  const fill = (map: FieldMap) => {
    for (const [name, canonical] of map) if (fields[canonical] === undefined) put(fields, canonical, ecsValue(event, name));
  };
  if (/^(?:nsm-|netflow|firewall)/.test(family)) return putWire(fields, event, fill);
  if (family.startsWith("edr-")) return fill(/authentication|session/.test(ecsText(event, "event.category") ?? "") ? [...SENSOR, ["event.outcome", "auth_result"]] : SENSOR);
  if (family === "linux-syslog" || family === "macos-system-text") return putSyslog(fields, event, fill);
  if (family === "app-web-mail" || family === "ecs-other") return fill([["event.provider", "app_name"], ["event.module", "app_name"], ["message", "app_msg"], ["event.original", "app_msg"], ["url.original", "url"], ["event.action", "app_event"]]);
  fill(CLOUD);
  if (/^(?:entra-id|okta-idp)$/.test(family) || ecsText(event, "event.category") === "authentication") fill(SIGN_IN);
}

/** Answers are a list of objects; Packetbeat names the protocol in `type`, which for its flows is no protocol. */
function putWire(fields: FieldBag, event: JsonObject, fill: (map: FieldMap) => void): void {
  fill(WIRE);
  const answers = ecsValue(event, "dns.answers");
  if (fields["rdata"] === undefined && Array.isArray(answers)) put(fields, "rdata", answers.map((answer: unknown) => (isJsonObject(answer) ? answer["data"] : undefined)));
  const protocol = ecsText(event, "type");
  if (fields["app_proto"] === undefined && protocol !== "flow") put(fields, "app_proto", protocol);
  if (/authentication/.test(ecsText(event, "event.category") ?? "")) fill([["event.outcome", "auth_result"]]); // an administrator's log-in
}

/** Accounts made, changed and removed are the subject of useradd and kin: who ran them the line does not say. */
function putSyslog(fields: FieldBag, event: JsonObject, fill: (map: FieldMap) => void): void {
  fill(SYSLOG);
  const program = ecsText(event, "process.name") ?? "";
  if (/^(?:useradd|adduser|userdel|usermod|passwd|chpasswd|gpasswd|chage)$/.test(program)) {
    put(fields, "target_user", ecsValue(event, "user.name"));
    put(fields, "change", ecsValue(event, "event.action") ?? program);
  }
}
