import { familyOfKind } from "@/lib/assessment/index-evidence";
import { DAY_MS, endOfDay } from "@/lib/assessment/instants";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { AlternativeResult, CellResult, RequirementResult, ScoringResult } from "@/lib/assessment/scoring-result";
import { statusRank } from "@/lib/assessment/status";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { familyById } from "@/lib/telemetry/family-of";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatPercents } from "@/lib/shared/format-share";
import { CRITICAL, type Alert, type AlertKind } from "./alert";
import { openConcernedFamilies, type ClaimedFamily, type ConcernedFamilies } from "./concerned-families";
import { openLastSeen, type LastSeen, type Seen } from "./last-seen";

/** An assessment, whole. */
export interface Assessed {
  readonly input: ScoringInput;
  readonly result: ScoringResult;
}

/** Of the assessment before: the number of each segment (millionths, by id), and the analytics whose cell was observed there. */
export interface EarlierPicture {
  readonly releases: Readonly<Record<string, string>>; // that it asked, by domain
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
  const ask = openQuestions(now.input);
  const found = [...fallen(facts, cellsOf, make, ask), ...sources(now, cellsOf, make, ask), ...withdrawn(facts, make, ask), ...ageing(now, cellsOf, make, ask), ...targets(now, cellsOf, make, ask), ...endings(facts, make, ask)];
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

type Draft = Pick<Alert, "kind" | "title" | "why" | "cells"> & Seen & { readonly segment: number; readonly about: string; readonly analytics: readonly string[]; readonly before?: number | null; readonly owner?: string };
type Make = (draft: Draft) => Alert;

function openMaker({ now: { input }, owners }: AlertFacts): Make {
  return ({ segment: position, about, kind, title, why, cells, analytics, lastHost, noHost, before = null, owner }) => {
    const segment = input.segments[position];
    if (segment === undefined) throw new Error(`no segment ${position}`);
    const { id, name, criticality } = segment;
    return { key: `${kind} ${id} ${about}`.trim(), kind, segmentId: id, segment: name, criticality, owner: owner ?? owners.get(id) ?? "", title, why, cells, analytics: [...new Set(analytics)].sort(), lastHost, noHost, before, immediate: criticality >= CRITICAL && IMMEDIATE.has(kind) };
  };
}

/** What alerts ask of the evidence. */
interface Questions {
  readonly concerned: ConcernedFamilies;
  readonly lastSeen: LastSeen;
  /** The host of a segment that was seen last in what some analytics, by id, could rest on. */
  seenFor(segment: { readonly id: string; readonly name: string }, analytics: readonly string[]): Seen;
}

function openQuestions(input: ScoringInput): Questions {
  const concerned = openConcernedFamilies(input);
  const lastSeen = openLastSeen(input);
  const positions = new Map(input.analytics.map(({ id }, position) => [id, position]));
  return {
    concerned,
    lastSeen,
    seenFor(segment, analytics) {
      const families = new Set(analytics.flatMap((id) => [...concerned.ofAnalytic(positions.get(id) ?? -1)]));
      return lastSeen(segment, (kind) => families.has(familyOfKind(kind)), families);
    },
  };
}

// What is about to happen waits for the digest, in a critical segment too.
const IMMEDIATE: ReadonlySet<AlertKind> = new Set(["segment-fallen", "source-silent", "claims-contradicted", "test-withdrawn"]);

/**
 * A segment whose cells fell, or one that fell before and is not back yet. Fewer hosts of the same status are no fall. A fall lasts
 * until its share is back; where the release changed meanwhile, until its cells are: shares of two releases are of different cells.
 */
function* fallen({ before, now, standing }: AlertFacts, cellsOf: ReadonlyMap<number, readonly HeldCell[]>, make: Make, ask: Questions): Generator<Alert> {
  const open = new Map(standing.filter(({ kind }) => kind === "segment-fallen").map((alert) => [alert.segmentId, alert]));
  const alike = before !== null && canonicalJson(before.releases) === canonicalJson(now.input.releases);
  for (const [position, segment] of now.input.segments.entries()) {
    const measure = now.result.segments[position]?.headline.observed;
    const cells = cellsOf.get(position) ?? [];
    const value = measure?.value ?? null;
    const was = before?.values.get(segment.id) ?? null;
    const old = open.get(segment.id);
    if (measure === undefined || value === null) continue;
    const lost = lostCells(before?.observed.get(segment.id), cells);
    const missing = lostCells(new Set(old?.analytics), cells);
    const tell = (analytics: readonly string[], high: number | null): Alert => {
      const { title, why } = high === null ? sayLostCells(segment.name, analytics.length, measure) : { title: sayFall(segment.name, high, value), why: sayLost(analytics.length, measure) };
      return make({ kind: "segment-fallen", segment: position, about: "", title, why, cells: analytics.length, analytics, before: high, ...ask.seenFor(segment, analytics) });
    };
    const inShares = alike && (old === undefined || old.before !== null);
    if (inShares && lost.length > 0 && was !== null && value < was) yield tell(lost, Math.max(was, old?.before ?? 0));
    else if (inShares && old?.before && value < old.before) yield tell(old.analytics, old.before);
    else if (!inShares && lost.length + missing.length > 0) yield tell([...new Set([...missing, ...lost])], null);
  }
}

function sayLostCells(name: string, cells: number, measure: { readonly k: number; readonly n: number }): { readonly title: string; readonly why: string } {
  return { title: `${name} lost ${counted(cells, "cell")} that ${cells === 1 ? "was" : "were"} observed`, why: `${sayLost(cells, measure)} The release of ATT&CK changed meanwhile, so shares are not compared.` };
}

/** What fell, and how many cells are observed now: the shares of the title have their counts. */
function sayLost(cells: number, { k, n }: { readonly k: number; readonly n: number }): string {
  return `${counted(cells, "cell")} that ${cells === 1 ? "was" : "were"} observed ${cells === 1 ? "is" : "are"} not any more; ${formatCount(k)} of ${counted(n, "cell")} ${k === 1 ? "is" : "are"}.`;
}

function sayFall(name: string, from: number, to: number): string {
  const [was, is] = formatPercents(from, to);
  return `${name} fell from ${was} to ${is}`;
}

/** Analytics whose cell of a segment was observed and applies still, with a lower status. */
function lostCells(was: ReadonlySet<string> | undefined, cells: readonly HeldCell[]): string[] {
  return was === undefined ? [] : cells.flatMap(({ cell, analytic }) => (was.has(analytic) && statusRank(cell.status) < OBSERVED ? [analytic] : []));
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

/** Sources that fell silent, and claims that the records contradict: one alert per segment and family, that of the records or claims and not the one that ATT&CK cites. */
function* sources({ input }: Assessed, cellsOf: ReadonlyMap<number, readonly HeldCell[]>, make: Make, { concerned, lastSeen }: Questions): Generator<Alert> {
  const freshOf = countFresh(input);
  for (const [position, cells] of cellsOf) {
    const segment = input.segments[position];
    if (segment === undefined) continue;
    const claimedFor = (cell: CellResult, line: RequirementResult, alternative: AlternativeResult): readonly ClaimedFamily[] => {
      const claimed = concerned.claimedFor(cell.analytic, segment.id, line, alternative);
      return claimed.length > 0 ? claimed : [{ family: sourceOf(alternative), sources: [] }];
    };
    for (const [kind, code] of [["source-silent", "silent"], ["claims-contradicted", "contradicted"]] as const) {
      const families = new Map<string, { readonly analytics: Set<string>; readonly why: string; readonly sources: Set<string> }>();
      for (const { cell, analytic, lines } of cells) {
        for (const line of lines) {
          if (!line.flags.includes(code)) continue;
          for (const alternative of line.alternatives) {
            if (alternative.why.code !== code) continue;
            const claimed = code === "silent" && alternative.kind !== null ? [{ family: sourceOf(alternative), sources: [] }] : claimedFor(cell, line, alternative);
            const counting = code === "silent" ? [] : claimed.filter(({ family }) => freshOf(segment.id, family) >= input.policy.contradictionRecords);
            for (const { family, sources: named } of counting.length > 0 ? counting : claimed) {
              const entry = families.get(family) ?? { analytics: new Set<string>(), why: alternative.why.text, sources: new Set<string>() };
              entry.analytics.add(analytic);
              for (const source of named) entry.sources.add(source);
              families.set(family, entry);
            }
          }
        }
      }
      for (const [family, { analytics, why, sources: named }] of families) {
        const title = familyTitle(family);
        yield make({ kind, segment: position, about: family, title: kind === "source-silent" ? `${title} went silent in ${segment.name}` : `${title} in ${segment.name}: the records contradict ${sayClaimants(named)}`, why, cells: analytics.size, analytics: [...analytics], ...lastSeen(segment, (record) => familyOfKind(record) === family, [family]) });
      }
    }
  }
}

/** Opens the question how many fresh records a segment has of a family. */
function countFresh({ aggregates }: ScoringInput): (segment: string, family: string) => number {
  const counts = new Map<string, number>();
  for (const { segment, kind, fresh } of aggregates) {
    const key = `${familyOfKind(kind)} ${segment}`;
    counts.set(key, (counts.get(key) ?? 0) + fresh);
  }
  return (segment, family) => counts.get(`${family} ${segment}`) ?? 0;
}

/** what "edr agents" claims */
function sayClaimants(sources: ReadonlySet<string>): string {
  const [first] = [...sources].sort();
  if (first === undefined) return "what is claimed";
  return sources.size === 1 ? `what "${first}" claims` : `what "${first}" and ${counted(sources.size - 1, "other entry", "other entries")} claim`;
}

/** Cells whose validation a test withdrew. */
function* withdrawn({ now: { input, result } }: AlertFacts, make: Make, ask: Questions): Generator<Alert> {
  for (const cell of result.cells) {
    const validation = result.details[cell.detail]?.validation;
    if (validation?.state !== "withdrawn") continue;
    const analytic = input.analytics[cell.analytic]?.id ?? "";
    const { id = "", name = "" } = input.segments[cell.segment] ?? {};
    yield make({ kind: "test-withdrawn", segment: cell.segment, about: analytic, title: `The test of ${analytic} in ${name} no longer passes`, why: validation.text, cells: 1, analytics: [analytic], ...ask.seenFor({ id, name }, [analytic]) });
  }
}

/** Proof of a segment and family that runs out within days, unless newer records are imported. */
function* ageing({ input }: Assessed, cellsOf: ReadonlyMap<number, readonly HeldCell[]>, make: Make, { lastSeen }: Questions): Generator<Alert> {
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
      yield make({ kind: "evidence-ageing", segment, about: family, title: `Proof from ${familyTitle(family)} in ${name} runs out on ${sayDay(newest + freshDays * DAY_MS)}`, why: `${counted(count, "observed cell")} ${count === 1 ? "rests" : "rest"} on ${sayKinds(kinds)} of ${sayDay(newest)} or a little later; proof counts for ${counted(freshDays, "day")}.`, cells: count, analytics, ...lastSeen({ id, name }, (record) => kinds.has(record), [family]) });
    }
  }
}

/** Targets whose day has passed, with the cells that are missing. */
function* targets({ input, result }: Assessed, cellsOf: ReadonlyMap<number, readonly HeldCell[]>, make: Make, ask: Questions): Generator<Alert> {
  for (const [position, segment] of input.segments.entries()) {
    const { name, target } = segment;
    const measure = result.segments[position]?.headline.observed;
    if (target === null || target.date === null || measure === undefined || endOfDay(target.date) >= input.at || (measure.value ?? 0) >= target.value) continue;
    const missing = (cellsOf.get(position) ?? []).flatMap(({ cell, analytic }) => (statusRank(cell.status) < OBSERVED ? [analytic] : []));
    const [wanted, is] = formatPercents(target.value, measure.value ?? 0);
    yield make({ kind: "target-missed", segment: position, about: target.date, title: `${name} missed its target of ${wanted} by ${target.date}`, why: measure.value === null ? "There is no evidence." : `It stands at ${is}, ${measure.k} of ${counted(measure.n, "cell")}.`, cells: measure.n - measure.k, analytics: missing, ...ask.seenFor(segment, missing), ...(target.owner === "" ? {} : { owner: target.owner }) });
  }
}

/** Exclusions and accepted risks that end within days. */
function* endings({ now: { input }, acceptances }: AlertFacts, make: Make, ask: Questions): Generator<Alert> {
  const position = new Map(input.segments.map(({ id }, index) => [id, index]));
  const ends = (expires: string): boolean => {
    const end = endOfDay(expires);
    return end >= input.at && end - input.at <= ENDING_DAYS * DAY_MS;
  };
  for (const { segment: id, analytic, reason, owner, expires } of input.exclusions) {
    const index = position.get(id) ?? -1;
    const segment = input.segments[index];
    if (segment !== undefined && ends(expires)) yield make({ kind: "exclusion-ending", segment: index, about: analytic, title: `The exclusion of ${analytic} in ${segment.name} ends on ${expires}`, why: `Its reason was: ${reason}`, cells: 1, analytics: [analytic], ...ask.seenFor(segment, [analytic]), owner });
  }
  for (const { key, segmentId, what, owner, expires, cells, analytics } of acceptances) {
    const index = position.get(segmentId) ?? -1;
    const segment = input.segments[index];
    if (segment !== undefined && ends(expires)) yield make({ kind: "acceptance-ending", segment: index, about: key, title: `The accepted risk "${what}" in ${segment.name} ends on ${expires}`, why: "After that day the gap is open again.", cells, analytics, ...ask.seenFor(segment, analytics), owner });
  }
}

/** The family whose records prove a reference, or came nearest: an equivalent's where the cited one has none. */
function sourceOf({ kind, family }: { readonly kind: string | null; readonly family: string }): string {
  return kind === null ? family : familyOfKind(kind);
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
