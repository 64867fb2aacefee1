import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { objectsAt, textAt, valueAt } from "./cloud/value-at";

/**
 * Audit events of kube-apiserver (audit.k8s.io). The key is verb/resource[/subresource] ("create/pods/exec"), or
 * verb/non-resource for paths such as /healthz. One request is written once per stage the policy keeps; each is a record.
 * The event names no cluster: where a wrapper or label does not, the host comes from the import.
 */
export const kubernetesAudit = jsonFormat({
  id: "kubernetes-audit",
  label: "Kubernetes audit log",
  extensions: [".json", ".log", ".ndjson"],
  record: "a Kubernetes audit event",
  evidence: ["apiVersion: audit.k8s.io/...", "auditID", "verb", "stage"],
  isMine: isAuditEvent,
  map: (value) => (isAuditEvent(value) ? [mapEvent(value)] : null),
});

function isAuditEvent(value: JsonObject): boolean {
  return typeof value["auditID"] === "string" && typeof value["verb"] === "string" && ("stage" in value || "requestURI" in value);
}

const FIELDS: FieldMap = [
  ["user.username", "user"], ["sourceIPs.0", "src_ip"], ["userAgent", "user_agent"], ["verb", "verb"], ["objectRef.namespace", "namespace"], ["requestURI", "url"],
  ["responseStatus.code", "http_status"], ["responseStatus.code", "cloud_result"], ["responseStatus.message", "app_msg"],
];

function mapEvent(event: JsonObject): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (path) => valueAt(event, path));
  const extra = valueAt(event, "user.extra");
  put(fields, "cred_id", typeof extra === "object" && extra !== null ? Object.entries(extra).find(([key]) => key.endsWith("/credential-id"))?.[1] : undefined);
  const verb = String(event["verb"]);
  const resource = textAt(event, "objectRef.resource");
  const subresource = textAt(event, "objectRef.subresource");
  const key = resource === undefined ? `${verb}/non-resource` : [verb, resource, subresource].filter((part) => part !== undefined).join("/");
  put(fields, "cloud_action", key);
  put(fields, "app_event", key);
  put(fields, "app_name", "kube-apiserver");
  putObject(fields, event, resource);
  putAuthentication(fields, event, resource);
  const written = readIsoTime(event["stageTimestamp"], "stageTimestamp", "utc-by-definition");
  return {
    time: firstTime(readIsoTime(event["requestReceivedTimestamp"], "requestReceivedTimestamp", "utc-by-definition"), written, readIsoTime(event["timestamp"], "timestamp", "utc-by-definition")),
    host: textAt(event, "cluster") ?? textAt(event, "clusterName") ?? null,
    family: "kubernetes",
    key,
    fields,
    facts: { id: `${String(event["auditID"])}/${textAt(event, "stage") ?? ""}`, ...("time" in written ? { written: written.time.ms } : {}) },
  };
}

/** What the request was about. Images and specifications are there at level Request and above only. */
function putObject(fields: FieldBag, event: JsonObject, resource: string | undefined): void {
  const name = textAt(event, "objectRef.name") ?? textAt(event, "requestObject.metadata.name") ?? textAt(event, "responseObject.metadata.name");
  if (resource === "pods") put(fields, "pod", name);
  else if (isJob(resource)) put(fields, "job_name", name);
  else if (isService(resource)) put(fields, "svc_name", name);
  put(fields, "cloud_resource", [resource, textAt(event, "objectRef.namespace"), name].filter((part) => part !== undefined).join("/"));
  // exec writes the command into the address: ?command=sh&command=-c&command=id
  const uri = textAt(event, "requestURI") ?? "";
  if (uri.includes("command=")) put(fields, "cmd", [...uri.matchAll(/[?&]command=([^&]*)/g)].map((match) => decoded(match[1] ?? "")));
  if (event["requestObject"] !== undefined) putSpecification(fields, event, resource);
  if (fields["target_user"] === undefined) put(fields, "target_user", valueAt(event, "impersonatedUser.username") ?? (resource === "serviceaccounts" ? name : undefined));
}

/** What the object sent with the request says: images, commands, volumes, who is bound to which role. */
function putSpecification(fields: FieldBag, event: JsonObject, resource: string | undefined): void {
  const containers = ["requestObject.spec.containers", "requestObject.spec.template.spec.containers", "requestObject.spec.jobTemplate.spec.template.spec.containers"].flatMap((path) => objectsAt(event, path));
  const images = containers.map((container) => container["image"]);
  const commands = containers.flatMap((container) => [container["command"], container["args"]]).flatMap((part) => (Array.isArray(part) ? part : []));
  put(fields, "container_image", images);
  if (fields["cmd"] === undefined) put(fields, "cmd", commands);
  put(fields, "node", valueAt(event, "requestObject.spec.nodeName") ?? valueAt(event, "responseObject.spec.nodeName"));
  put(fields, "volume_id", ["requestObject.spec.volumes", "requestObject.spec.template.spec.volumes"].flatMap((path) => objectsAt(event, path)).map((volume) => valueAt(volume, "hostPath.path") ?? volume["name"]));
  if (isJob(resource)) {
    put(fields, "job_action", commands.length > 0 ? commands : images);
    put(fields, "job_trigger", valueAt(event, "requestObject.spec.schedule"));
  } else if (isService(resource)) {
    put(fields, "svc_path", images);
  }
  put(fields, "target_user", objectsAt(event, "requestObject.subjects").map((subject) => subject["name"]));
  const changed = event["verb"] === "patch" || event["verb"] === "update" ? event["requestObject"] : undefined;
  put(fields, "change", valueAt(event, "requestObject.roleRef.name") ?? changed);
}

function isJob(resource: string | undefined): boolean {
  return resource === "cronjobs" || resource === "jobs";
}

function isService(resource: string | undefined): boolean {
  return resource === "services" || resource === "daemonsets" || resource === "deployments";
}

/** A request is also an authentication: 401 says that it failed, anything later that it succeeded. Reviews say so themselves. */
function putAuthentication(fields: FieldBag, event: JsonObject, resource: string | undefined): void {
  const code = valueAt(event, "responseStatus.code");
  const reviewed = valueAt(event, "responseObject.status.authenticated") ?? valueAt(event, "responseObject.status.allowed");
  if (resource?.endsWith("reviews") === true && typeof reviewed === "boolean") put(fields, "auth_result", reviewed ? "success" : "failure");
  else if (typeof code === "number") put(fields, "auth_result", code === 401 ? "failure" : "success");
  put(fields, "auth_reason", valueAt(event, "responseStatus.reason"));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
