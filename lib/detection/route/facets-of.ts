import table from "./sigma-logsources.json";
import type { SigmaLogsource } from "../sigma/rule-types";
import type { RecordSource } from "./source-of";

/** What Sigma calls a kind of record: the products, categories and services whose rules speak about it. */
export interface Facets {
  readonly products: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

interface FamilyFacets {
  readonly products: readonly string[]; // "@": the system that the record states; "@vendor": the maker of the device
  readonly services: Readonly<Record<string, string>>; // name -> patterns of keys
  readonly categories: Readonly<Record<string, string>>;
}

const FAMILIES: ReadonlyMap<string, FamilyFacets> = new Map(Object.entries(table.families).map(([family, { products, services, categories }]) => [family, { products, services: asStrings(services), categories: asStrings(categories) }]));
const CHANNELS: ReadonlyMap<string, string> = new Map(Object.entries(table.channels));
const SYSTEMS = ["windows", "linux", "macos"];

/**
 * The facets of a kind of record, by the table of Sigma's taxonomy 2.1. A record of a sensor that runs on several systems
 * and that does not say on which it was made is taken for any of them: a rule too many is seen, one too few is not.
 */
export function facetsOf({ family, key, channel, platform }: RecordSource): Facets {
  const known = FAMILIES.get(family);
  if (known === undefined) return splitDataset(family, key);
  const products = known.products.flatMap((product) => (product === "@vendor" ? (platform === null ? [] : [platform]) : product !== "@" ? [product] : platform === null ? SYSTEMS : [platform]));
  const service = channel === null ? undefined : CHANNELS.get(channel);
  return { products: new Set(products), categories: namesFor(known.categories, key), services: new Set([...namesFor(known.services, key), ...(service === undefined ? [] : [service])]) };
}

/** Whether rules of this logsource speak about records with these facets. */
export function accepts({ product, category, service }: SigmaLogsource, facets: Facets): boolean {
  return (product === null || facets.products.has(product)) && (category === null || facets.categories.has(category)) && (service === null || facets.services.has(service));
}

/** Whether any record kind of the table could have these facets; where none does, a rule of this logsource can never be asked. */
export function isServed(logsource: SigmaLogsource): boolean {
  return servedBy(logsource).length > 0;
}

/** Which families could serve a logsource, and with which of their keys, as a pattern ("*": any; an event of a log of its own has no pattern). */
export function servedBy({ product, category, service }: SigmaLogsource): readonly { readonly family: string; readonly keys: string }[] {
  if (product !== null && product !== "windows" && category !== null && WINDOWS_ONLY.test(category)) return [];
  return [...FAMILIES].flatMap(([family, known]) => {
    if (product !== null && !known.products.includes(product) && !(known.products.includes("@") && SYSTEMS.includes(product)) && !(known.products.includes("@vendor") && VENDORS.has(product))) return [];
    if (category !== null && known.categories[category] === undefined) return [];
    const byChannel = known.products.includes("windows") && service !== null && SERVICES_OF_CHANNELS.has(service);
    if (service !== null && known.services[service] === undefined && !byChannel) return [];
    return [{ family, keys: (category === null ? undefined : known.categories[category]) ?? (service === null ? undefined : known.services[service]) ?? "*" }];
  });
}

const VENDORS = new Set(["fortigate", "paloalto", "cisco", "checkpoint", "juniper", "sonicwall"]);
// Sensors of several systems report these, but from Windows alone.
const WINDOWS_ONLY = /^(?:registry_|ps_|wmi_event$|pipe_created$|create_stream_hash$)/;
const SERVICES_OF_CHANNELS: ReadonlySet<string> = new Set(CHANNELS.values());

/** ECS documents of other integrations keep their data set in the key: "bitbucket.audit/..." is the service audit of bitbucket. */
function splitDataset(family: string, key: string): Facets {
  const [product = "", service = ""] = family === "ecs-other" ? (key.split("/")[0] ?? "").split(".") : [];
  return { products: new Set(product === "" ? [] : [product]), categories: new Set(), services: new Set(service === "" ? [] : [service]) };
}

function namesFor(patterns: Readonly<Record<string, string>>, key: string): ReadonlySet<string> {
  return new Set(Object.entries(patterns).flatMap(([name, pattern]) => (fits(pattern, key) ? [name] : [])));
}

/** Patterns are keys parted by "|", * at either end standing for anything; a leading ! means every key but those. */
function fits(pattern: string, key: string): boolean {
  if (pattern.startsWith("!")) return !fits(pattern.slice(1), key);
  return pattern.split("|").some((one) => {
    const [start, end] = [one.startsWith("*"), one.endsWith("*") && one.length > 1];
    const text = one.slice(start ? 1 : 0, end ? -1 : undefined);
    if (start && end) return key.includes(text);
    return start ? key.endsWith(text) : end ? key.startsWith(text) : key === text;
  });
}

function asStrings(record: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
