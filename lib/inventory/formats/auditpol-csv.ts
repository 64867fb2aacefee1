import { componentsOfKind, kindId } from "@/lib/telemetry/record-kinds";
import { SightlineError } from "@/lib/shared/errors";
import { readCsv, type CsvRecord } from "../read-csv";
import { shown } from "../read-field";
import { startConfiguration, type ConfigurationReader } from "../start-configuration";
import CONDITIONS from "./auditpol/event-conditions.json";
import SUBCATEGORIES from "./auditpol/subcategories.json";
import type { InventoryFormat } from "./inventory-format";

const LOG = "WinEventLog:Security";
const GUID = /^\{?(0CCE92[0-9A-F]{2})-69AE-11D9-BED3-505054503030\}?$/i;
const ANY_GUID = /^\{?[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}\}?$/i;
// Machine Name, Policy Target, Subcategory, Subcategory GUID, Inclusion Setting, Exclusion Setting, Setting Value; the names are localised, the places are not.
const COLUMN = { machine: 0, target: 1, name: 2, guid: 3, words: 4, value: 6 } as const;

interface Subcategory {
  readonly name: string;
  readonly success: readonly string[]; // event ids
  readonly failure: readonly string[];
}
const TABLE: ReadonlyMap<string, Subcategory> = new Map(Object.entries(SUBCATEGORIES));

interface Setting {
  readonly success: boolean;
  readonly failure: boolean;
}

interface Found {
  readonly record: CsvRecord;
  readonly row: number;
  readonly setting: Setting;
}

/** Windows audit policy as `auditpol /backup` or `auditpol /get /r` writes it: by subcategory GUID, whatever the language. */
export const auditpolCsv: InventoryFormat = {
  id: "auditpol-csv",
  label: "Windows audit policy (auditpol /backup CSV)",
  extensions: [".csv"],
  segment: "asked",
  guide: {
    proves: "Which of the 59 audit subcategories are on, for success and failure, and so which Security events Windows writes.",
    not: "Command lines in 4688, audit lists (SACLs) for 4656 and 4663, or that the Security log is collected: these are set elsewhere.",
    obtain: [{ product: "Windows, as administrator", text: "auditpol /backup /file:auditpol.csv" }],
  },

  sniff: ({ text }) => {
    const found = text.slice(0, 200_000).match(/\{0CCE92[0-9A-F]{2}-69AE-11D9-BED3-505054503030\}/gi)?.length ?? 0;
    return { verdict: found > 0 && !/^\s*[<{[]/.test(text) ? "yes" : "no", evidence: [`${found} audit subcategories by GUID`] };
  },

  parse: (file, options) => {
    const reader = startConfiguration(file, options, { source: "Windows audit policy", product: "Windows", basis: "configuration" });
    const [header, ...records] = readCsv(file.name, file.text);
    const hasHeader = header !== undefined && !ANY_GUID.test(cell(header, COLUMN.guid));
    if (hasHeader && header.cells.length < COLUMN.words + 1) {
      throw new SightlineError("INVALID", `The first row has ${header.cells.length} columns, not the seven of auditpol.`, { file: file.name, line: header.line, remedy: "Write the file with auditpol /backup /file:auditpol.csv." });
    }
    const rows = hasHeader || header === undefined ? records : [header, ...records];
    const machines = new Set<string>();
    const settings = new Map<string, Found>();
    for (const record of rows) readRow(record, reader, machines, settings);
    for (const [guid, found] of settings) saySubcategory(guid, found, reader);
    const unnamed = [...TABLE].filter(([guid]) => !settings.has(guid)).map(([, { name }]) => name);
    if (unnamed.length > 0) reader.losses.add("dropped", "not named", `The file does not speak of ${unnamed.length} of the ${TABLE.size} subcategories, so nothing is claimed of them: ${unnamed.join(", ")}.`);
    if (machines.size > 0) reader.losses.add("changed", "Machine Name", `The policy was read on ${[...machines].slice(0, 5).map(shown).join(", ")}; it is taken over for the whole segment.`);
    return reader.finish({ whole: true });
  },
};

function readRow(record: CsvRecord, reader: ConfigurationReader, machines: Set<string>, settings: Map<string, Found>): void {
  const row = reader.nextRow();
  const guid = cell(record, COLUMN.guid);
  const name = cell(record, COLUMN.name);
  if (cell(record, COLUMN.machine) !== "") machines.add(cell(record, COLUMN.machine));
  if (guid === "") {
    reader.losses.add("unused", name, /sacl/i.test(name) ? `${shown(name)}: a global audit list is set; what it asks for is not read.` : `${shown(name)} is an option of the audit policy; it chooses no event.`);
    return;
  }
  const id = GUID.exec(guid)?.[1]?.toUpperCase();
  if (id === undefined || !TABLE.has(id)) {
    reader.refuse(record.line, "Subcategory GUID", `${shown(guid)} is no audit subcategory that Sightline knows.`, "Check the GUID; names are not read because they are localised.");
    return;
  }
  const target = cell(record, COLUMN.target);
  if (/^S-1-\d/.test(target)) {
    reader.losses.add("dropped", target, `The setting for the user ${shown(target)} alone is not taken over; those of the system are.`);
    return;
  }
  const setting = readSetting(record);
  if (setting === null) reader.refuse(record.line, "Setting Value", "The setting is none of 0 to 3, nor English words.", "Write the file with auditpol /backup, which adds a number that does not depend on the language.");
  else if (settings.has(id)) reader.refuse(record.line, "Subcategory GUID", `The subcategory stands in line ${settings.get(id)?.record.line ?? 0} already.`, "Import the policy of one machine at a time.");
  else settings.set(id, { record, row, setting });
}

/** Setting Value: 0 none, 1 success, 2 failure, 3 both. Files without it carry words, read where they are English. */
function readSetting(record: CsvRecord): Setting | null {
  const value = cell(record, COLUMN.value);
  if (/^[0-3]$/.test(value)) return { success: (Number(value) & 1) !== 0, failure: (Number(value) & 2) !== 0 };
  if (value !== "") return null;
  const words = cell(record, COLUMN.words).toLowerCase();
  if (words === "no auditing") return { success: false, failure: false };
  if (!/^(?:success|failure|success and failure)$/.test(words)) return null;
  return { success: words.includes("success"), failure: words.includes("failure") };
}

function saySubcategory(guid: string, { record, row, setting: { success, failure } }: Found, reader: ConfigurationReader): void {
  const known = TABLE.get(guid);
  if (!known) return;
  const written = new Set([...(success ? known.success : []), ...(failure ? known.failure : [])]);
  const silent = [...new Set([...known.success, ...known.failure])].filter((event) => !written.has(event));
  const base = { logSource: LOG, where: `line ${record.line}, ${known.name}`, line: record.line, row };
  const without: string[] = [];
  for (const event of written) {
    const half = known.success.includes(event) && known.failure.includes(event) && success !== failure ? (success ? "only successes: failures are not audited" : "only failures: successes are not audited") : "";
    const condition = [half, conditionOf(guid, event)].filter((part) => part !== "").join("; ");
    if (componentsOfKind(kindId("windows-security", event)).length === 0) without.push(event);
    else reader.claim({ ...base, channel: `EventCode=${event}`, condition });
  }
  if (without.length > 0) reader.losses.add("unused", known.name, `${known.name} is on; no data component of ATT&CK rests on its events ${without.join(", ")}.`);
  const counting = silent.filter((event) => componentsOfKind(kindId("windows-security", event)).length > 0);
  const stated = success ? "Success only" : failure ? "Failure only" : "No Auditing";
  for (const event of counting) reader.off({ ...base, channel: `EventCode=${event}` }, `${known.name} is set to ${stated}.`);
  if (counting.length === 0 && silent.length > 0 && written.size === 0) reader.losses.add("off", known.name, `${known.name} is set to ${stated}.`);
}

/** What else must be set, elsewhere, before the event is written; no subcategories: in any of them. */
function conditionOf(guid: string, event: string): string {
  return CONDITIONS.find(({ subcategories, events }) => events.includes(event) && (subcategories.length === 0 || subcategories.includes(guid)))?.condition ?? "";
}

function cell({ cells }: CsvRecord, position: number): string {
  return (cells[position] ?? "").trim();
}
