import { foldHost } from "@/lib/shared/host-name";
import { foldPlatform, platformRemedy } from "./platforms";
import { readText, shown } from "./read-field";
import { readTable } from "./read-table";
import type { Refusal, RosterHost, Segment } from "./types";

export const ROSTER_COLUMNS = ["host", "platform"] as const;

export interface ParsedRoster {
  readonly rows: number;
  readonly hosts: readonly RosterHost[];
  readonly refused: readonly Refusal[];
  readonly unknownColumns: readonly string[];
}

/**
 * Reads the roster CSV (host,platform) of one segment. Host names fold by case and first label; a second row of the same
 * host is refused. platform may be empty or absent when the segment has only one.
 *
 * @throws SightlineError when the file as a whole is no such CSV; single rows are refused in the result.
 */
export function parseRosterCsv(file: string, text: string, segment: Pick<Segment, "name" | "platforms">): ParsedRoster {
  const table = readTable(file, text, ROSTER_COLUMNS, ["host"]);
  const own = segment.platforms.map(({ name }) => name);
  const only = own.length === 1 ? own[0] : undefined;
  const hosts = new Map<string, RosterHost>();
  const lines = new Map<string, number>();
  const refused: Refusal[] = [];
  for (const row of table.rows) {
    const refuse = (field: string, message: string, remedy: string): void => {
      refused.push({ line: row.line, row: row.row, field, message, remedy });
    };
    const host = readText(row.get("host"), 255);
    const written = row.get("platform");
    const platform = written === "" ? (only ?? null) : foldPlatform(written);
    if ("problem" in host) refuse("host", host.problem, host.remedy);
    else if (host.value === "") refuse("host", "The host has no name.", "Write its name.");
    else if (row.extra) refuse("", "The row has more cells than the header.", "Quote cells that hold a comma.");
    else if (platform === null && written === "") refuse("platform", `${segment.name} has several platforms, and this host names none.`, `Write one of: ${own.join(", ")}.`);
    else if (platform === null) refuse("platform", `ATT&CK has no platform ${shown(written)}.`, platformRemedy(written));
    else if (!own.includes(platform)) refuse("platform", `${platform} is not a platform of ${segment.name}.`, `Write one of: ${own.join(", ")}; or add it to the segment.`);
    else {
      const key = foldHost(host.value);
      const earlier = lines.get(key);
      if (earlier !== undefined) refuse("host", `${shown(host.value)} is the same host as on line ${earlier} (${key}).`, "Keep one row per host.");
      else {
        hosts.set(key, { host: host.value, key, platform });
        lines.set(key, row.line);
      }
    }
  }
  return { rows: table.rows.length, hosts: [...hosts.values()], refused, unknownColumns: table.unknown };
}
