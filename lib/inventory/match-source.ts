import { z } from "zod";
import table from "./source-names.json";

/** What a collector's name of a source means in ATT&CK's words. */
export interface NamedSource {
  readonly logSource: string;
  readonly channel: string; // "" = all of it
  readonly needs: string; // what else decides which records there are: a collector's name alone does not tell
  readonly platform: string; // "" = any
}

const ROWS = z.array(z.object({ names: z.array(z.string()), logSource: z.string(), channel: z.string(), needs: z.string(), platform: z.string() })).parse(table);
const BY_NAME = new Map<string, NamedSource[]>();
for (const { names, ...source } of ROWS) for (const name of names) BY_NAME.set(name, [...(BY_NAME.get(name) ?? []), source]);

// What collectors put around the name of a log: "XmlWinEventLog:Security", "WinEventLog:Microsoft-Windows-Sysmon/Operational", "logs-system.auth-default".
const WRAPPINGS: readonly RegExp[] = [/^(?:xml)?wineventlog:(?:\/\/)?(.+)$/, /^(?:\.ds-)?logs-([a-z0-9_.]+)-[^-]+(?:-\d.*)?$/, /^eventlog:(?:\/\/)?(.+)$/];

/**
 * What a sourcetype, table, dataset or log name means; several where a name serves several platforms, none where we do not know it.
 *
 * @param platforms of the segment: sources of other platforms are left out; empty: not known
 */
export function matchSource(name: string, platforms: readonly string[]): readonly NamedSource[] {
  const key = name.trim().toLowerCase();
  const found = BY_NAME.get(key) ?? WRAPPINGS.flatMap((pattern) => BY_NAME.get(pattern.exec(key)?.[1] ?? "") ?? []);
  return found.filter(({ platform }) => platform === "" || platforms.length === 0 || platforms.includes(platform));
}

/** Every name that is known: what a test walks. */
export function knownSources(): readonly { readonly names: readonly string[]; readonly source: NamedSource }[] {
  return ROWS.map(({ names, ...source }) => ({ names, source }));
}
