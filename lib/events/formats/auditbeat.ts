import { put, type FieldBag } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import { jsonFormat } from "../record-format";
import { readIsoTime, timeMs } from "../time/read-time";
import { decodeHex } from "./auditd/parse-pairs";
import { ecsText, ecsValue, putEcs } from "./ecs-fields";

/** Linux audit events that auditbeat (or Elastic's auditd manager) joined: ECS with what the kernel said under "auditd". */
export const auditbeat = jsonFormat({
  id: "auditbeat",
  label: "Linux audit events (auditbeat)",
  extensions: [".json", ".ndjson"],
  record: "an audit event of auditbeat",
  evidence: ["@timestamp", "auditd.data | auditd.message_type"],
  isMine: isAudit,
  map: (value, limits) => {
    if (!isAudit(value)) return null;
    const data = asObject(ecsValue(value, "auditd.data"));
    const fields: FieldBag = {};
    putEcs(fields, value);
    const key = keyOf(value, data);
    put(fields, "api_name", key);
    const call = typeof data["syscall"] === "string";
    if (call) put(fields, "api_args", ["a0", "a1", "a2", "a3"].map((name) => `${name}=${String(data[name] ?? "")}`).join(" "));
    if (fields["exit_code"] === undefined) put(fields, "exit_code", data["exit"]);
    if (fields["user"] === undefined) put(fields, "user", ecsText(value, "auditd.summary.actor.primary"));
    if (fields["session_id"] === undefined) put(fields, "session_id", ecsText(value, "auditd.session"));
    if (fields["cmd"] === undefined && typeof data["proctitle"] === "string") put(fields, "cmd", decodeHex(data["proctitle"]).replaceAll("\0", " "));
    if (!call) put(fields, "auth_result", ecsText(value, "event.outcome") ?? ecsText(value, "auditd.result"));
    putPath(fields, value, key);
    const clock = (name: string) => timeMs(readIsoTime(ecsValue(value, name), name, limits.zone), "known");
    const sequence = ecsValue(value, "auditd.sequence");
    return [
      {
        time: readIsoTime(value["@timestamp"], "@timestamp", limits.zone),
        host: ecsText(value, "host.name") ?? ecsText(value, "host.hostname") ?? ecsText(value, "agent.hostname") ?? null,
        family: "linux-auditd",
        key,
        fields,
        facts: {
          seq: typeof sequence === "number" && Number.isSafeInteger(sequence) ? { stream: "audit", number: sequence, counts: "shared" } : undefined,
          written: clock("event.created"),
          ingested: clock("event.ingested"),
          id: ecsText(value, "event.id"),
          parentKey: ecsText(value, "process.parent.entity_id"),
          truncated: lacksArguments(value, data) ? true : undefined,
        },
      },
    ];
  },
});

function isAudit(value: JsonObject): boolean {
  return "@timestamp" in value && (isJsonObject(ecsValue(value, "auditd.data")) || ecsText(value, "auditd.message_type") !== undefined);
}

/** The kernel says how many arguments there were (argc); a long command's may not all have been read. */
function lacksArguments(value: JsonObject, data: JsonObject): boolean {
  const list = ecsValue(value, "process.args");
  const promised = Number(data["argc"]);
  return Array.isArray(list) && Number.isSafeInteger(promised) && promised > list.length;
}

/** The call's name, else the record type as the kernel spells it (user_login: USER_LOGIN). */
function keyOf(value: JsonObject, data: JsonObject): string {
  const call = data["syscall"];
  if (typeof call === "string" && call !== "") return call;
  return (ecsText(value, "auditd.message_type") ?? ecsText(value, "event.action") ?? "unknown").toUpperCase().replaceAll("-", "_");
}

function putPath(fields: FieldBag, value: JsonObject, key: string): void {
  const list = ecsValue(value, "auditd.paths");
  const paths = Array.isArray(list) ? list.filter(isJsonObject) : [];
  const target = paths.find((path) => path["nametype"] === "CREATE") ?? paths.find((path) => path["nametype"] === "NORMAL") ?? paths[0];
  if (/^execve/.test(key)) return;
  if (fields["file_path"] === undefined) put(fields, "file_path", ecsText(value, "file.path") ?? target?.["name"]);
  if (fields["file_mode"] === undefined) put(fields, "file_mode", target?.["mode"]);
  if (fields["file_owner"] === undefined) put(fields, "file_owner", target?.["ouid"]);
  if (target !== undefined) put(fields, "file_op", key);
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
