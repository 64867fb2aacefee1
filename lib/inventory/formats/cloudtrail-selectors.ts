import { componentById } from "@/lib/telemetry/component-index";
import { componentsOfKind, kindsOfFamily, splitKind } from "@/lib/telemetry/record-kinds";
import { SightlineError } from "@/lib/shared/errors";
import { matchShape, readJson } from "../read-json";
import { shown } from "../read-field";
import { splitJson } from "../split-json";
import { startConfiguration, type ConfigurationReader } from "../start-configuration";
import DATA_EVENTS from "./cloudtrail/data-events.json";
import { advancedSelectorSchema, basicSelectorSchema, fromAdvanced, fromBasic, selectorsSchema, trailListSchema, trailSchema, type Selection, type Selectors, type Trail } from "./cloudtrail/selectors-file";
import type { InventoryFile, InventoryFormat } from "./inventory-format";

const LOG = "AWS:CloudTrail";
const MAX_TRAILS = 1_000;
const MAX_SELECTORS = 5_000;
const BY_TYPE: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(DATA_EVENTS));
const DATA = new Set([...BY_TYPE.values()].flat());
// CloudTrail's readOnly: what looks, by its verb; and a few calls that read although their names do not say so.
const READS = /^(?:Get|List|Describe|Head|Lookup|Check|Simulate|BatchGet|Search|Select)|^(?:AssumeRole|AssumeRoleWithSAML|AssumeRoleWithWebIdentity|Decrypt|GenerateDataKey|GenerateCredentialReport)$/;

/** AWS trails and their event selectors: which management and data events are delivered. */
export const cloudtrailSelectors: InventoryFormat = {
  id: "cloudtrail-selectors",
  label: "AWS trails and event selectors (JSON)",
  extensions: [".json"],
  segment: "asked",
  guide: {
    proves: "Which management events (read, write) and which data events, by resource type, a trail delivers, in which regions.",
    not: "That the trail is logging now, unless get-trail-status stands in the file; nor that somebody reads its bucket.",
    obtain: [{ product: "AWS command line, once per account", text: "aws cloudtrail describe-trails > trails.json\nfor arn in $(aws cloudtrail describe-trails --query 'trailList[].TrailARN' --output text); do\n  aws cloudtrail get-event-selectors --trail-name \"$arn\" >> trails.json\ndone" }],
  },

  sniff: ({ text }) => {
    const keys = ["trailList", "EventSelectors", "AdvancedEventSelectors"].filter((key) => new RegExp(`"${key}"\\s*:`).test(text));
    return { verdict: /^\ufeff?\s*[[{]/.test(text) && keys.length > 0 && /"TrailARN"\s*:|"trailList"\s*:/.test(text) ? "yes" : "no", evidence: keys.map((key) => `key ${key}`) };
  },

  parse: (file, options) => {
    const { trails, selectors, strange } = readDocuments(file);
    const reader = startConfiguration(file, options, { source: "CloudTrail", product: "AWS CloudTrail", basis: "configuration" });
    for (let each = 0; each < strange; each++) reader.refuse(null, "", "An entry is neither a trail nor the selectors of one.", "Import what describe-trails and get-event-selectors print.");
    const named = new Map(trails.map((trail) => [trail.TrailARN, trail]));
    for (const trail of trails) sayTrail(trail, selectors.find(({ TrailARN }) => TrailARN === trail.TrailARN || TrailARN === trail.Name), reader);
    for (const entry of selectors) {
      if (named.has(entry.TrailARN) || trails.some(({ Name }) => Name === entry.TrailARN)) continue;
      reader.losses.add("changed", entry.TrailARN, `The trail ${shown(entry.TrailARN)} itself is not described in the file: its regions are not known.`);
      sayTrail(trailSchema.parse({ TrailARN: entry.TrailARN }), entry, reader);
    }
    return reader.finish();
  },
};

function readDocuments(file: InventoryFile): { readonly trails: readonly Trail[]; readonly selectors: readonly Selectors[]; readonly strange: number } {
  const remedy = "Import what aws cloudtrail describe-trails and get-event-selectors print.";
  const values = splitJson(file.text).map((text) => readJson(file.name, text, remedy)).flatMap((value) => (Array.isArray(value) ? value : [value]));
  const trails: Trail[] = [];
  const selectors: Selectors[] = [];
  let strange = 0;
  for (const value of values) {
    const list = matchShape(trailListSchema, value);
    if (list !== null) {
      for (const item of list.trailList) {
        const trail = matchShape(trailSchema, item);
        if (trail === null || (trail.TrailARN === "" && trail.Name === "")) strange++;
        else trails.push(trail);
      }
      continue;
    }
    const found = matchShape(selectorsSchema, value);
    if (found !== null && (found.EventSelectors || found.AdvancedEventSelectors)) selectors.push(found);
    else strange++;
  }
  if (trails.length + selectors.length === 0) throw new SightlineError("INVALID", "The file holds no trail.", { file: file.name, remedy });
  const asked = selectors.reduce((sum, { EventSelectors, AdvancedEventSelectors }) => sum + (EventSelectors?.length ?? 0) + (AdvancedEventSelectors?.length ?? 0), 0);
  if (trails.length > MAX_TRAILS || selectors.length > MAX_TRAILS || asked > MAX_SELECTORS) {
    throw new SightlineError("TOO_LARGE", `The file holds ${trails.length} trails and ${asked} selectors; ${MAX_TRAILS} and ${MAX_SELECTORS} are read.`, { file: file.name, remedy: "Import one account at a time." });
  }
  return { trails, selectors, strange };
}

function sayTrail(trail: Trail, found: Selectors | undefined, reader: ConfigurationReader): void {
  reader.nextRow();
  const name = trail.Name || trail.TrailARN;
  const place = { where: `trail ${name}`, line: null };
  if (trail.IsLogging === false) {
    reader.off({ ...place, logSource: LOG, channel: "" }, `The trail ${name} is not logging.`);
    return;
  }
  if (found === undefined && trail.HasCustomEventSelectors === true) {
    reader.refuse(null, name, `The trail ${shown(name)} has event selectors of its own, which are not in the file.`, `Add what aws cloudtrail get-event-selectors --trail-name ${name} prints.`);
    return;
  }
  const regions = trail.IsMultiRegionTrail === false ? [`only in the region ${trail.HomeRegion || "of the trail"}${trail.IncludeGlobalServiceEvents === false ? ", without global services" : ""}`] : [];
  if (trail.IsOrganizationTrail) reader.losses.add("unused", name, `${shown(name)} is a trail of the whole organisation: it delivers the events of other accounts too.`);
  if (trail.IsLogging === undefined) reader.losses.add("unused", name, `Whether ${shown(name)} is logging is not in the file (aws cloudtrail get-trail-status tells).`);
  for (const selection of found === undefined ? [ALL_MANAGEMENT] : selectionsOf(found, name, reader)) saySelection(selection, regions, place, reader);
}

const ALL_MANAGEMENT: Selection = { category: "management", access: "all", types: [], conditions: [] };

function selectionsOf(found: Selectors, name: string, reader: ConfigurationReader): readonly Selection[] {
  const refuse = (): readonly Selection[] => {
    reader.refuse(null, name, `A selector of ${shown(name)} does not have the shape of one.`, "Import the file as the command line prints it.");
    return [];
  };
  const basic = (found.EventSelectors ?? []).flatMap((item) => {
    const selector = matchShape(basicSelectorSchema, item);
    return selector === null ? refuse() : fromBasic(selector);
  });
  const advanced = (found.AdvancedEventSelectors ?? []).flatMap((item) => {
    const selector = matchShape(advancedSelectorSchema, item);
    return selector === null ? refuse() : [fromAdvanced(selector)];
  });
  return [...basic, ...advanced];
}

function saySelection(selection: Selection, regions: readonly string[], place: { readonly where: string; readonly line: null }, reader: ConfigurationReader): void {
  const { category, access, types, conditions } = selection;
  if (category === "other") {
    reader.losses.add("unused", place.where, "Selectors of other categories (insights, network activity) bring no record that an analytic asks for.");
    return;
  }
  const unknown = types.filter((type) => !BY_TYPE.has(type));
  if (unknown.length > 0) reader.losses.add("unused", unknown.join(", "), `No operation on ${unknown.join(", ")} is one that a data component of ATT&CK rests on.`);
  const wanted = category === "management" ? null : new Set(types.length === 0 ? DATA : types.flatMap((type) => BY_TYPE.get(type) ?? []));
  const condition = [...regions, ...conditions].join("; ");
  for (const [component, operations] of OPERATIONS) {
    const asked = operations.filter((name) => (wanted === null ? !DATA.has(name) : wanted.has(name)) && (access === "all" || READS.test(name) === (access === "read")));
    if (asked.length === 0) continue;
    // Every management event of a component without data events: then operations that nobody listed are meant as well.
    const whole = wanted === null && access === "all" && asked.length === operations.length;
    reader.claim({ ...place, where: `${place.where}, ${category} events`, logSource: LOG, channel: whole ? "" : asked.join(", "), component, condition });
  }
}

/** Operations that the tables name, by the data component that rests on them. */
function operationsByComponent(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const kind of kindsOfFamily("aws-cloudtrail")) {
    for (const id of componentsOfKind(kind)) {
      const name = componentById(id)?.name;
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), splitKind(kind).key]);
    }
  }
  return found;
}

const OPERATIONS = operationsByComponent();
