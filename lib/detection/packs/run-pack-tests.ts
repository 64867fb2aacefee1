import type { ParsedRecord } from "@/lib/events/types";
import { startExplanation, type SampleExplanation } from "../explain/start-explanation";
import type { RuleSet } from "../sigma/link-rules";
import { startDetection, type DetectionResult } from "../start-detection";
import { findSignal, linkPackRules } from "./link-pack-rules";
import type { ExpectedMiss, Pack, PackTest } from "./pack-schema";
import { readPackSample, type ReadSample } from "./read-pack-sample";
import type { ElementValue } from "./tune-rules";

/** A signal that fired, and the records of its first firing or match: by sample file and number in that file. */
export interface FiredSignal {
  readonly signal: string;
  readonly times: number;
  readonly records: readonly { readonly file: string; readonly record: number }[];
}

/** Why a signal did not fire, as explain says. */
export interface MissedSignal {
  readonly signal: string;
  readonly reason: string;
  readonly stage: string | null; // of a correlation
  readonly fields: readonly string[]; // of a rule: those that came out otherwise
  readonly detail: string;
  readonly bySeconds: number | null;
}

/** What came of one test of a pack. */
export interface PackTestResult {
  readonly test: string;
  readonly kind: PackTest["kind"];
  readonly passed: boolean;
  readonly problems: readonly string[]; // sentences; empty when it passed
  readonly fired: readonly FiredSignal[];
  readonly missed: readonly MissedSignal[]; // every signal that did not fire
  readonly records: number;
}

/**
 * Runs a pack's tests: each reads its samples together and must fire exactly the signals it names; of a near miss, explain
 * must give the reason it names. A sample with a record that cannot be read passes nothing.
 *
 * @param values of mutable elements; absent: the pack's defaults. What a test itself sets belongs to its sample and stays.
 */
export function runPackTests(pack: Pack, values?: ReadonlyMap<string, ElementValue>): PackTestResult[] {
  const set = linkPackRules(pack, values);
  const setFor = ({ values: own }: PackTest): RuleSet => (Object.keys(own).length === 0 ? set : linkPackRules(pack, new Map([...(values ?? []), ...Object.entries(own)])));
  const read = new Map(pack.manifest.samples.map((sample) => [sample.file, readPackSample(pack, sample)]));
  return pack.manifest.tests.map((test) => runTest(setFor(test), test, pack.manifest.signals, read));
}

function runTest(set: RuleSet, test: PackTest, signals: readonly string[], read: ReadonlyMap<string, ReadSample>): PackTestResult {
  const { records, places, refused } = together(test.samples, read);
  const detection = startDetection(set, { ignoreLogsource: false });
  const explanation = startExplanation(set, { ignoreLogsource: false });
  for (const record of records) {
    detection.record(record);
    explanation.record(record);
  }
  const found = detection.finish();
  const why = explanation.finish();
  const fired = signals.flatMap((signal) => firingsOf(set, signal, found, places) ?? []);
  const names = new Set(fired.map(({ signal }) => signal));
  const missed = signals.flatMap((signal) => (names.has(signal) ? [] : (missOf(set, signal, why) ?? [])));
  const problems = [...refused, ...wrongFirings(test, names, missed), ...test.misses.flatMap((miss) => wrongReason(miss, missed.find(({ signal }) => signal === miss.signal)) ?? [])];
  return { test: test.name, kind: test.kind, passed: problems.length === 0, problems, fired, missed, records: records.length };
}

/** The records of several files as one sample, numbered on from file to file. */
function together(files: readonly string[], read: ReadonlyMap<string, ReadSample>) {
  const records: ParsedRecord[] = [];
  const places: { file: string; record: number }[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const sample = read.get(file) ?? { records: [], refused: [`${file} is not among the samples.`] };
    if (sample.records.length === 0) refused.push(`${file} holds no record.`);
    refused.push(...sample.refused);
    for (const record of sample.records) {
      places.push({ file, record: record.number });
      records.push({ ...record, number: places.length });
    }
  }
  return { records, places, refused };
}

function firingsOf(set: RuleSet, signal: string, { matches, fired }: DetectionResult, places: readonly { file: string; record: number }[]): FiredSignal | null {
  const found = findSignal(set, signal);
  if (found === null) return null;
  const events = found.kind === "rule" ? matches.filter(({ rule }) => rule === found.index).map(({ event }) => [event]) : fired.filter(({ correlation }) => correlation === found.index).map((one) => one.events);
  const [first] = events;
  return first === undefined ? null : { signal, times: events.length, records: first.flatMap((event) => places[event - 1] ?? []) };
}

function missOf(set: RuleSet, signal: string, { rules, correlations }: SampleExplanation): MissedSignal | null {
  const found = findSignal(set, signal);
  if (found === null) return null;
  if (found.kind === "rule") {
    const rule = rules[found.index];
    const deciding = rule?.items.filter(({ decides }) => decides) ?? [];
    return { signal, reason: "not-matched", stage: null, fields: deciding.map(({ field, path }) => field ?? path), detail: deciding.map(({ path, wanted }) => `${path} wants ${wanted}`).join("; "), bySeconds: null };
  }
  const miss = correlations[found.index]?.nearestMiss;
  return miss === null || miss === undefined ? null : { signal, reason: miss.kind, stage: miss.stage, fields: [], detail: miss.detail, bySeconds: miss.bySeconds ?? null };
}

function wrongFirings(test: PackTest, fired: ReadonlySet<string>, missed: readonly MissedSignal[]): string[] {
  const silent = test.fires.filter((signal) => !fired.has(signal)).map((signal) => {
    const why = missed.find((one) => one.signal === signal);
    return `"${signal}" should fire and did not${why === undefined ? "" : `: ${why.reason}${why.stage === null ? "" : ` at ${why.stage}`}. ${why.detail}`}`;
  });
  const loud = [...fired].filter((signal) => !test.fires.includes(signal)).map((signal) => `"${signal}" fires and should not.`);
  return [...silent, ...loud];
}

function wrongReason(wanted: ExpectedMiss, found: MissedSignal | undefined): string | null {
  if (found === undefined) return `"${wanted.signal}" should miss, and it fires.`;
  if (wanted.reason === "not-matched") return found.fields.includes(wanted.field) ? null : `"${wanted.signal}" should miss by ${wanted.field}, and explain says: ${found.detail}`;
  const right = found.reason === wanted.reason && found.stage === wanted.stage && (wanted.bySeconds === undefined || found.bySeconds === wanted.bySeconds);
  return right ? null : `"${wanted.signal}" should miss by ${wanted.reason} at ${wanted.stage}${wanted.bySeconds === undefined ? "" : ` (${wanted.bySeconds} s)`}, and explain says ${found.reason} at ${found.stage ?? "nothing"}${found.bySeconds === null ? "" : ` (${found.bySeconds} s)`}: ${found.detail}`;
}
