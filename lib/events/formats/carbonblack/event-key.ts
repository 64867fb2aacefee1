import type { JsonObject } from "../../frame/plain-value";

/** What a file was touched for, by the actions that an event joins with "|": the strongest first. */
const FILE: readonly (readonly [RegExp, string])[] = [
  [/DELETE/, "file/deletion"],
  [/RENAME/, "file/rename"],
  [/FILE_CREATE/, "file/creation"],
  [/FILE_WRITE|LAST_WRITE|TRUNCATE/, "file/modification"], // ACTION_FILE_OPEN_WRITE is no write: that has an event of its own
  [/ATTR|SECURITY|OWNER|PERMISSION/, "file/chmod"],
];
const REGISTRY: readonly (readonly [RegExp, string])[] = [
  [/CREATE_KEY/, "registry/creation"],
  [/DELETE_KEY/, "registry/deletion"],
  [/DELETE_VALUE/, "registry/value_deletion"],
  [/WRITE_VALUE|SET_VALUE/, "registry/modification"],
];
const PROCESS: readonly (readonly [RegExp, string])[] = [
  [/CREATE_REMOTE_THREAD|REMOTE_THREAD/, "process/injection"],
  [/OPEN_PROCESS_HANDLE/, "process/open"],
];

/** What an event is, as generic EDR records name it; what has no such name keeps its own. */
export function keyOfEvent(event: JsonObject): string {
  const type = String(event["type"]).slice("endpoint.event.".length).toLowerCase();
  const action = typeof event["action"] === "string" ? event["action"] : "";
  const byAction = (table: typeof FILE, otherwise: string) => table.find(([pattern]) => pattern.test(action))?.[1] ?? otherwise;
  switch (type) {
    case "procstart":
      return "process/creation";
    case "procend":
      return "process/termination";
    case "moduleload":
      return "library/load";
    case "filemod":
      return byAction(FILE, "file/open");
    case "regmod":
      return byAction(REGISTRY, "registry/other");
    case "crossproc":
      return byAction(PROCESS, "process/crossproc");
    case "netconn":
    case "netconn_proxy":
      if (/LISTEN/.test(action)) return "network/listen";
      return event["netconn_inbound"] === true ? "network/connection_accepted" : "network/connection_attempted";
    case "fileless_scriptload":
      return "script/amsi";
    case "apicall":
      return `api/${String(event["apicall_function"] ?? "unknown").toLowerCase()}`;
    default:
      return `${type === "scriptload" ? "script" : "event"}/${type}`;
  }
}
