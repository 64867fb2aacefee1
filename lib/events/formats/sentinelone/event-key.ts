import type { JsonObject } from "../../frame/plain-value";

/** SentinelOne's event types (blanks left out, lower case) by the vocabulary of generic EDR records. */
const KEYS: Readonly<Record<string, string>> = {
  processcreation: "process/creation",
  processexit: "process/exit",
  processtermination: "process/termination",
  openremoteprocesshandle: "process/open",
  remotethreadcreation: "process/injection",
  filecreation: "file/creation",
  filemodification: "file/modification",
  filedeletion: "file/deletion",
  filerename: "file/rename",
  registrykeycreate: "registry/creation",
  registrykeydelete: "registry/deletion",
  registryvaluecreate: "registry/modification",
  registryvaluemodified: "registry/modification",
  registryvaluedelete: "registry/value_deletion",
  dnsresolved: "dns/resolved",
  dnsunresolved: "dns/unresolved",
  moduleload: "library/load",
  driverload: "driver/load",
  commandscript: "script/amsi",
  iplisten: "network/listen",
  logout: "authentication/log_off",
};

/** What an event is, as generic EDR records name it; a type without such a name keeps its own, under its category. */
export function keyOfEvent(event: JsonObject): string {
  const type = String(event["event.type"]).replace(/\s+/g, "").toLowerCase();
  // Both ends tell of a connection; a sign-in that failed began no session.
  if (type === "ipconnect") return event["event.network.direction"] === "INCOMING" ? "network/connection_accepted" : "network/connection_attempted";
  if (type === "login") return event["event.login.loginIsSuccessful"] === false ? "authentication/start" : "authentication/log_on";
  if (event["event.category"] === "url") return "network/http_request";
  const category = event["event.category"];
  return KEYS[type] ?? `${typeof category === "string" && category !== "" ? category.toLowerCase() : "event"}/${type}`;
}
