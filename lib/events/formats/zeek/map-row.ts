import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import { putAll, type FieldBag } from "../../fill-fields";
import type { Mapped } from "../../make-item";
import { firstTime, readEpochSeconds, readIsoTime } from "../../time/read-time";
import { ZEEK, ZEEK_COMMON } from "./zeek-fields";

/** One line of a Zeek log, read through a lookup by Zeek's own column names. */
export function mapRow(log: string, get: (column: string) => unknown, zone: string): Mapped {
  const fields: FieldBag = {};
  putAll(fields, ZEEK[log] ?? [], get);
  putAll(fields, ZEEK_COMMON, get);
  const ts = get("ts");
  const uid = get("uid");
  return {
    time: typeof ts === "string" && ts.includes("-") && ts.length > 12 ? firstTime(readIsoTime(ts, "ts", zone)) : readEpochSeconds(ts, "ts"),
    host: localAddress(get),
    family: "nsm-zeek",
    key: log,
    fields,
    objectClass: log === "dns" ? dnsClass(get) : undefined,
    // Other logs repeat the uid of the connection they belong to.
    facts: log === "conn" && typeof uid === "string" ? { id: uid } : undefined,
  };
}

/** Zeek logs an answer whose question it did not see as well: it has neither query nor query type, whatever the sensor writes. */
function dnsClass(get: (column: string) => unknown): string {
  return ["query", "qtype", "qtype_name"].some((column) => !isEmptyValue(get(column))) ? "dns-question" : "dns-answer";
}

/** What stands for a host at a network sensor: the originator when it is local, else the local responder. */
function localAddress(get: (column: string) => unknown): string | null {
  const end = localAddressOf(get("id.orig_h"), get("id.resp_h"));
  if (end !== null) return end;
  const receivers = get("rx_hosts");
  const list: readonly unknown[] = Array.isArray(receivers) ? receivers : typeof receivers === "string" ? receivers.split(",") : [];
  const local = list.find((address) => typeof address === "string" && isLocal(address));
  return typeof local === "string" ? local : null;
}

/** Of the two ends of a connection the first that is local; null when neither is. */
export function localAddressOf(...addresses: readonly unknown[]): string | null {
  const found = addresses.find((address) => typeof address === "string" && isLocal(address));
  return typeof found === "string" ? found : null;
}

/** RFC 1918, carrier NAT, link-local, and IPv6 unique local or link-local. */
export function isLocal(address: string): boolean {
  if (address.includes(":")) return /^f[cd][0-9a-f]{2}:|^fe[89ab][0-9a-f]:/i.test(address);
  const match = /^(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(address);
  if (match === null) return false;
  const [first, second] = [Number(match[1]), Number(match[2])];
  return first === 10 || (first === 192 && second === 168) || (first === 172 && second >= 16 && second <= 31) || (first === 169 && second === 254) || (first === 100 && second >= 64 && second <= 127);
}
