import { DAY_MS, endOfDay } from "@/lib/assessment/instants";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { CellResult, RequirementResult, ScoringResult } from "@/lib/assessment/scoring-result";
import { statusRank } from "@/lib/assessment/status";
import { familyById } from "@/lib/telemetry/family-of";
import { counted } from "@/lib/shared/format-number";
import { formatPercent } from "@/lib/shared/format-share";
import { CRITICAL, firstAnalytics, type Alert, type AlertKind } from "./alert";

/** An assessment, whole. */
export interface Assessed {
  readonly input: ScoringInput;
  readonly result: ScoringResult;
}

/** Of the assessment before: the number of each segment (millionths, by id), and the analytics whose cell was observed there. */
export interface EarlierPicture {
  readonly values: ReadonlyMap<string, number | null>;
  readonly observed: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What alerts are found in. standing: those that are open, so that a fall lasts until it is made good. */
export interface AlertFacts {
  readonly before: EarlierPicture | null; // null: there is none
  readonly now: Assessed;
  readonly owners: ReadonlyMap<string, string>; // segment id -> owner
  readonly acceptances: readonly { readonly key: string; readonly segmentId: string; readonly what: string; readonly owner: string; readonly expires: string; readonly cells: number; readonly analytics: readonly string[] }[]; // accepted risks
  readonly standing: readonly Alert[];
}

const OBSERVED = statusRank("observed");
const WARN_DAYS = 7; // before evidence ages out, but never more than a quarter of the policy's days
const ENDING_DAYS = 14; // before a decision ends

/**
 * Everything that is worth telling after an assessment: sources gone silent, segments fallen, proof about to go stale, claims
 * contradicted, tests withdrawn, targets missed, decisions about to end. Pure; the order is by kind, segment and key.
 */
export function findAlerts(facts: AlertFacts): Alert[] {
  const { now } = facts;
  const make = openMaker(facts);
  const cellsOf = groupCells(now);
  const lastSeen = openLastSeen(now.input);
  const found = [...fallen(facts, make, lastSeen), ...sources(now, cellsOf, make, lastSeen), ...withdrawn(facts, make, lastSeen), ...ageing(now, cellsOf, make, lastSeen), ...targets(now, make), ...endings(facts, make)];
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

type Draft = Pick<Alert, "kind" | "title" | "why" | "cells"> & { readonly segment: number; readonly about: string; readonly analytics: readonly string[]; readonly lastHost?: Alert["lastHost"]; readonly before?: number; readonly owner?: string };
type Make = (draft: Draft) => Alert;

function openMaker({ now: { input }, owners }: AlertFacts): Make {
  return ({ segment: position, about, kind, title, why, cells, analytics, lastHost = null, before = null, owner }) => {
    const segment = input.segments[position];
    if (segment === undefined) throw new Error(`no segment ${position}`);
    const { id, name, criticality } = segment;
    return { key: `${kind} ${id} ${about}`.trim(), kind, segmentId: id, segment: name, criticality, owner: owner ?? owners.get(id) ?? "", title, why, cells, analytics: firstAnalytics(analytics), lastHost, before, immediate: criticality >= CRITICAL && IMMEDIATE.has(kind) };
  };
}

// What is about to happen waits for the digest, in a critical segment too.
const IMMEDIATE: ReadonlySet<AlertKind> = new Set(["segment-fallen", "source-silent", "claims-contradicted", "test-withdrawn"]);

/** A segment whose cells fell, or one that fell before and is not back yet. Fewer hosts of the same status are no fall. */
function* fallen({ before, now, standing }: AlertFacts, make: Make, lastSeen: LastSeen): Generator<Alert> {
  const open = new Map(standing.filter(({ kind }) => kind === "segment-fallen").map((alert) => [alert.segmentId, alert]));
  for (const [position, segment] of now.input.segments.entries()) {
    const value = now.result.segments[position]?.headline.observed.value ?? null;
    const lost = lostCells(before?.observed.get(segment.id), now, position);
    const old = open.get(segment.id);
    const was = before?.values.get(segment.id) ?? null;
    if (lost.length > 0 && was !== null && value !== null && value < was) {
      const high = Math.max(was, old?.before ?? 0);
      yield make({ kind: "segment-fallen", segment: position, about: "", title: `${segment.name} fell from ${formatPercent(high)} to ${formatPercent(value)}`, why: `${counted(lost.length, "cell")} that ${lost.length === 1 ? "was" : "were"} observed ${lost.length === 1 ? "is" : "are"} not any more.`, cells: lost.length, analytics: lost, before: high, lastHost: lastSeen(segment.id, () => true) });
    } else if (old !== undefined && old.before !== null && value !== null && value < old.before) {
      yield { ...make({ kind: "segment-fallen", segment: position, about: "", title: `${segment.name} fell from ${formatPercent(old.before)} to ${formatPercent(value)}`, why: old.why, cells: old.cells, analytics: old.analytics, before: old.before, lastHost: lastSeen(segment.id, () => true) }) };
    }
  }
}

/** Analytics whose cell of a segment was observed and applies still, with a lower status. */
function lostCells(was: ReadonlySet<string> | undefined, now: Assessed, position: number): string[] {
  if (was === undefined) return [];
  return now.result.cells.flatMap(({ segment, analytic, status }) => {
    const name = now.input.analytics[analytic]?.id;
    return segment === position && name !== undefined && was.has(name) && statusRank(status) < OBSERVED ? [name] : [];
  });
}

interface HeldCell {
  readonly cell: CellResult;
  readonly analytic: string;
  readonly lines: readonly RequirementResult[];
}

function groupCells({ input, result }: Assessed): ReadonlyMap<number, readonly HeldCell[]> {
  const groups = new Map<number, HeldCell[]>();
  for (const cell of result.cells) {
    const lines = (result.details[cell.detail]?.requirements ?? []).flatMap((line) => result.requirements[line] ?? []);
    const held = { cell, analytic: input.analytics[cell.analytic]?.id ?? "", lines };
    const group = groups.get(cell.segment);
    if (group === undefined) groups.set(cell.segment, [held]);
    else group.push(held);
  }
  return groups;
}

/** Sources that fell silent, and claims that the records contradict: one alert per segment and family. */
function* sources({ input }: Assessed, cellsOf: ReadonlyMap<number, readonly HeldCell[]>, make: Make, lastSeen: LastSeen): Generator<Alert> {
  for (const [segment, cells] of cellsOf) {
    for (const [kind, code] of [["source-silent", "silent"], ["claims-contradicted", "contradicted"]] as const) {
      const families = new Map<string, { readonly analytics: string[]; readonly why: string }>();
      for (const { analytic, lines } of cells) {
        if (!lines.some(({ flags }) => flags.includes(code))) continue;
        const hit = new Map(lines.filter(({ flags }) => flags.includes(code)).flatMap(({ alternatives }) => alternatives.filter(({ why }) => why.code === code).map((alternative) => [code === "silent" ? sourceOf(alternative) : alternative.family, alternative.why.text] as const)));
        for (const [family, why] of hit) {
          const entry = families.get(family) ?? { analytics: [], why };
          entry.analytics.push(analytic);
          families.set(family, entry);
        }
      }
      for (const [family, { analytics, why }] of families) {
        const { id = "", name = "" } = input.segments[segment] ?? {};
        const title = familyTitle(family);
        yield make({ kind, segment, about: family, title: kind === "source-silent" ? `${title} went silent in ${name}` : `${title} in ${name}: the records contradict what is claimed`, why, cells: analytics.length, analytics, lastHost: lastSeen(id, (record) => record.split(":")[0] === family) });
      }
    }
  }
}

/** Cells whose validation a test withdrew. */
function* withdrawn({ now: { input, result } }: AlertFacts, make: Make, lastSeen: LastSeen): Generator<Alert> {
  for (const cell of result.cells) {
    const validation = result.details[cell.detail]?.validation;
    if (validation?.state !== "withdrawn") continue;
    const analytic = input.analytics[cell.analytic]?.id ?? "";
    const { id = "", name = "" } = input.segments[cell.segment] ?? {};
    yield make({ kind: "test-withdrawn", segment: cell.segment, about: analytic, title: `The test of ${analytic} in ${name} no longer passes`, why: validation.text, cells: 1, analytics: [analytic], lastHost: lastSeen(id, () => true) });
  }
}

/** Proof of a segment and family that runs out within days, unless newer records are imported. */
function* ageing({ input }: Assessed, cellsOf: ReadonlyMap<number, readonly HeldCell[]>, make: Make, lastSeen: LastSeen): Generator<Alert> {
  const { freshDays } = input.policy;
  const warnMs = Math.min(WARN_DAYS, Math.ceil(freshDays / 4)) * DAY_MS;
  for (const [segment, cells] of cellsOf) {
    const families = new Map<string, { analytics: string[]; newest: number; readonly kinds: Set<string> }>();
    for (const { cell, analytic, lines } of cells) {
      if (statusRank(cell.status) < OBSERVED) continue;
      for (const { critical, alternatives } of lines) {
        const proven = alternatives.filter((alternative) => alternative.proven && alternative.newest !== null);
        const best = proven.reduce<(typeof proven)[number] | undefined>((most, one) => (most === undefined || (one.newest ?? 0) > (most.newest ?? 0) ? one : most), undefined);
        if (!critical || best === undefined || best.newest === null || best.newest + freshDays * DAY_MS - input.at > warnMs) continue;
        const source = sourceOf(best);
        const entry = families.get(source) ?? { analytics: [], newest: best.newest, kinds: new Set<string>() };
        entry.analytics.push(analytic);
        entry.newest = Math.min(entry.newest, best.newest);
        if (best.kind !== null) entry.kinds.add(best.kind);
        families.set(source, entry);
      }
    }
    for (const [family, { analytics, newest, kinds }] of families) {
      const { id = "", name = "" } = input.segments[segment] ?? {};
      const count = new Set(analytics).size;
      yield make({ kind: "evidence-ageing", segment, about: family, title: `Proof from ${familyTitle(family)} in ${name} runs out on ${sayDay(newest + freshDays * DAY_MS)}`, why: `${counted(count, "observed cell")} ${count === 1 ? "rests" : "rest"} on ${sayKinds(kinds)} of ${sayDay(newest)} or little later; proof counts for ${counted(freshDays, "day")}.`, cells: count, analytics, lastHost: lastSeen(id, (record) => kinds.has(record)) });
    }
  }
}

/** Targets whose day has passed. */
function* targets({ input, result }: Assessed, make: Make): Generator<Alert> {
  for (const [segment, { name, target }] of input.segments.entries()) {
    const measure = result.segments[segment]?.headline.observed;
    if (target === null || target.date === null || measure === undefined || endOfDay(target.date) >= input.at || (measure.value ?? 0) >= target.value) continue;
    yield make({ kind: "target-missed", segment, about: target.date, title: `${name} missed its target of ${formatPercent(target.value)} by ${target.date}`, why: measure.value === null ? "There is no evidence." : `It stands at ${formatPercent(measure.value)}, ${measure.k} of ${counted(measure.n, "cell")}.`, cells: measure.n - measure.k, analytics: [], ...(target.owner === "" ? {} : { owner: target.owner }) });
  }
}

/** Exclusions and accepted risks that end within days. */
function* endings({ now: { input }, acceptances }: AlertFacts, make: Make): Generator<Alert> {
  const position = new Map(input.segments.map(({ id }, index) => [id, index]));
  const ends = (expires: string): boolean => {
    const end = endOfDay(expires);
    return end >= input.at && end - input.at <= ENDING_DAYS * DAY_MS;
  };
  for (const { segment: id, analytic, reason, owner, expires } of input.exclusions) {
    const segment = position.get(id);
    if (segment !== undefined && ends(expires)) yield make({ kind: "exclusion-ending", segment, about: analytic, title: `The exclusion of ${analytic} in ${input.segments[segment]?.name ?? ""} ends on ${expires}`, why: `Its reason was: ${reason}`, cells: 1, analytics: [analytic], owner });
  }
  for (const { key, segmentId, what, owner, expires, cells, analytics } of acceptances) {
    const segment = position.get(segmentId);
    if (segment !== undefined && ends(expires)) yield make({ kind: "acceptance-ending", segment, about: key, title: `The accepted risk "${what}" in ${input.segments[segment]?.name ?? ""} ends on ${expires}`, why: "After that day the gap is open again.", cells, analytics, owner });
  }
}

type LastHost = NonNullable<Alert["lastHost"]>;
type LastSeen = (segmentId: string, counts: (kind: string) => boolean) => LastHost | null;

/** Opens the question which host of a segment wrote the newest record of some kinds, not later than T: asked for every alert, so what each kind saw last is found once. */
function openLastSeen({ aggregates, measurements, at }: ScoringInput): LastSeen {
  const newest = new Map<string, Map<string, LastHost>>(); // segment -> kind
  const see = (segment: string, kind: string, host: string, time: number | null): void => {
    if (time === null || host === "" || time > at) return;
    let kinds = newest.get(segment);
    if (kinds === undefined) newest.set(segment, (kinds = new Map()));
    const last = kinds.get(kind);
    if (last === undefined || isLater({ host, at: time }, last)) kinds.set(kind, { host, at: time });
  };
  for (const { segment, kind, host, freshLast, staleLast } of aggregates) {
    see(segment, kind, host, freshLast);
    see(segment, kind, host, staleLast);
  }
  for (const { segment, kind, hosts } of measurements) for (const { host, count, last } of hosts) if (count > 0) see(segment, kind, host, last);
  return (segment, counts) => {
    let last: LastHost | null = null;
    for (const [kind, seen] of newest.get(segment) ?? []) if (counts(kind) && (last === null || isLater(seen, last))) last = seen;
    return last;
  };
}

/** Of two that were seen at the same time the first by name. */
function isLater(one: LastHost, other: LastHost): boolean {
  return one.at > other.at || (one.at === other.at && one.host < other.host);
}

/** The family whose records prove a reference, or came nearest: an equivalent's where the cited one has none. */
function sourceOf({ kind, family }: { readonly kind: string | null; readonly family: string }): string {
  return kind?.split(":")[0] ?? family;
}

const MOST_KINDS = 3;

/** "records of exec and open" */
function sayKinds(kinds: ReadonlySet<string>): string {
  const keys = [...kinds].map((kind) => kind.split(":").slice(1).join(":")).sort();
  const more = keys.length - MOST_KINDS;
  return keys.length === 0 ? "records" : `records (${keys.slice(0, MOST_KINDS).join(", ")}${more > 0 ? ` and ${more} more` : ""})`;
}

function sayDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function familyTitle(family: string): string {
  return familyById(family)?.title ?? family;
}
