import { SeriesInterner } from "../../intern-series";
import type { CanonicalFields, ParsedRecord, RecordFacts } from "../../types";
import { probesVisitor, type ProbeRow } from "../../visitors/probes";
import { probeById } from "../index";
import type { GradeContext, Graded, ProbeId } from "../probe";
import { RecordView } from "../record-view";

/** A record in few words: what is left out is unremarkable. */
export interface Sketch {
  readonly kind?: string; // "family:key"
  readonly host?: string;
  readonly ms?: number | null;
  readonly precision?: "s" | "ms" | "us" | "ns";
  readonly zone?: "known" | "unknown";
  readonly length?: number;
  readonly fields?: CanonicalFields;
  readonly facts?: RecordFacts;
  readonly redacted?: readonly string[];
  readonly native?: unknown;
}

export const T0 = Date.UTC(2026, 1, 3, 9);

/** Parsed records, one after the other a second apart. */
export function records(sketches: readonly Sketch[]): ParsedRecord[] {
  return sketches.map(({ kind = "windows-sysmon:1", host = "ws-1", ms, precision = "ms", zone = "known", length = 100, fields = {}, facts, redacted, native = null }, i) => {
    const at = ms === undefined ? T0 + i * 1000 : ms;
    const colon = kind.indexOf(":");
    return {
      number: i + 1,
      offset: i * 100,
      length,
      time: at === null ? null : { ms: at, text: new Date(at).toISOString(), precision, zone, field: "t" },
      host: host === "" ? null : host,
      kind: { family: kind.slice(0, colon), key: kind.slice(colon + 1) },
      fields: host === "" ? fields : { ...fields, host },
      ...(facts === undefined ? {} : { facts }),
      ...(redacted === undefined ? {} : { redacted }),
      native,
    };
  });
}

/** What the visitor makes of them. */
export function rowsOf(sketches: readonly Sketch[]): ProbeRow[] {
  const visitor = probesVisitor(new RecordView(new SeriesInterner()));
  let state = visitor.start();
  for (const record of records(sketches)) state = visitor.record(state, record, record.host ?? "");
  return visitor.finish(state);
}

export const CONTEXT: GradeContext = { family: "windows-sysmon", hosts: 10, roster: null, claimedKinds: [], retentionDays: null, lookBackDays: 30, windowMs: null };

/** One probe over records of one source: its grade and the numbers of its examples. */
export function runProbe(id: ProbeId, sketches: readonly Sketch[], context: Partial<GradeContext> = {}): Graded & { readonly examples: readonly number[] } {
  const row = rowsOf(sketches).find(({ probe }) => probe === id);
  const probe = probeById(id);
  if (row === undefined || probe === null) throw new Error(`no row of ${id}`);
  return { ...probe.grade(row.summary, { ...CONTEXT, ...context }), examples: row.examples.map(({ number }) => number) };
}

/** n sketches, each made from its position. */
export function many(n: number, make: (i: number) => Sketch): Sketch[] {
  return Array.from({ length: n }, (_, i) => make(i));
}
