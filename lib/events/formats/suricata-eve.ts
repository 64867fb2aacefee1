import { put, putAll, type FieldBag } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { textAt, valueAt } from "./cloud/value-at";
import { EVE, EVE_COMMON } from "./suricata/eve-fields";
import { localAddressOf } from "./zeek/map-row";

/**
 * Suricata EVE JSON. The key is the event type. A flow is written when it ends or times out: its time is its start, and
 * when it was written is kept beside it. What stands for a host is the local end of the connection.
 */
export const suricataEve = jsonFormat({
  id: "suricata-eve",
  label: "Suricata (EVE JSON)",
  extensions: [".json", ".ndjson", ".log"],
  record: "a Suricata EVE record",
  evidence: ["event_type", "timestamp", "flow_id | an object named like the event type"],
  isMine: isEve,
  map: (value, limits) => (isEve(value) ? [mapEve(value, limits.zone)] : null),
});

// Event types without a map of their own: their object is the content. Others share "event_type" with EVE; these words are Suricata's.
const MORE = "packet frame engine mqtt rfb ike ikev2 modbus dnp3 enip pgsql websocket arp mdns bittorrent_dht pop3 doh2 metadata template".split(" ");
const TYPES: ReadonlySet<string> = new Set([...Object.keys(EVE), ...MORE]);
const NOT_CONTENT: ReadonlySet<string> = new Set(["flow", "netflow", "stats", "engine", "packet", "drop", "metadata"]);

function isEve(value: JsonObject): boolean {
  const type = value["event_type"];
  if (typeof type !== "string" || typeof value["timestamp"] !== "string" || !TYPES.has(type)) return false;
  return isJsonObject(value[type]) || ("flow_id" in value && "src_ip" in value);
}

function mapEve(event: JsonObject, zone: string): Mapped {
  const type = String(event["event_type"]);
  const fields: FieldBag = {};
  const get = (path: string): unknown => valueAt(event, path);
  putAll(fields, EVE_COMMON, get);
  putAll(fields, EVE[type] ?? [], get);
  if (!NOT_CONTENT.has(type) && fields["payload"] === undefined) put(fields, "payload", event[type]);
  if (type === "krb5") put(fields, "auth_result", get("krb5.error_code") === undefined && get("krb5.failed_request") === undefined ? "success" : "failure");
  if (type === "stats") put(fields, "app_event", "stats");
  const objectClass = type === "smb" ? (fields["share_name"] !== undefined ? "share" : fields["file_path"] !== undefined ? "file" : "session") : undefined;
  const written = readIsoTime(event["timestamp"], "timestamp", zone);
  const started = type === "flow" || type === "netflow" ? readIsoTime(get(`${type}.start`), `${type}.start`, zone) : written;
  return {
    time: firstTime(started, written),
    host: localAddressOf(textAt(event, "src_ip"), textAt(event, "dest_ip")),
    family: "nsm-suricata",
    key: type,
    fields,
    ...(objectClass === undefined ? {} : { objectClass }),
    ...("time" in written && started !== written ? { facts: { written: written.time.ms } } : {}),
  };
}
