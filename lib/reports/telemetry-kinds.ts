import { familyOfKind, type SegmentEvidence } from "@/lib/assessment/index-evidence";
import { OWN, type KindEvidence } from "@/lib/assessment/weigh-kind";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { componentById } from "@/lib/telemetry/component-index";
import { redactedEntry, filledFields } from "@/lib/telemetry/fill-shape";
import { componentsOfKind, splitKind } from "@/lib/telemetry/record-kinds";
import { requiredFields } from "@/lib/telemetry/required-fields";
import { claimsOfSource } from "./telemetry-cell";
import { totalSource, type SourceGround, type TelemetryEvidence } from "./telemetry-evidence";
import type { SourceField, SourceKind } from "./telemetry-source-view";

/** What the analytics of a segment ask of each kind of a source. */
interface Asked {
  readonly analytics: Set<number>;
  readonly citing: Set<number>;
  readonly components: Map<string, number>; // DC id -> field set
}

/** Event keys of a source in a segment: those seen, those claimed by name, those that references cite by name; asked ones first, then by records. */
export function listSourceKinds(evidence: TelemetryEvidence, position: number, family: string, source: SourceGround): SourceKind[] {
  const segment = evidence.index.segments[position];
  if (segment === undefined) return [];
  const asked = askedKinds(evidence, position, family);
  const claims = claimsOfSource(segment, family);
  const claimed = new Set(claims.flatMap(({ claim }) => claim.kinds));
  const named = claims.filter(({ claim }) => claim.channel.trim() !== "").flatMap(({ claim }) => claim.kinds.filter((kind) => familyOfKind(kind) === family));
  const enough = (segment.freshByFamily.get(family) ?? 0) >= evidence.input.policy.contradictionRecords;
  const cited = [...asked].flatMap(([kind, { citing }]) => (citing.size > 0 ? [kind] : []));
  const kinds = [...new Set([...source.kinds, ...named, ...cited])];
  return kinds
    .map((kind): SourceKind => {
      const totals = totalSource(source, [kind]);
      const ask = asked.get(kind);
      const weighed = [...(ask?.components ?? [])].map(([component, fieldSet]) => ({ component, proof: source.weigh(kind, fieldSet) }));
      return {
        kind,
        key: splitKind(kind).key,
        components: componentsOfKind(kind).map(nameOf),
        records: totals.records,
        hosts: totals.hosts.size,
        first: firstOf(evidence, segment, kind),
        last: totals.newest,
        stale: totals.stale,
        foreign: foreignRecords(source, kind),
        claimed: claimed.has(kind),
        contradicted: claimed.has(kind) && enough && !segment.freshKinds.has(kind),
        cited: ask?.citing.size ?? 0,
        accepted: ask?.analytics.size ?? 0,
        proves: weighed.filter(({ proof }) => proof.proven).map(({ component }) => nameOf(component)),
        why: weighed.length > 0 && weighed.every(({ proof }) => !proof.proven) ? sayShort(weighed[0]?.proof, evidence) : "",
      };
    })
    .sort((a, b) => Number(b.cited > 0) - Number(a.cited > 0) || b.records - a.records || b.accepted - a.accepted || (a.kind < b.kind ? -1 : 1));
}

function askedKinds({ units, bySegment, index }: TelemetryEvidence, position: number, family: string): Map<string, Asked> {
  const found = new Map<string, Asked>();
  for (const { analytic } of bySegment[position] ?? []) {
    for (const unit of units[analytic]?.get(family) ?? []) {
      const alternative = index.input.analytics[analytic]?.requirements[unit.requirement]?.alternatives[unit.alternative];
      for (const { kind, met, fields } of index.accepted[unit.accepts]?.kinds ?? []) {
        if (familyOfKind(kind) !== family) continue;
        const asked = found.get(kind) ?? { analytics: new Set(), citing: new Set(), components: new Map() };
        found.set(kind, asked);
        asked.analytics.add(analytic);
        asked.components.set(unit.component.id, fields);
        // A reference in free text accepts whatever carries the component: it names no event.
        if (unit.cites && met === "as-cited" && alternative?.basis !== "component") asked.citing.add(analytic);
      }
    }
  }
  return found;
}

function nameOf(component: string): string {
  return componentById(component)?.name ?? component;
}

function firstOf({ input }: TelemetryEvidence, segment: SegmentEvidence, kind: string): number | null {
  return (segment.rows.get(kind) ?? []).reduce<number | null>((first, row) => {
    const ms = input.aggregates[row]?.freshFirst ?? null;
    return ms === null ? first : first === null ? ms : Math.min(first, ms);
  }, null);
}

function foreignRecords({ ground }: SourceGround, kind: string): number {
  const { segment, standing, index } = ground;
  return (segment.rows.get(kind) ?? []).reduce((sum, row) => (standing[index.columns.host[row] ?? -1] === OWN ? sum : sum + (index.columns.fresh[row] ?? 0)), 0);
}

/** Why records of a kind prove nothing, in the order in which somebody would repair it. */
export function sayShort(proof: KindEvidence | undefined, { input }: Pick<TelemetryEvidence, "input">): string {
  if (proof === undefined) return "";
  const { fresh, filled, missing, hosts, stale, foreign, hostless, untimed, future, silent } = proof;
  if (silent) return "the source is silent";
  if (fresh === 0) {
    if (foreign > 0) return `${foreign} fresh records, none of a host of the segment`;
    if (hostless > 0) return `${hostless} fresh records name no host`;
    if (stale > 0) return `no record of the last ${input.policy.freshDays} days`;
    if (untimed > 0) return `${untimed} records without a usable time`;
    return future > 0 ? `${future} records of the future` : "never seen";
  }
  if (missing.length > 0) return `${missing.map(({ fields, redacted }) => `${fields.join(" or ")}${redacted > 0 ? " (hidden)" : ""}`).join(", ")}: filled in too few records (${filled} of ${fresh} hold all)`;
  return filled < input.policy.minEvents ? `${filled} of the ${input.policy.minEvents} records needed` : `from ${hosts.length} hosts: too few`;
}

/** Fill of every canonical field over the fresh records of a source, and which components need it; needed and empty first. */
export function listSourceFields({ input }: TelemetryEvidence, source: SourceGround): SourceField[] {
  const { segment, standing, index } = source.ground;
  const needed = new Map<string, Set<string>>();
  const filled = new Map<string, number>();
  const redacted = new Map<string, number>();
  const perField = new Map<string, number>(); // records of kinds that need the field
  let total = 0;
  for (const kind of source.kinds) {
    const fields = new Set<string>();
    for (const component of componentsOfKind(kind)) {
      const { required, anyOf } = requiredFields(component, kind);
      for (const field of [...required, ...anyOf.flat()]) {
        fields.add(field);
        needed.set(field, (needed.get(field) ?? new Set()).add(nameOf(component)));
      }
    }
    for (const row of segment.rows.get(kind) ?? []) {
      const fresh = index.columns.fresh[row] ?? 0;
      if (fresh === 0 || standing[index.columns.host[row] ?? -1] !== OWN) continue;
      total += fresh;
      const shape = input.shapes[index.columns.shape[row] ?? -1] ?? [];
      for (const field of filledFields(shape)) filled.set(field, (filled.get(field) ?? 0) + fresh);
      for (const field of fields) {
        perField.set(field, (perField.get(field) ?? 0) + fresh);
        if (shape.includes(redactedEntry(field))) redacted.set(field, (redacted.get(field) ?? 0) + fresh);
      }
    }
  }
  if (total === 0) return [];
  const share = ({ filled: some, of }: SourceField): number => (of === 0 ? 1 : some / of);
  return [...new Set([...needed.keys(), ...filled.keys()])]
    .map((id): SourceField => ({ id, meaning: CANONICAL_FIELDS.get(id)?.meaning ?? "", filled: filled.get(id) ?? 0, redacted: redacted.get(id) ?? 0, of: Math.max(perField.get(id) ?? 0, needed.has(id) ? (filled.get(id) ?? 0) : total), requiredBy: [...(needed.get(id) ?? [])].sort() }))
    .sort((a, b) => Number(b.requiredBy.length > 0) - Number(a.requiredBy.length > 0) || share(a) - share(b) || (a.id < b.id ? -1 : 1));
}

