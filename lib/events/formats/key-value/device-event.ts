import { put, type FieldBag, type FieldMap } from "../../fill-fields";

/** What CEF and LEEF headers say of the device and the event. */
export interface DeviceHeader {
  readonly vendor: string;
  readonly product: string;
  readonly eventId: string;
  readonly name: string;
}

const FIREWALLS = /pan-os|palo alto|forti|asa\b|firepower|vpn-1|firewall|srx|netscreen|sonicwall|pfsense|opnsense|watchguard/i;

/**
 * The record kind of a device's event. Firewalls are told by their product, and their logs by what the event is called; what
 * is no firewall is an application that writes its own log.
 */
export function deviceKind({ vendor, product, eventId, name }: DeviceHeader, category: string, hasAddresses: boolean): { family: string; key: string } {
  if (!FIREWALLS.test(`${vendor} ${product}`)) return { family: "app-web-mail", key: `${product || vendor}:${eventId || name}` };
  const words = `${name} ${eventId} ${category}`.toLowerCase();
  if (/threat|virus|ips\b|attack|wildfire|malware|utm/.test(words)) return { family: "firewall", key: "threat" };
  if (/config/.test(words)) return { family: "firewall", key: "config" };
  if (/traffic|session|connection|accept|deny|drop|flow|teardown|built/.test(words) || hasAddresses) return { family: "firewall", key: "traffic" };
  return { family: "firewall", key: "system" };
}

/** Fills fields from a device's extension and its header. */
export function putDevice(fields: FieldBag, header: DeviceHeader, map: FieldMap, get: (key: string) => string | undefined): void {
  for (const [native, canonical] of map) if (fields[canonical] === undefined) put(fields, canonical, get(native));
  put(fields, "app_name", header.product || header.vendor);
  put(fields, "app_event", header.name || header.eventId);
}
