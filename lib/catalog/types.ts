/** The three ATT&CK domains, in the words of our command line. */
export const DOMAINS = ["enterprise", "mobile", "ics"] as const;
export type Domain = (typeof DOMAINS)[number];

export interface NamedRef {
  readonly id: string;
  readonly name: string;
}

/** ATT&CK's triple: one alternative of a requirement. name and channel are trimmed and folded; raw* is as published when that differs. */
export interface LogSource {
  readonly component: NamedRef;
  readonly name: string;
  readonly channel: string; // "" where ATT&CK prints the literal "None"
  readonly rawName?: string;
  readonly rawChannel?: string;
}

export interface MutableElement {
  readonly field: string;
  readonly description: string;
}

export interface ExternalReference {
  readonly sourceName: string;
  readonly externalId?: string;
  readonly url?: string;
  readonly description?: string;
}

export interface TechniqueRef extends NamedRef {
  readonly tactics: readonly NamedRef[];
}

/** x-mitre-analytic, linked: strategy, techniques and tactics come from the embedded references, never from the analytic itself. */
export interface Analytic {
  readonly id: string; // AN0749
  readonly stixId: string;
  readonly name: string;
  readonly description: string;
  readonly domain: Domain;
  readonly platforms: readonly string[]; // one each in 19.1; ICS publishes the string "None", which is kept as []
  readonly strategy: NamedRef | null;
  readonly strategyDeprecated: boolean;
  readonly techniques: readonly TechniqueRef[];
  readonly logSources: readonly LogSource[]; // in published order
  readonly mutableElements: readonly MutableElement[];
  readonly references: readonly ExternalReference[];
  readonly version: string;
  readonly created: string;
  readonly modified: string;
  readonly revoked: boolean;
  readonly deprecated: boolean;
  readonly rawSha256: string | null; // null in the starter catalogue
}

export interface Strategy extends NamedRef {
  readonly stixId: string;
  readonly deprecated: boolean;
  readonly techniques: readonly string[];
  readonly analytics: readonly string[];
}

export interface Technique extends NamedRef {
  readonly stixId: string;
  readonly platforms: readonly string[];
  readonly tactics: readonly NamedRef[];
  readonly parent: string | null;
  readonly revoked: boolean;
  readonly deprecated: boolean;
  readonly strategies: readonly string[];
  readonly url?: string;
}

export interface Tactic extends NamedRef {
  readonly stixId: string;
  readonly shortName: string;
  readonly order: number;
}

export interface DataComponent extends NamedRef {
  readonly stixId: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly logSources: readonly { readonly name: string; readonly channel: string }[];
}

/** One technique that a group used, once per campaign. */
export interface GroupUse {
  readonly technique: string; // T1560.001
  readonly on: string | null; // ISO date: last sighting of the campaign, else when ATT&CK first recorded it
  readonly campaign: NamedRef | null;
}

/** A threat group (STIX intrusion-set) in force. */
export interface Group extends NamedRef {
  readonly stixId: string;
  readonly aliases: readonly string[]; // without its name
  readonly uses: readonly GroupUse[]; // of live techniques, of its own and in campaigns attributed to it; not what its software can do
}

/** What was odd, folded or refused on import, by object. */
export interface CatalogIssue {
  readonly severity: "odd" | "folded" | "refused";
  readonly code: string;
  readonly stixId: string | null;
  readonly attackId: string | null;
  readonly message: string;
}

/** A whole linked domain at one release: plain data, ready to store, score or draw. */
export interface LinkedCatalog {
  readonly analytics: readonly Analytic[];
  readonly strategies: readonly Strategy[];
  readonly techniques: readonly Technique[];
  readonly tactics: readonly Tactic[];
  readonly components: readonly DataComponent[];
  readonly groups: readonly Group[]; // empty where the bundle holds none: detection-only ones, the starter catalogue
  readonly issues: readonly CatalogIssue[];
}

export interface Snapshot {
  readonly id: string;
  readonly domain: Domain;
  readonly release: string;
  readonly origin: "mitre" | "starter";
  readonly digest: string;
  readonly fileName: string;
  readonly releaseFrom: "collection" | "option" | "file-name";
  readonly detectOnly: boolean;
  readonly current: boolean;
  readonly retiredAt: string | null;
  readonly importedAt: string;
  readonly importedBy: string;
  readonly objectCount: number;
  readonly issueCount: number;
  readonly counts: Readonly<Record<string, number>>;
}
