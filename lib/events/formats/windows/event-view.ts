import { isJsonObject, type JsonObject } from "../../frame/plain-value";
import { fromEventRow } from "./event-row";
import { parseMessage } from "./parse-message";

/** One Windows event whatever wrote it as JSON: the system part by name, event data through a lookup. */
export interface EventView {
  readonly provider: string;
  readonly channel: string;
  readonly eventId: string;
  readonly computer: string | null;
  readonly message: string | undefined;
  readonly recordId: unknown; // EventRecordID: numbers the records of a channel
  readonly ingested: unknown; // when a platform took the record in
  /** Candidate time fields, best first: [field name, value, read a missing zone as UTC]. */
  readonly times: readonly (readonly [field: string, value: unknown, utc: boolean])[];
  readonly data: (name: string) => unknown;
  /** The document in ECS form, when the shipper moved event data there. */
  readonly ecs: JsonObject | null;
}

/** null: not a Windows event in any of the known forms. */
export function viewEvent(value: JsonObject): EventView | null {
  if (isJsonObject(value["Event"])) return viewNested(value["Event"]);
  if (isJsonObject(value["winlog"])) return viewWinlogbeat(value, value["winlog"]);
  if (isJsonObject(value["System"]) && "EventID" in value["System"]) return viewNested(value);
  return viewFlat(typeof value["EventLog"] === "string" && typeof value["EventID"] === "number" ? fromEventRow(value) : value);
}

/** Mordor, NXLog and kin: system fields and event data side by side. */
function viewFlat(value: JsonObject): EventView | null {
  const eventId = idOf(value["EventID"] ?? value["event_id"] ?? value["EventId"]);
  const channel = text(value["Channel"]) ?? text(value["log_name"]) ?? "";
  const provider = text(value["SourceName"]) ?? text(value["ProviderName"]) ?? text(value["Provider"]) ?? text(value["source_name"]) ?? "";
  if (eventId === null || (channel === "" && provider === "")) return null;
  const message = text(value["Message"]) ?? text(value["message"]);
  const named = isJsonObject(value["EventData"]) ? value["EventData"] : isJsonObject(value["event_data"]) ? value["event_data"] : value;
  const data = withMessage(named, provider, message);
  return {
    provider,
    channel,
    eventId,
    computer: text(value["Computer"]) ?? text(value["Hostname"]) ?? text(value["ComputerName"]) ?? text(value["computer_name"]) ?? null,
    message,
    recordId: value["EventRecordID"] ?? value["RecordNumber"] ?? value["record_number"] ?? value["RecordId"],
    ingested: undefined,
    times: [["UtcTime", data("UtcTime"), true], ["TimeCreated", value["TimeCreated"], false], ["@timestamp", value["@timestamp"], false], ["EventTime", value["EventTime"], false], ["TimeGenerated", value["TimeGenerated"], true]],
    data,
    ecs: null,
  };
}

/** XML turned into JSON: attributes under #attributes, @Name or plain keys; data as an object or a list of named entries. */
function viewNested(event: JsonObject): EventView | null {
  const system = isJsonObject(event["System"]) ? event["System"] : {};
  const eventId = idOf(system["EventID"]);
  if (eventId === null) return null;
  const provider = attribute(system["Provider"], "Name") ?? "";
  const data = withMessage(eventData(event), provider, undefined);
  return {
    provider,
    channel: text(system["Channel"]) ?? "",
    eventId,
    computer: text(system["Computer"]) ?? null,
    message: isJsonObject(event["RenderingInfo"]) ? text(event["RenderingInfo"]["Message"]) : undefined,
    recordId: scalarOf(system["EventRecordID"]),
    ingested: undefined,
    times: [["UtcTime", data("UtcTime"), true], ["System.TimeCreated", attribute(system["TimeCreated"], "SystemTime"), true]],
    data: (name) => data(name) ?? (name === "System.UserID" ? attribute(system["Security"], "UserID") : name === "ExecutionProcessID" ? attribute(system["Execution"], "ProcessID") : undefined),
    ecs: null,
  };
}

function eventData(event: JsonObject): JsonObject {
  const body = isJsonObject(event["EventData"]) ? event["EventData"] : isJsonObject(event["UserData"]) ? (Object.values(event["UserData"]).find(isJsonObject) ?? {}) : {};
  const list = body["Data"];
  if (!Array.isArray(list)) return body;
  // Built as entries, so that a data element named like a prototype key stays data.
  const entries = list.filter(isJsonObject).flatMap((item): [string, unknown][] => {
    const name = attribute(item, "Name");
    return name === undefined ? [] : [[name, item["#text"] ?? item["$"] ?? item["text"] ?? item["Value"]]];
  });
  const positional = list.filter((item) => typeof item === "string").map((item, i): [string, unknown] => [`param${i + 1}`, item]);
  return Object.fromEntries([...positional, ...entries]);
}

function viewWinlogbeat(document: JsonObject, winlog: JsonObject): EventView | null {
  const event = isJsonObject(document["event"]) ? document["event"] : {};
  const eventId = idOf(winlog["event_id"] ?? event["code"]);
  if (eventId === null) return null;
  const provider = text(winlog["provider_name"]) ?? text(event["provider"]) ?? "";
  const message = text(document["message"]);
  const named = isJsonObject(winlog["event_data"]) ? winlog["event_data"] : isJsonObject(winlog["user_data"]) ? winlog["user_data"] : {};
  const user = isJsonObject(winlog["user"]) ? winlog["user"] : {};
  const pid = isJsonObject(winlog["process"]) ? winlog["process"]["pid"] : undefined;
  const host = isJsonObject(document["host"]) ? text(document["host"]["name"]) : undefined;
  const data = (name: string) => ownValue(named, name) ?? (name === "System.UserID" ? (user["name"] ?? user["identifier"]) : name === "ExecutionProcessID" ? pid : undefined);
  return {
    provider,
    channel: text(winlog["channel"]) ?? "",
    eventId,
    computer: text(winlog["computer_name"]) ?? host ?? null,
    message,
    recordId: winlog["record_id"],
    ingested: event["ingested"] ?? undefined,
    times: [["winlog.event_data.UtcTime", named["UtcTime"], true], ["@timestamp", document["@timestamp"], true]],
    data,
    ecs: document,
  };
}

/** Named fields where there are any; else the fields that the rendered message spells out. */
function withMessage(named: JsonObject, provider: string, message: string | undefined): (name: string) => unknown {
  const bare = message !== undefined && message.includes(":") && !MARKS.some((mark) => mark in named);
  const parsed = bare ? parseMessage(provider, message) : null;
  return parsed === null ? (name) => (name === "System.UserID" ? named["UserID"] : ownValue(named, name)) : (name) => ownValue(named, name) ?? parsed.get(name);
}

/** What the record itself holds. JSON has no functions: what else answers to `constructor` or `__proto__` is the language's own. */
function ownValue(from: JsonObject, name: string): unknown {
  const value = from[name];
  return typeof value === "function" || value === Object.prototype ? undefined : value;
}

/** Any of these means that the event's own data is there by name. */
const MARKS = "UtcTime,SubjectUserName,SubjectUserSid,TargetUserName,ProcessId,ProcessID,ScriptBlockText,ServiceName,Application,TaskName,param1".split(",");

function scalarOf(value: unknown): unknown {
  return isJsonObject(value) ? (value["#text"] ?? value["$"] ?? value["text"] ?? value["Value"]) : value;
}

function idOf(value: unknown): string | null {
  const plain = scalarOf(value);
  return (typeof plain === "number" && Number.isInteger(plain) && plain >= 0) || (typeof plain === "string" && /^\d{1,10}$/.test(plain)) ? String(Number(plain)) : null;
}

function attribute(value: unknown, name: string): string | undefined {
  if (typeof value === "string") return value;
  if (!isJsonObject(value)) return undefined;
  const inner = isJsonObject(value["#attributes"]) ? value["#attributes"] : isJsonObject(value["@attributes"]) ? value["@attributes"] : value;
  const found = inner[name] ?? inner[`@${name}`];
  return typeof found === "number" ? String(found) : text(found);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
