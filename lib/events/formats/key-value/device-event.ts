import { put, type FieldBag, type FieldMap } from "../../fill-fields";
import { fortinetLogin, putAdministratorLogin } from "./administrator-login";

/** What CEF and LEEF headers say of the device and the event. */
export interface DeviceHeader {
  readonly vendor: string;
  readonly product: string;
  readonly eventId: string;
  readonly name: string;
}

const FIREWALLS = /pan-os|palo alto|forti|asa\b|firepower|vpn-1|firewall|srx|netscreen|sonicwall|pfsense|opnsense|watchguard/i;

type Get = (key: string) => string | undefined;

/**
 * The record kind of a device's event. Firewalls are told by their product, and their logs by what the event is called; what
 * is no firewall is an application that writes its own log. What a firewall says of itself comes first: two addresses in a
 * record of its administrators are no traffic. Fills what a log-in says.
 */
export function deviceKind(fields: FieldBag, header: DeviceHeader, get: Get): { family: string; key: string } {
  const { vendor, product, eventId, name } = header;
  if (!FIREWALLS.test(`${vendor} ${product}`)) return { family: "app-web-mail", key: `${product || vendor}:${eventId || name}` };
  const category = get("cat") ?? "";
  const own = ownKey(fields, header, category, get);
  if (own !== null) return { family: "firewall", key: own };
  const words = `${name} ${eventId} ${category}`.toLowerCase();
  if (/threat|virus|ips\b|attack|wildfire|malware|utm/.test(words)) return { family: "firewall", key: "threat" };
  if (/config/.test(words)) return { family: "firewall", key: "config" };
  if (/traffic|session|connection|accept|deny|drop|flow|teardown|built/.test(words) || (get("src") !== undefined && get("dst") !== undefined)) return { family: "firewall", key: "traffic" };
  return { family: "firewall", key: "system" };
}

/** The key of what a firewall says of itself, where its vendor's numbers and names tell; null where they do not. */
function ownKey(fields: FieldBag, { vendor, product, eventId, name }: DeviceHeader, category: string, get: Get): string | null {
  if (/forti/i.test(`${vendor} ${product}`)) {
    const login = fortinetLogin(get("FTNTFGTlogid") ?? eventId);
    if (login !== null) put(fields, "auth_result", login === "login" ? "success" : "failure");
    if (login !== null) put(fields, "auth_method", get("FTNTFGTmethod"));
    if (login !== null) return login;
    if (get("FTNTFGTcfgpath") !== undefined) return "config";
    return /^event:/i.test(name) || /^event:/i.test(category) ? (/config/i.test(name) ? "config" : "system") : null;
  }
  if (/palo alto|pan-os/i.test(`${vendor} ${product}`) && [name, category].some((word) => /^system$/i.test(word))) return putAdministratorLogin(fields, get("msg") ?? "") ? "login" : "system";
  if (/^605005$/.test(eventId)) return "login";
  return /^605004$/.test(eventId) ? "login-failed" : null;
}

/** Fills fields from a device's extension and its header. */
export function putDevice(fields: FieldBag, header: DeviceHeader, map: FieldMap, get: Get): void {
  for (const [native, canonical] of map) if (fields[canonical] === undefined) put(fields, canonical, get(native));
  put(fields, "app_name", header.product || header.vendor);
  put(fields, "app_event", header.name || header.eventId);
}
