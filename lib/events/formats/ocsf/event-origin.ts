import type { JsonObject } from "../../frame/plain-value";
import { textAt, valueAt } from "../cloud/value-at";
import { localAddressOf } from "../zeek/map-row";

/** device.os.type_id of the schema; what is no platform of ATT&CK is left out. */
const SYSTEMS: Readonly<Record<string, string>> = { "100": "Windows", "200": "Linux", "201": "Android", "300": "macOS", "301": "iOS", "302": "iOS" };

/** The platform that the record's device states, by number, else by name; null where it states none. */
export function platformOfEvent(event: JsonObject): string | null {
  const id = valueAt(event, "device.os.type_id");
  const byId = SYSTEMS[String(id)];
  if (byId !== undefined) return byId;
  const name = textAt(event, "device.os.type") ?? textAt(event, "device.os.name") ?? "";
  if (/^windows/i.test(name)) return "Windows";
  if (/^(?:macos|mac os|os x)/i.test(name)) return "macOS";
  return /^(?:linux|ubuntu|debian|red ?hat|centos|amazon linux|suse)/i.test(name) ? "Linux" : null;
}

const DEVICE = ["device.hostname", "device.name", "device.uid", "device.ip"];
const OWNER = ["cloud.account.uid", "cloud.account_uid", "actor.user.account.uid", "actor.user.account_uid", "metadata.tenant_uid", "cloud.project_uid"];

/**
 * The machine a record is about: its device; for identity and application classes the machine logged on to, else the
 * account or tenant; for network classes without a device the local end, as with any sensor on the wire.
 */
export function hostOfEvent(event: JsonObject, classUid: number): string | null {
  const first = (paths: readonly string[]) => paths.map((path) => textAt(event, path)).find((value) => value !== undefined && value !== "") ?? null;
  const device = first(DEVICE);
  if (device !== null) return device;
  const category = Math.floor(classUid / 1000) % 100;
  if (category === 4) return localAddressOf(textAt(event, "src_endpoint.ip"), textAt(event, "dst_endpoint.ip"));
  return first(category === 3 ? ["dst_endpoint.hostname", ...OWNER] : OWNER);
}
