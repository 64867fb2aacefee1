import { put, type FieldBag } from "../../fill-fields";
import { isJsonObject } from "../../frame/plain-value";
import { putProcess } from "../endpoint-security/read-message";

const PROTOCOLS: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp", "58": "icmp6" };

/** network_connect is Jamf's own event, from its network extension: the acting process is the instigator, not the extension. */
export function connectFields(fields: FieldBag, body: unknown): void {
  if (!isJsonObject(body)) return;
  if (isJsonObject(body["instigator"])) putProcess(fields, body["instigator"]);
  for (const [side, endpoint] of [["dst", body["remote_endpoint"]], ["src", body["local_endpoint"]]] as const) {
    if (!isJsonObject(endpoint)) continue;
    put(fields, `${side}_ip`, endpoint["host"]);
    put(fields, `${side}_port`, endpoint["port"]);
  }
  put(fields, "dst_host", body["remote_hostname"]);
  put(fields, "proto", PROTOCOLS[String(body["socket_protocol"])]);
  put(fields, "direction", body["direction"] ?? (isJsonObject(body["file"]) ? body["file"]["direction"] : undefined));
}
