import { SaxesParser } from "saxes";
import type { Refusal } from "../../map-unit";
import type { EventView } from "./event-view";

/** One Windows event from its XML: how it is viewed, and the flat record that rules match (names as Sigma writes them). */
export interface XmlEvent {
  readonly view: EventView;
  readonly native: Readonly<Record<string, string>>;
}

interface Parsed {
  readonly system: Map<string, string>; // "EventID", "Provider.Name", "TimeCreated.SystemTime"
  readonly data: Map<string, string>; // event data by name; unnamed values as param1, param2...
  message: string | undefined;
}

/**
 * Reads one `<Event>` element. A document type, an entity beyond XML's own five, or elements nested too deep refuse it.
 *
 * @returns null when the element is well formed but no Windows event (it has no number)
 */
export function parseEventXml(xml: string, maxDepth: number): XmlEvent | Refusal | null {
  const parsed: Parsed = { system: new Map(), data: new Map(), message: undefined };
  try {
    readElements(xml, maxDepth, parsed);
  } catch (error) {
    return { refuse: "bad-xml", because: `its XML is damaged (${error instanceof Error ? error.message.slice(0, 120) : "unknown fault"})` };
  }
  const { system, data } = parsed;
  const eventId = system.get("EventID");
  if (eventId === undefined || !/^\d{1,10}$/.test(eventId)) return null;
  const provider = system.get("Provider.Name") ?? system.get("Provider.EventSourceName") ?? "";
  const native = Object.fromEntries([...data, ...[...system].map(([name, value]): [string, string] => [name.replace(".", "_"), value])]);
  const alias: Readonly<Record<string, string>> = { "System.UserID": "Security.UserID", ExecutionProcessID: "Execution.ProcessID" };
  return {
    native,
    view: {
      provider,
      channel: system.get("Channel") ?? "",
      eventId: String(Number(eventId)),
      computer: system.get("Computer") ?? null,
      message: parsed.message,
      recordId: system.get("EventRecordID"),
      ingested: undefined,
      times: [["UtcTime", data.get("UtcTime"), true], ["System.TimeCreated", system.get("TimeCreated.SystemTime"), true]],
      data: (name) => data.get(name) ?? (Object.hasOwn(alias, name) ? system.get(alias[name] ?? "") : undefined),
      ecs: null,
    },
  };
}

function readElements(xml: string, maxDepth: number, into: Parsed): void {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const path: string[] = [];
  let text = "";
  let name: string | undefined; // of the data element that stands open
  let unnamed = 0;
  parser.on("doctype", () => {
    throw new Error("a document type is declared");
  });
  parser.on("opentag", ({ name: raw, attributes }) => {
    path.push(raw.slice(raw.indexOf(":") + 1));
    if (path.length > maxDepth) throw new Error("elements nest too deep");
    text = "";
    if (path[1] === "System" && path.length === 3) for (const [key, value] of Object.entries(attributes)) setOnce(into.system, `${path[2]}.${key}`, value);
    name = path[1] === "EventData" && path.length === 3 ? attributes["Name"] : undefined;
  });
  parser.on("text", (piece) => {
    text += piece;
  });
  parser.on("cdata", (piece) => {
    text += piece;
  });
  parser.on("closetag", () => {
    const [, section, element = ""] = path;
    const depth = path.length;
    const leaf = path.pop() ?? "";
    const value = text;
    text = "";
    if (section === "System" && depth === 3) setOnce(into.system, element, value.trim());
    else if (section === "EventData" && depth === 3) setOnce(into.data, name ?? (leaf === "Data" ? `param${(unnamed += 1)}` : leaf), value);
    else if ((section === "UserData" || section === "ProcessingErrorData") && depth >= 3 && value.trim() !== "") setOnce(into.data, leaf, value);
    else if (section === "RenderingInfo" && element === "Message" && depth === 3) into.message = value;
    name = undefined;
  });
  parser.write(xml).close();
}

/** The first of a name counts; elements that hold only attributes have no text of their own. */
function setOnce(map: Map<string, string>, name: string, value: string): void {
  if (value !== "" && !map.has(name)) map.set(name, value);
}
