import type { Analytic, DataComponent, Group, ExternalReference, LogSource, MutableElement, NamedRef, Snapshot, Strategy, Tactic, Technique, TechniqueRef } from "@/lib/catalog/types";
import { referenceDigest } from "@/lib/telemetry/reference-digest";
import type { AppliedOverride, Basis, EventKey, Resolution, Verdict } from "@/lib/telemetry/types";

/** What every ATT&CK object shows, whatever its kind. */
export interface CatalogObjectHead {
  readonly id: string;
  readonly stixId: string;
  readonly type: string;
  readonly name: string;
  readonly domain: Snapshot["domain"];
  readonly release: string;
  readonly origin: Snapshot["origin"];
  readonly version: string;
  readonly created: string;
  readonly modified: string;
  readonly revoked: boolean;
  readonly deprecated: boolean;
  readonly rawSha256: string | null;
  readonly releases: readonly { readonly domain: Snapshot["domain"]; readonly release: string; readonly rawSha256: string | null; readonly version: string; readonly modified: string }[];
}

/** One log-source reference with its resolution: an alternative of the requirement of its component. */
export interface ShownRequirement {
  readonly component: NamedRef;
  readonly name: string;
  readonly channel: string;
  readonly rawName?: string;
  readonly rawChannel?: string;
  readonly family: string;
  readonly eventKeys: readonly EventKey[];
  readonly basis: Basis;
  readonly verdict: Verdict;
  readonly confidence: Resolution["confidence"];
  readonly reason: string;
  readonly substitute?: string;
  readonly source?: string; // who says so
  readonly override?: AppliedOverride;
  readonly reference: string; // digest of the log source: its page and its overrides
  readonly kinds: readonly { readonly kind: string; readonly met: "as-cited" | "equivalent" }[]; // that meet it
}

export interface ShownAnalytic extends CatalogObjectHead {
  readonly description: string;
  readonly platforms: readonly string[];
  readonly strategy: NamedRef | null;
  readonly strategyDeprecated: boolean;
  readonly techniques: readonly TechniqueRef[];
  readonly requirements: readonly ShownRequirement[];
  readonly mutableElements: readonly MutableElement[];
  readonly references: readonly ExternalReference[];
}

export type ShownObject = ShownAnalytic | (CatalogObjectHead & (Strategy | Technique | Tactic | DataComponent | Group));
export type Resolver = (source: LogSource, platform: string | null) => Resolution;

/** An analytic as the command line and its page show it: its requirements resolved, grouped by component in the order of first citation. */
export function describeAnalytic(head: CatalogObjectHead, analytic: Analytic, resolve: Resolver): ShownAnalytic {
  const { description, platforms, strategy, strategyDeprecated, techniques, mutableElements, references } = analytic;
  const order = [...new Set(analytic.logSources.map((source) => source.component.id))];
  const requirements = [...analytic.logSources]
    .sort((a, b) => order.indexOf(a.component.id) - order.indexOf(b.component.id))
    .map((source) => showRequirement(source, resolve(source, platforms[0] ?? null)));
  return { ...head, description, platforms, strategy, strategyDeprecated, techniques, requirements, mutableElements, references };
}

function showRequirement(source: LogSource, resolution: Resolution): ShownRequirement {
  const { family, eventKeys, basis, verdict, confidence, reason, substitute, source: said, override, accepts } = resolution;
  return {
    ...source,
    family,
    eventKeys,
    basis,
    verdict,
    confidence,
    reason,
    ...(substitute === undefined ? {} : { substitute }),
    ...(said === undefined ? {} : { source: said }),
    ...(override === undefined ? {} : { override }),
    reference: referenceDigest(source.component.id, source.name, source.channel),
    kinds: accepts.map(({ kind, met }) => ({ kind, met })),
  };
}
