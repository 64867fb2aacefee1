import type { LogSource } from "@/lib/catalog/types";
import { isOn } from "../carriers";
import { familyOf } from "../family-of";
import { splitKind } from "../record-kinds";
import { referenceDigest } from "../reference-digest";
import { requiredFields } from "../required-fields";
import { resolveLogSource } from "../resolve-log-source";
import type { AcceptedKind, EventKey, EventKeyKind, RecordKindId, Resolution } from "../types";
import { overrideConcerns, type ResolutionOverride } from "./override";

/** Resolves log sources as resolveLogSource does, with the overrides that hold put first. */
export interface OverridingResolver {
  /** @param analytic who cites the source; null: nobody in particular, so that overrides of single analytics do not count */
  resolve(source: LogSource, platform: string | null, analytic: string | null, seen?: readonly RecordKindId[]): Resolution;
  /** The override that a citation falls under: one for its analytic before one for its platform before one for all. */
  find(source: LogSource, platform: string | null, analytic: string | null): ResolutionOverride | null;
  /** Whether an analytic has an override of its own, so that its citations do not share the resolution of others. */
  hasOwn(analytic: string): boolean;
}

/** @param inForce overrides that hold, each scope once */
export function resolveWithOverrides(inForce: readonly ResolutionOverride[]): OverridingResolver {
  const byReference = new Map<string, ResolutionOverride[]>();
  for (const item of inForce) byReference.set(item.reference, [...(byReference.get(item.reference) ?? []), item]);
  const analytics = new Set(inForce.flatMap(({ analytic }) => analytic ?? []));

  const find: OverridingResolver["find"] = (source, platform, analytic) => {
    if (inForce.length === 0) return null;
    const own = byReference.get(referenceDigest(source.component.id, source.name, source.channel)) ?? [];
    const fitting = own.filter((item) => (item.platform === null || item.platform === platform) && (item.analytic === null || item.analytic === analytic));
    return fitting.toSorted((a, b) => closeness(b) - closeness(a))[0] ?? null;
  };
  return {
    find,
    hasOwn: (analytic) => analytics.has(analytic),
    resolve: (source, platform, analytic, seen) => {
      const override = find(source, platform, analytic);
      return override === null ? resolveLogSource(source, platform, seen) : applyOverride(override, source, platform);
    },
  };
}

function closeness(item: ResolutionOverride): number {
  return (item.analytic === null ? 0 : 2) + (item.platform === null ? 0 : 1);
}

function applyOverride(override: ResolutionOverride, source: LogSource, platform: string | null): Resolution {
  const { doc, component, version, reason, by, at } = override;
  const accepts = new Map<RecordKindId, AcceptedKind>();
  const add = (kind: RecordKindId, met: AcceptedKind["met"]): void => {
    if (!accepts.has(kind) && isOn(kind, platform)) accepts.set(kind, { kind, met, fields: requiredFields(component, kind) });
  };
  if (doc.verdict === "producible") for (const kind of doc.asCited) add(kind, "as-cited");
  if (doc.verdict !== "external") for (const kind of doc.equivalents) add(kind, "equivalent");
  return {
    family: familyOf(source.name).id,
    eventKeys: doc.asCited.map(eventKeyOf),
    component: { id: source.component.id, name: source.component.name },
    basis: "curated",
    verdict: doc.verdict,
    confidence: "high",
    reason: `Override ${version} by ${by}: ${reason}${/[.!?]$/.test(reason) ? "" : "."}`,
    ...(doc.substitute === undefined ? {} : { substitute: doc.substitute }),
    source: `${by}, ${at.slice(0, 10)}`,
    accepts: [...accepts.values()],
    override: { version, reason, by, at, concerns: overrideConcerns(override).map(({ text }) => text) },
  };
}

const KEY_KINDS: readonly (readonly [RegExp, EventKeyKind])[] = [
  [/^windows-|^linux-sysmon$/, "event_id"],
  [/^macos-esf$/, "es_event"],
  [/-osquery$/, "osquery_table"],
  [/^linux-auditd$/, "syscall"],
  [/^(nsm-zeek|firewall|linux-syslog|esxi|app-web-mail)$/, "log"],
  [/^(aws-|azure-|gcp|entra-id|m365|okta|google|saas|kubernetes)/, "api"],
];

function eventKeyOf(id: RecordKindId): EventKey {
  const { family, key } = splitKind(id);
  return { kind: KEY_KINDS.find(([pattern]) => pattern.test(family))?.[1] ?? "other", value: key };
}
