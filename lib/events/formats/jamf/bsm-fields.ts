import { put, type FieldBag } from "../../fill-fields";
import { isJsonObject, type JsonObject } from "../../frame/plain-value";

/** Canonical fields of a BSM record as Jamf Protect prints it: tokens are objects by name, each at most once. */
export function bsmFields(record: JsonObject): FieldBag {
  const fields: FieldBag = {};
  const token = (name: string): JsonObject => {
    const value = record[name];
    return isJsonObject(value) ? value : {};
  };
  const name = String(token("header")["event_name"]);
  const subject = token("subject");
  const parent = token("exec_chain_child");
  const started = name === "AUE_EXECVE" || name === "AUE_POSIX_SPAWN";
  const paths = record["path"];
  put(fields, "image", subject["process_name"]);
  // The last path token of an exec is what the name resolved to; of a spawn the subject is still the parent.
  if (started && Array.isArray(paths)) put(fields, "image", paths.at(-1));
  put(fields, "user", subject["effective_user_name"] ?? subject["user_name"]);
  if (fields["user"] === undefined) put(fields, "user", subject["effective_user_id"]);
  put(fields, "pid", subject["process_id"]);
  put(fields, "session_id", subject["session_id"]);
  put(fields, "proc_hash", subject["process_hash"]);
  put(fields, "proc_signer", token("identity")["signer_id"]);
  put(fields, "parent_image", parent["parent_path"]);
  put(fields, "ppid", parent["parent_pid"]);
  put(fields, "cmd", argumentsOf(token("exec_args")["args"]));
  const socket = record["socket_inet"];
  if (isJsonObject(socket)) {
    const side = name === "AUE_ACCEPT" ? "src" : "dst";
    put(fields, `${side}_ip`, socket["ip_address"]);
    put(fields, `${side}_port`, socket["port"]);
  }
  if (!started && Array.isArray(paths)) put(fields, name === "AUE_MOUNT" ? "mount_point" : "file_path", paths.at(-1));
  put(fields, "target_pid", token("process")["process_id"] ?? token("arguments")["pid"]);
  put(fields, "target_image", token("process")["process_name"]);
  put(fields, "api_name", name);
  const result = token("return");
  put(fields, "exit_code", token("exit")["status"]);
  if (typeof result["error"] === "number" && /auth|login|logout|SESSION/.test(name)) {
    put(fields, "auth_result", result["error"] === 0 ? "success" : "failure");
    if (result["error"] !== 0) put(fields, "auth_reason", result["description"]);
  }
  return fields;
}

/** {"1": "...", "2": "..."}: the numbers are the order. */
function argumentsOf(args: unknown): string | undefined {
  if (!isJsonObject(args)) return undefined;
  const texts = Object.entries(args).sort(([a], [b]) => Number(a) - Number(b)).flatMap(([, value]) => (typeof value === "string" ? [value] : []));
  return texts.length === 0 ? undefined : texts.join(" ");
}
