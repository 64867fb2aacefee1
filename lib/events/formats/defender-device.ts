import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime } from "../time/read-time";
import { keyOnPlatform } from "@/lib/telemetry/stated-platform";
import { fieldsOfRow } from "./defender/row-fields";
import { factsOfRow, platformOfRow } from "./defender/row-facts";
import { keyOfRow, tableOfRow } from "./defender/table-of";

/**
 * Microsoft Defender's advanced hunting tables of devices and alerts: rows of the API and of Sentinel, and the streaming
 * export {time, category: "AdvancedHunting-<table>", properties}. A row that does not name its table has it inferred from
 * its action, and only where no other table has that action.
 */
export const defenderDevice = jsonFormat({
  id: "defender-device",
  label: "Microsoft Defender device tables",
  extensions: [".json", ".ndjson"],
  record: "a row of a Defender device table",
  evidence: ["Timestamp | TimeGenerated", "DeviceId | AlertId", "ActionType | Type | category AdvancedHunting-"],
  isMine: (value) => openRow(value) !== null,
  map: (value, limits) => {
    const opened = openRow(value);
    return opened === null ? null : [mapRow(opened, limits.zone)];
  },
});

export interface DefenderRow {
  readonly table: string;
  readonly row: JsonObject;
  readonly streamed: unknown; // the streaming export's own time
}

/** The row and its table, or null when it is none of theirs. */
export function openRow(value: JsonObject): DefenderRow | null {
  const category = value["category"];
  if (typeof category === "string" && category.startsWith("AdvancedHunting-") && isJsonObject(value["properties"])) {
    return { table: category.slice("AdvancedHunting-".length), row: value["properties"], streamed: value["time"] };
  }
  const table = tableOfRow(value);
  return table === null ? null : { table, row: value, streamed: undefined };
}

function mapRow({ table, row, streamed }: DefenderRow, zone: string): Mapped {
  const host = [row["DeviceName"], row["DeviceId"]].find((value) => typeof value === "string" && value !== "");
  return {
    // Timestamp is UTC by definition of the tables; Sentinel renames it and keeps the original where it has both.
    time: firstTime(readIsoTime(row["Timestamp"], "Timestamp", "utc-by-definition"), readIsoTime(row["TimeGenerated"], "TimeGenerated", "utc-by-definition"), readIsoTime(streamed, "time", zone)),
    host: typeof host === "string" ? host : null,
    family: "edr-defender",
    key: keyOnPlatform(keyOfRow(table, row), platformOfRow(row)),
    fields: fieldsOfRow(table, row),
    facts: factsOfRow(table, row, streamed),
  };
}
