import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { fleetPartsSchema, segmentPartsSchema, type InputParts } from "./input-parts";
import { scanInputParts } from "./scan-input-parts";
import type { ScoringInput } from "./scoring-input";
import { AT, makeAnalytic, makeClaim, makeInput, makeRecords, makeSegment } from "./testing/make-input";

function scan(text: Uint8Array, size: number): InputParts {
  const scanner = scanInputParts();
  for (let from = 0; from < text.length; from += size) scanner.push(text.subarray(from, from + size));
  return scanner.end();
}

/** What lies at these places of a text. */
function lying(text: Buffer, ranges: readonly number[]): unknown[] {
  const parts = ranges.flatMap((from, at) => (at % 2 === 0 ? [text.toString("utf8", from, ranges[at + 1])] : []));
  return JSON.parse(`[${parts.join(",")}]`) as unknown[];
}

// Names as people and files write them: quotes, backslashes, line breaks, letters of several bytes, and what looks like the document itself.
const name = fc.oneof(fc.string({ unit: "grapheme", maxLength: 6 }), fc.constantFrom('"', "\\", '\\"', "é€😀", '"},{"segment":"a', "segment", "constructor", "a\nb", "]", ""));
const inputs = fc
  .record({
    segments: fc.uniqueArray(name, { maxLength: 4 }),
    analytics: fc.uniqueArray(name, { maxLength: 4 }),
    rows: fc.array(fc.record({ segment: name, kind: name, dataset: name, host: name, fresh: fc.nat(9) }), { maxLength: 12 }),
    claims: fc.array(fc.record({ segment: name, source: name }), { maxLength: 6 }),
    counted: fc.array(fc.record({ segment: name, kind: name, host: name }), { maxLength: 4 }),
    graded: fc.array(fc.record({ segment: name, says: name }), { maxLength: 4 }),
    accepts: fc.array(name, { maxLength: 3 }),
    techniques: fc.dictionary(name, fc.nat(9), { noNullPrototype: true }),
  })
  .map(({ segments, analytics, rows, claims, counted, graded, accepts, techniques }): ScoringInput =>
    makeInput({
      segments: segments.map((id) => makeSegment(id, { roster: [{ host: id, platform: "macOS" }] })),
      analytics: analytics.map((id) => makeAnalytic(id)),
      aggregates: rows.map(({ segment, kind, dataset, host, fresh }) => makeRecords(host, fresh, { segment, kind, dataset })),
      claims: claims.map((claim) => makeClaim(claim)),
      measurements: counted.map(({ segment, kind, host }) => ({ segment, kind, complete: false, records: true, asOf: AT, hosts: [{ host, count: 1, last: AT, filled: [host] }] })),
      quality: graded.map(({ segment, says }) => ({ segment, family: null, probe: "delay", grade: "pass", value: 1, unit: "ms", n: 1, says })),
      weights: { profile: "uniform", version: 1, techniques },
      acceptSets: [[], ...accepts.map((kind) => [{ kind, met: "as-cited" as const, fields: 0 }, { kind, met: "equivalent" as const, fields: 0 }]), []],
    }),
  );

describe("the places noted of a kept input", () => {
  test("hold exactly what it says of each analytic and segment, however the text is cut into chunks", () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 1, max: 300 }), (input, size) => {
        const text = Buffer.from(canonicalJson(input));
        const found = scan(text, size);
        const parts = { fleet: fleetPartsSchema.parse(JSON.parse(JSON.stringify(found.fleet))), segments: [...found.segments].map(([id, part]) => [id, segmentPartsSchema.parse(JSON.parse(JSON.stringify(part)))] as const) };
        const whole = JSON.parse(text.toString()) as ScoringInput;
        expect(Object.fromEntries(Object.entries(parts.fleet.values).map(([key, ranges]) => [key, lying(text, ranges)[0]]))).toEqual(whole);
        for (const [id, ranges] of Object.entries(parts.fleet.analytics)) expect(lying(text, ranges)).toEqual(whole.analytics.filter((analytic) => analytic.id === id));
        expect(lying(text, parts.fleet.acceptSets)).toEqual(whole.acceptSets);
        expect(parts.fleet.acceptSets).toHaveLength(2 * whole.acceptSets.length);
        expect(Object.keys(parts.fleet.analytics)).toHaveLength(whole.analytics.length);
        const named = new Set([...whole.segments.map(({ id }) => id), ...[whole.aggregates, whole.claims, whole.measurements, whole.quality ?? []].flatMap((list) => list.map(({ segment }) => segment))]);
        expect(new Set(parts.segments.map(([id]) => id))).toEqual(named);
        for (const [id, part] of parts.segments) {
          const own = <T extends { readonly segment: string }>(list: readonly T[]): T[] => list.filter(({ segment }) => segment === id);
          expect(lying(text, part.segments)).toEqual(whole.segments.filter((segment) => segment.id === id));
          expect(lying(text, part.claims)).toEqual(own(whole.claims));
          expect(lying(text, part.measurements)).toEqual(own(whole.measurements));
          expect(lying(text, part.quality)).toEqual(own(whole.quality ?? []));
          for (const [kind, ranges] of Object.entries(part.aggregates)) expect(lying(text, ranges)).toEqual(own(whole.aggregates).filter((row) => row.kind === kind));
          expect(Object.keys(part.aggregates)).toHaveLength(new Set(own(whole.aggregates).map(({ kind }) => kind)).size);
          expect(part.datasets).toEqual([...new Set(own(whole.aggregates).map(({ dataset }) => dataset))].sort());
        }
      }),
      { numRuns: 60 },
    );
  });

  test("are few where rows of a segment stand together", () => {
    const rows = [..."abc"].flatMap((segment) => Array.from({ length: 50 }, (_, n) => makeRecords(`h${n}`, 1, { segment })));
    const { segments } = scan(Buffer.from(canonicalJson(makeInput({ aggregates: rows }))), 64);
    for (const id of "abc") expect(Object.values(segments.get(id)?.aggregates ?? {}).map((ranges) => ranges.length)).toEqual([2]);
  });

  test("are none in what is no such document", () => {
    for (const text of ["", "null", "[]", "[1,[2]]", '"text"', "{}", '{"aggregates":[]}', '{"aggregates":{"segment":"a"}}']) expect(scan(Buffer.from(text), 3).segments.size).toBe(0);
  });
});
