import { put, putAll, type FieldBag, type FieldMap } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { readIsoTime } from "../time/read-time";
import { embeddedJson } from "./cloud/named-values";
import { textAt, valueAt } from "./cloud/value-at";

/**
 * Google Cloud audit logs: LogEntry objects with a protoPayload, or rows of the BigQuery export (protopayload_auditlog).
 * The key is the method as logged, Compute's version aside (see methodKey). What stands for a host is the project, else
 * the organisation or folder of the log. Kubernetes Engine's API calls are Kubernetes records: family kubernetes.
 */
export const gcpAudit = jsonFormat({
  id: "gcp-audit",
  label: "Google Cloud audit logs",
  extensions: [".json", ".ndjson"],
  record: "a Google Cloud audit log entry",
  evidence: ["protoPayload.methodName", "protoPayload.serviceName", "logName"],
  isMine: (value) => payloadOf(value) !== null || isRow(value),
  map: (value) => {
    if (isRow(value)) return [mapEntry(...fromRow(value))];
    const payload = payloadOf(value);
    return payload === null ? null : [mapEntry(value, payload)];
  },
});

/** A row of Sentinel's table GCPAuditLogs: the entry's parts as columns. */
function isRow(value: JsonObject): boolean {
  return typeof value["MethodName"] === "string" && typeof value["ServiceName"] === "string" && "InsertId" in value && "LogName" in value;
}

function fromRow(row: JsonObject): readonly [entry: JsonObject, payload: JsonObject] {
  const labels = { project_id: row["ProjectId"] };
  return [
    { timestamp: row["Timestamp"] ?? row["TimeGenerated"], receiveTimestamp: row["TimeGenerated"], insertId: row["InsertId"], logName: row["LogName"], resource: { type: row["GCPResourceType"], labels } },
    {
      methodName: row["MethodName"], serviceName: row["ServiceName"], resourceName: row["GCPResourceName"], status: embeddedJson(row["Status"]), request: embeddedJson(row["Request"]), response: embeddedJson(row["Response"]), serviceData: embeddedJson(row["ServiceData"]),
      authenticationInfo: { ...objectOf(row["AuthenticationInfo"]), ...(typeof row["PrincipalEmail"] === "string" ? { principalEmail: row["PrincipalEmail"] } : {}) }, requestMetadata: objectOf(row["RequestMetadata"]),
    },
  ];
}

function objectOf(value: unknown): JsonObject {
  const read = embeddedJson(value);
  return isJsonObject(read) ? read : {};
}

function payloadOf(value: JsonObject): JsonObject | null {
  const payload = value["protoPayload"] ?? value["protopayload_auditlog"];
  return isJsonObject(payload) && typeof payload["methodName"] === "string" ? payload : null;
}

const FIELDS: FieldMap = [
  ["authenticationInfo.principalEmail", "user"], ["authenticationInfo.principalSubject", "user"], ["requestMetadata.callerIp", "src_ip"], ["requestMetadata.callerSuppliedUserAgent", "user_agent"],
  ["serviceName", "cloud_service"], ["methodName", "cloud_action"], ["methodName", "app_event"], ["resourceName", "cloud_resource"], ["status.message", "app_msg"], ["request", "cloud_params"], ["requestJson", "cloud_params"],
  ["authenticationInfo.serviceAccountKeyName", "cred_id"],
];

function mapEntry(entry: JsonObject, payload: JsonObject): Mapped {
  const fields: FieldBag = {};
  putAll(fields, FIELDS, (path) => valueAt(payload, path));
  const method = String(payload["methodName"]);
  const service = textAt(payload, "serviceName") ?? "";
  const resource = textAt(payload, "resourceName") ?? "";
  // An absent status, or code 0, is success (google.rpc.Code).
  const code = valueAt(payload, "status.code");
  put(fields, "cloud_result", typeof code === "number" && code !== 0 ? code : "OK");
  put(fields, "cloud_region", valueAt(entry, "resource.labels.location") ?? valueAt(entry, "resource.labels.zone"));
  put(fields, "app_name", service);
  const type = textAt(entry, "resource.type");
  if (type === "gce_instance") put(fields, "instance_id", valueAt(entry, "resource.labels.instance_id") ?? resource);
  const named = /\/(instances|disks|snapshots|firewalls)\/([^/]+)/.exec(resource);
  const field = { instances: "instance_id", disks: "volume_id", snapshots: "snapshot_id", firewalls: "fw_rule" }[named?.[1] ?? ""];
  if (field !== undefined && fields[field] === undefined) put(fields, field, named?.[2]);
  if (service === "storage.googleapis.com") put(fields, "storage_obj", resource.replace(/^projects\/_\/buckets\//, "").replace("/objects/", "/"));
  putAccount(fields, method, payload, resource);
  const owner = ownerOf(entry);
  put(fields, "cloud_account", owner);
  const kubernetes = service === "k8s.io" ? kubernetesKey(method) : null;
  if (kubernetes !== null) putKubernetes(fields, method, resource);
  const ingested = readIsoTime(entry["receiveTimestamp"], "receiveTimestamp", "utc-by-definition");
  const id = textAt(entry, "insertId");
  return {
    time: readIsoTime(entry["timestamp"], "timestamp", "utc-by-definition"),
    host: kubernetes === null ? owner : (textAt(entry, "resource.labels.cluster_name") ?? owner),
    family: kubernetes === null ? "gcp" : "kubernetes",
    key: kubernetes ?? methodKey(method),
    fields,
    facts: { ...(id === undefined ? {} : { id }), ...("time" in ingested ? { ingested: ingested.time.ms } : {}) },
  };
}

/** The console calls Compute's beta API and tools v1: the same act, so one key ("v1.compute.instances.insert"). */
function methodKey(method: string): string {
  return method.replace(/^(?:alpha|beta|v\d\w*)\.compute\./, "v1.compute.");
}

/** Whose access changed: the members of a policy delta, the service account of a key or token, the one who signed in. */
function putAccount(fields: FieldBag, method: string, payload: JsonObject, resource: string): void {
  const deltas = valueAt(payload, "serviceData.policyDelta.bindingDeltas");
  if (Array.isArray(deltas)) {
    put(fields, "target_user", deltas.map((delta) => valueAt(delta, "member")));
    put(fields, "change", deltas.map((delta) => `${String(valueAt(delta, "action"))} ${String(valueAt(delta, "role"))}`).join("; "));
  }
  if (fields["target_user"] === undefined) put(fields, "target_user", valueAt(payload, "response.email") ?? /\/serviceAccounts\/([^/]+)/.exec(resource)?.[1]);
  if (method.startsWith("google.login.LoginService.login")) put(fields, "auth_result", method.endsWith("Failure") ? "failure" : "success");
}

/** "io.k8s.core.v1.pods.exec.create" -> "create/pods/exec": the key that kube-apiserver's own audit log gives the same call. */
function kubernetesKey(method: string): string | null {
  const parts = /^io\.k8s\.(?:[a-z0-9]+\.)*?v\d\w*\.([a-z]+)(?:\.([a-z]+))?\.([a-z]+)$/.exec(method);
  if (parts === null) return null;
  const [, resource, subresource, verb] = parts;
  return [verb, resource, subresource].filter((part) => part !== undefined).join("/");
}

function putKubernetes(fields: FieldBag, method: string, resource: string): void {
  put(fields, "verb", method.slice(method.lastIndexOf(".") + 1));
  put(fields, "namespace", /\/namespaces\/([^/]+)/.exec(resource)?.[1]);
  put(fields, "pod", /\/pods\/([^/]+)/.exec(resource)?.[1]);
}

function ownerOf(entry: JsonObject): string | null {
  return textAt(entry, "resource.labels.project_id") ?? /^(?:projects|organizations|folders|billingAccounts)\/([^/]+)\//.exec(String(entry["logName"]))?.[1] ?? null;
}
