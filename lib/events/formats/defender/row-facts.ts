import type { JsonObject } from "../../frame/plain-value";
import { firstTime, readIsoTime, timeMs } from "../../time/read-time";
import type { RecordFacts } from "../../types";

/**
 * ATT&CK's platform of the device a row is about: as the row says (OSPlatform, DeviceOS), else as its paths show. A drive
 * letter is Windows', /Applications and the like are macOS'; a path such as /usr/bin says no more than "not Windows".
 */
export function platformOfRow(row: JsonObject): "Windows" | "macOS" | "Linux" | null {
  const said = [row["OSPlatform"], row["DeviceOS"], row["OSDistribution"]].find((value) => typeof value === "string" && value !== "");
  if (typeof said === "string") {
    if (/^windows/i.test(said)) return "Windows";
    if (/^mac/i.test(said)) return "macOS";
    return /linux|ubuntu|debian|redhat|red hat|centos|suse|fedora|amazon|oracle|rocky|alma/i.test(said) ? "Linux" : null;
  }
  const path = [row["InitiatingProcessFolderPath"], row["FolderPath"]].find((value) => typeof value === "string" && value !== "");
  if (typeof path !== "string") return null;
  if (/^[A-Za-z]:\\/.test(path) || path.startsWith("\\Device\\")) return "Windows";
  return /^\/(?:System|Applications|Library|Users|private|Volumes)\//.test(path) ? "macOS" : null;
}

/** ProcessUniqueId where the sensor gives one, else the number with the time the process began. */
export function processKey(row: JsonObject, prefix: "" | "InitiatingProcess" | "InitiatingProcessParent"): string | undefined {
  const unique = row[prefix === "" ? "ProcessUniqueId" : prefix === "InitiatingProcess" ? "InitiatingProcessUniqueId" : ""];
  if ((typeof unique === "string" || typeof unique === "number") && unique !== "") return String(unique);
  const id = row[prefix === "" ? "ProcessId" : `${prefix}Id`];
  const began = row[prefix === "" ? "ProcessCreationTime" : `${prefix}CreationTime`];
  if ((typeof id !== "number" && typeof id !== "string") || id === "" || typeof began !== "string" || began === "") return undefined;
  return `${id}.${began}`;
}

/**
 * Ids of the row, of its process's parent, and when the platform took it in: the streaming export's own time is when Defender
 * received the event, Log Analytics' _TimeReceived when the workspace did. A row without a time of its own has one clock only.
 */
export function factsOfRow(table: string, row: JsonObject, streamed: unknown): RecordFacts {
  const started = table === "DeviceProcessEvents";
  const report = row["ReportId"];
  const device = row["DeviceId"];
  const isStreamed = typeof row["category"] === "string" && row["category"].startsWith("AdvancedHunting-"); // the envelope's keys beside the row's
  const dated = row["Timestamp"] ?? row["TimeGenerated"];
  return {
    ingested: dated === undefined ? undefined : timeMs(firstTime(readIsoTime(streamed ?? (isStreamed ? row["time"] : undefined), "time", "utc-by-definition"), readIsoTime(row["_TimeReceived"], "_TimeReceived", "utc-by-definition"))),
    parentKey: processKey(row, started ? "InitiatingProcess" : "InitiatingProcessParent"),
    // A repeating counter: unique with the device and the time, not alone.
    id: (typeof report === "number" || typeof report === "string") && report !== "" && typeof device === "string" ? `${device}/${report}/${String(row["Timestamp"] ?? row["TimeGenerated"] ?? "")}` : undefined,
  };
}
