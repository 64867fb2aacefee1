import type { JsonObject } from "../../frame/plain-value";
import { keyOnPlatform } from "@/lib/telemetry/stated-platform";
import { operationName } from "../cloud/operation-name";
import { ecsText } from "../ecs-fields";

/** Whose log an ECS event was made from: "aws.cloudtrail", "system.auth", "flow" for Packetbeat's flows; "" where it says none. */
export function datasetOf(event: JsonObject): string {
  if (ecsText(event, "agent.type") === "packetbeat") return `network_traffic.${ecsText(event, "event.dataset")?.replace(/^network_traffic\./, "") ?? ecsText(event, "type") ?? "flow"}`;
  return (ecsText(event, "data_stream.dataset") ?? ecsText(event, "event.dataset") ?? ecsText(event, "event.module") ?? "").toLowerCase();
}

/** Read by formats of their own: Windows events, the audit framework, and what Elastic's endpoint itself saw. */
const ELSEWHERE = /^(?:endpoint\b|elastic_endpoint|auditd|auditd_manager|file_integrity|system\.(?:process|socket|login|user|package|host)$)/;

/** Whether an event is an ECS document of a module or integration. */
export function isModuleEvent(event: JsonObject): boolean {
  if (!("@timestamp" in event) || "winlog" in event || "auditd" in event || ecsText(event, "agent.type") === "auditbeat") return false;
  const dataset = datasetOf(event);
  if (dataset === "" || ELSEWHERE.test(dataset)) return false;
  return ecsText(event, "ecs.version") !== undefined || "agent" in event || "data_stream" in event || ecsText(event, "event.category") !== undefined || ecsText(event, "event.kind") !== undefined;
}

interface Kind {
  readonly family: string;
  readonly key: string;
}

type Read = (event: JsonObject, dataset: string) => Kind;

const text = (event: JsonObject, ...names: readonly string[]): string => names.map((name) => ecsText(event, name)).find((value) => value !== undefined) ?? "unknown";
/** The operation, by the native name that the integration keeps, else by event.action. */
const operation = (family: string, ...names: readonly string[]): Read => (event) => ({ family, key: operationName(text(event, ...names, "event.action")) || "unknown" });
const fixed = (family: string, key: string): Read => () => ({ family, key });
const suffix = (dataset: string): string => dataset.slice(dataset.indexOf(".") + 1);

const PLATFORMS: Readonly<Record<string, string>> = { windows: "Windows", macos: "macOS", linux: "Linux" };
const platformOf = (event: JsonObject): string | null => PLATFORMS[ecsText(event, "host.os.type") ?? ecsText(event, "host.os.family") ?? ""] ?? null;

/** Data sets by name, the first that fits. Names of native fields are those that Elastic's integrations keep beside ECS. */
const DATASETS: readonly (readonly [RegExp, Read])[] = [
  [/^system\.(?:auth|authpriv|syslog)$/, (event) => ({ family: ecsText(event, "host.os.type") === "macos" ? "macos-system-text" : "linux-syslog", key: text(event, "process.name", "event.provider") })],
  [/^aws\.cloudtrail$/, operation("aws-cloudtrail")],
  [/^aws\.vpcflow$/, fixed("aws-other", "vpcflow")],
  [/^aws\.route53_resolver/, fixed("aws-other", "resolver-query")],
  [/^aws\.guardduty$/, fixed("aws-other", "guardduty")],
  [/^azure\.signinlogs$/, (event) => ({ family: "entra-id", key: ecsText(event, "azure.signinlogs.category") ?? "SignInLogs" })],
  [/^azure\.auditlogs$/, operation("entra-id", "azure.auditlogs.operation_name", "azure.auditlogs.properties.activity_display_name")],
  [/^azure\.activitylogs$/, (event) => ({ family: "azure-activity", key: operationName(text(event, "azure.activitylogs.operation_name", "event.action")).toLowerCase() })], // Azure writes them in several cases: as azure-activity keys them
  [/^o365\.audit$/, operation("m365", "o365.audit.Operation")],
  [/^okta\.system$/, operation("okta-idp", "okta.event_type")],
  [/^gcp\.audit$/, (event) => ({ family: "gcp", key: text(event, "gcp.audit.method_name", "event.action").replace(/^(?:alpha|beta|v\d\w*)\.compute\./, "v1.compute.") })],
  [/^gcp\.vpcflow$/, fixed("gcp", "vpcflow")],
  [/^google_workspace\./, (event, dataset) => ({ family: "google-workspace", key: `${suffix(dataset)}/${text(event, "event.action")}` })],
  [/^github\.audit$/, operation("saas-collab")],
  [/^zeek\./, (_, dataset) => ({ family: "nsm-zeek", key: suffix(dataset) === "connection" ? "conn" : suffix(dataset) })],
  [/^suricata\.eve$/, (event) => ({ family: "nsm-suricata", key: text(event, "suricata.eve.event_type", "event.kind") })],
  [/^netflow\./, fixed("netflow", "flow")],
  [/^network_traffic\./, (_, dataset) => ({ family: "nsm-packetbeat", key: suffix(dataset) })],
  [/^santa\./, (event) => ({ family: "edr-santa", key: santaKey(event) })],
  [/^jamf_protect\.telemetry$/, operation("edr-jamf")],
  [/^jamf_protect\.alerts$/, (event) => ({ family: "edr-jamf", key: `alert/${text(event, "event.action")}` })],
  [/^crowdstrike\.fdr$/, (event) => ({ family: "edr-crowdstrike", key: keyOnPlatform(text(event, "crowdstrike.event_simpleName", "event.action"), platformOf(event)) })],
  [/^m365_defender\.event$/, (event) => ({ family: "edr-defender", key: keyOnPlatform(defenderKey(event), platformOf(event)) })],
  [/^(?:panw\.panos|fortinet\.firewall|fortinet_fortigate\.log|cisco\.(?:asa|ftd)|cisco_(?:asa|ftd)\.log|checkpoint\.firewall|pfsense\.log|sonicwall_firewall\.log|sophos\.xg)$/, (event) => ({ family: "firewall", key: firewallKey(event) })],
  [/^iptables\.log$/, fixed("firewall", "iptables")],
  [/^(?:apache|nginx|traefik|haproxy|iis)\.(?:access|log)$/, fixed("app-web-mail", "access_log")],
];

/** Family and native key of an event; a data set that nobody claims is kept under its own name. */
export function kindOfEvent(event: JsonObject, dataset: string): Kind {
  const known = DATASETS.find(([names]) => names.test(dataset));
  return known === undefined ? { family: "ecs-other", key: `${dataset}/${text(event, "event.action", "event.category")}` } : known[1](event, dataset);
}

function santaKey(event: JsonObject): string {
  const action = text(event, "santa.action", "event.action").toUpperCase();
  return action === "EXEC" && ecsText(event, "santa.decision") === "DENY" ? "EXEC/DENY" : action;
}

function defenderKey(event: JsonObject): string {
  const table = text(event, "m365_defender.event.category", "event.type").replace(/^AdvancedHunting-/, "");
  return `${table}/${text(event, "m365_defender.event.action.type", "event.action")}`;
}

/** FortiOS's log ids and Cisco's message numbers of an administrator's log-in; PAN-OS says it in a sentence. */
const LOGIN_CODES: ReadonlyMap<string, string> = new Map([["0100032001", "login"], ["605005", "login"], ["0100032002", "login-failed"], ["605004", "login-failed"]]);

/** Sessions and threats apart: a firewall's own configuration and system messages are neither. */
function firewallKey(event: JsonObject): string {
  const login = LOGIN_CODES.get(text(event, "event.code"));
  if (login !== undefined) return login;
  if (/^User \S+ logged in via /.test(text(event, "panw.panos.description"))) return "login";
  const type = text(event, "panw.panos.type", "fortinet.firewall.type", "event.category").toLowerCase();
  if (/threat|utm|intrusion/.test(type)) return "threat";
  if (/config/.test(type)) return "config";
  return /traffic|network/.test(type) ? "traffic" : type;
}
