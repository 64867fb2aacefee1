import type { z } from "zod";
import type { BundleObject } from "./parse-stix-bundle";
import {
  stixAnalytic,
  stixCampaign,
  stixCollection,
  stixCommon,
  stixComponent,
  stixGroup,
  stixMatrix,
  stixRelationship,
  stixStrategy,
  stixTactic,
  stixTechnique,
  storableText,
  type StixAnalytic,
  type StixCampaign,
  type StixCommon,
  type StixComponent,
  type StixGroup,
  type StixMatrix,
  type StixReference,
  type StixRelationship,
  type StixStrategy,
  type StixTactic,
  type StixTechnique,
} from "./stix-schema";
import type { CatalogIssue } from "./types";

/** The objects that the linker reads, in bundle order. */
export interface ReadParts {
  readonly analytics: StixAnalytic[];
  readonly strategies: StixStrategy[];
  readonly components: StixComponent[];
  readonly techniques: StixTechnique[];
  readonly tactics: StixTactic[];
  readonly matrices: StixMatrix[];
  readonly groups: StixGroup[];
  readonly campaigns: StixCampaign[];
  readonly relationships: StixRelationship[];
  readonly releases: string[]; // release numbers of x-mitre-collection objects
}

/** An object as its type's schema reads it; each type is one line here, others are read for their head alone. */
type Read = (item: unknown, parts: ReadParts) => z.ZodSafeParseResult<StixCommon>;
const READERS: Readonly<Record<string, Read>> = {
  "x-mitre-analytic": (item, parts) => add(stixAnalytic.safeParse(item), parts.analytics),
  "x-mitre-detection-strategy": (item, parts) => add(stixStrategy.safeParse(item), parts.strategies),
  "x-mitre-data-component": (item, parts) => add(stixComponent.safeParse(item), parts.components),
  "attack-pattern": (item, parts) => add(stixTechnique.safeParse(item), parts.techniques),
  "x-mitre-tactic": (item, parts) => add(stixTactic.safeParse(item), parts.tactics),
  "x-mitre-matrix": (item, parts) => add(stixMatrix.safeParse(item), parts.matrices),
  "intrusion-set": (item, parts) => add(stixGroup.safeParse(item), parts.groups),
  campaign: (item, parts) => add(stixCampaign.safeParse(item), parts.campaigns),
  relationship: (item, parts) => add(stixRelationship.safeParse(item), parts.relationships),
  "x-mitre-collection": (item, parts) => {
    const collection = stixCollection.safeParse(item);
    if (collection.success) parts.releases.push(collection.data.x_mitre_version);
    return collection;
  },
};
const readHead: Read = (item) => stixCommon.safeParse(item);

/**
 * One JSON object of a bundle -> its head, and its typed form in parts. An object whose read fields are of the wrong kind is
 * kept as published but not linked, and says so.
 */
export function readStixObject(
  item: Readonly<Record<string, unknown>>,
  parts: ReadParts,
  issues: CatalogIssue[],
): Omit<BundleObject, "raw" | "rawSha256" | "normalizedSha256"> {
  const stixId = String(item.id);
  const type = storableText(String(item.type));
  const read = (Object.hasOwn(READERS, type) ? READERS[type] : undefined) ?? readHead;
  const parsed = read(item, parts);
  const head = (parsed.success ? parsed : readHead(item, parts)).data ?? null; // of a bad object the head may still be sound
  const attackId = head === null ? null : attackIdOf(head.external_references);
  if (!parsed.success) {
    const message = `${type} ${attackId ?? stixId} was kept as published but not linked: ${firstProblem(parsed.error)}.`;
    issues.push({ severity: "refused", code: "bad-object", stixId, attackId, message });
  }
  return {
    stixId,
    type,
    attackId,
    name: type === "relationship" && typeof item.relationship_type === "string" ? storableText(item.relationship_type) : (head?.name ?? null),
    version: head?.x_mitre_version ?? null,
    created: head?.created ?? null,
    modified: head?.modified ?? null,
    revoked: head?.revoked ?? false,
    deprecated: head?.x_mitre_deprecated ?? false,
  };
}

/** The id that people use (AN0749, T1560.002): that of the reference which names one of MITRE's own matrices. */
export function attackIdOf(references: readonly StixReference[]): string | null {
  return references.find((reference) => /^mitre-([a-z]+-)?attack$/.test(reference.source_name))?.external_id ?? null;
}

function add<T>(parsed: z.ZodSafeParseResult<T>, to: T[]): z.ZodSafeParseResult<T> {
  if (parsed.success) to.push(parsed.data);
  return parsed;
}

function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? "unknown" : `${issue.path.join(".") || "the object"}: ${issue.message}`;
}
