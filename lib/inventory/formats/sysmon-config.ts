import { SightlineError } from "@/lib/shared/errors";
import { shown } from "../read-field";
import { readXml, type XmlElement } from "../read-xml";
import { startConfiguration, type ConfigurationFact, type ConfigurationReader } from "../start-configuration";
import type { InventoryFormat } from "./inventory-format";
import { collectFilters, type EventFilters } from "./sysmon/collect-filters";
import EVENT_TAGS from "./sysmon/event-tags.json";

const LOG = "WinEventLog:Sysmon";
/** On without a word in the configuration, in every version we know. Of others that the file does not name nothing is claimed. */
const ON_BY_DEFAULT = new Set(["ProcessCreate", "FileCreateTime", "ProcessTerminate", "DriverLoad"]);

/** Sysmon configuration XML: which event ids are written, and what their filters let through. */
export const sysmonConfig: InventoryFormat = {
  id: "sysmon-config",
  label: "Sysmon configuration (XML)",
  extensions: [".xml"],
  segment: "asked",
  guide: {
    proves: "Which Sysmon event ids are on, off, or restricted by include lists, with the conditions.",
    not: "That Sysmon runs, that this configuration is loaded on every host, or that its log is collected.",
    obtain: [{ product: "Windows, as administrator", text: "reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\SysmonDrv\\Parameters /v ConfigFile\nSysmon64.exe -c" }],
  },

  sniff: ({ text }) => {
    const root = /<Sysmon(?:\s[^<>]{0,400})?>/i.test(text.slice(0, 20_000));
    return { verdict: root ? "yes" : "no", evidence: ["element Sysmon"] };
  },

  parse: (file, options) => {
    const root = readXml(file.name, file.text);
    if (root.name.toLowerCase() !== "sysmon") throw new SightlineError("INVALID", `The root element is ${shown(root.name)}, not Sysmon.`, { file: file.name, line: root.line, remedy: "Import the file that Sysmon -c loads." });
    const reader = startConfiguration(file, options, { source: "Sysmon configuration", product: "Sysmon", basis: "configuration" });
    const { filters, filtering } = collectFilters(root, reader);
    if (!filtering) reader.losses.add("changed", "EventFiltering", "The file has no EventFiltering: Sysmon's built-in defaults are assumed.");
    const unnamed: string[] = [];
    for (const [tag, ids] of Object.entries(EVENT_TAGS)) {
      const found = filters.get(tag);
      if (found === undefined && !ON_BY_DEFAULT.has(tag)) unnamed.push(`${tag} (${ids.join(", ")})`);
      for (const id of ids) {
        const channel = `EventCode=${id}`;
        if (found) sayFiltered(reader, { logSource: LOG, channel, where: `line ${found.line}, ${tag}`, line: found.line, row: found.row }, found);
        else if (ON_BY_DEFAULT.has(tag)) reader.claim({ logSource: LOG, channel, where: `no ${tag} element`, line: null, condition: `as long as Sysmon's built-in default is on: the file does not name ${tag}` });
      }
    }
    if (unnamed.length > 0) reader.losses.add("off", "not named", `The file does not name ${unnamed.join(", ")}: nothing is claimed of them.`);
    noteSettings(root, reader);
    return reader.finish({ whole: true });
  },
};

/** Include and exclude of one event: it is written when an include rule matches (or there is none) and no exclude rule does. */
function sayFiltered(reader: ConfigurationReader, fact: ConfigurationFact, { includes, excludes, includeSeen }: EventFilters): void {
  const excluded = excludes.length === 0 ? "" : excludes.join("; or ");
  if (includeSeen && includes.length === 0) reader.off(fact, "An include list without rules lets nothing through.");
  else if (includeSeen) reader.claim({ ...fact, condition: `only where ${includes.join("; or ")}${excluded === "" ? "" : `; and not where ${excluded}`}` });
  else reader.claim({ ...fact, note: excluded === "" ? "An exclude list without rules: everything is written." : `Everything but: ${excluded}.` });
}

const SETTINGS = new Set(["hashalgorithms", "checkrevocation", "dnslookup", "archivedirectory", "copyondeletepe", "copyondeletesids", "copyondeleteextensions", "copyondeleteprocesses", "drivername", "eventfiltering", "capturelog", "fieldsizes"]);

function noteSettings(root: XmlElement, reader: ConfigurationReader): void {
  const version = root.attributes.schemaversion ?? "";
  reader.losses.add("unused", "schemaversion", version === "" ? "The file names no schemaversion; Sysmon refuses such a file." : `schemaversion ${shown(version)} is that of the file, not the version of the Sysmon that runs.`);
  const hashes = root.children.find(({ name }) => name.toLowerCase() === "hashalgorithms")?.text.trim() ?? "";
  reader.losses.add("unused", "HashAlgorithms", hashes === "" ? "No HashAlgorithms: Sysmon's own choice of hashes stands in its records." : `Hashes written: ${shown(hashes)}. Which fields are filled is proven by sample events.`);
  for (const { name, line } of root.children) {
    if (!SETTINGS.has(name.toLowerCase())) reader.refuse(line, name, `${shown(name)} is no element of a Sysmon configuration that Sightline knows.`, "Check its spelling; the rest of the file is read.");
    else if (name.toLowerCase() !== "hashalgorithms" && name.toLowerCase() !== "eventfiltering") reader.losses.add("unused", name, `The setting ${name} changes no event id; it is not taken over.`);
  }
}
