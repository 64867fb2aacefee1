import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { digestOf } from "@/lib/shared/digest";
import type { Json } from "@/lib/shared/canonical-json";
import { distinctDocs, headsOf } from "./detail-documents";
import { assess } from "./assess";
import { scoringInput } from "./testing/scoring-input-arbitrary";

const rows = z.array(z.object({ digest: z.string(), doc: z.json() }));

test("each content is written once, under its digest, and every document is told its own", () => {
  const doc = fc.record({ a: fc.nat(3), b: fc.string({ maxLength: 2 }) });
  fc.assert(
    fc.property(fc.array(doc, { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 30 }), (some, again) => {
      const docs: Json[] = [...some, ...again.flatMap((pick) => some[pick % Math.max(1, some.length)] ?? [])]; // the same objects again
      const distinct = distinctDocs(docs);
      const written = [...distinct.batches((text) => text)].flatMap(({ digests, body }) => {
        const batch = rows.parse(JSON.parse(body));
        expect(batch.map(({ digest }) => digest)).toEqual(digests);
        return batch;
      });
      expect(distinct.digests).toEqual(docs.map((one) => digestOf(one)));
      expect(written.map(({ doc: text }) => digestOf(text))).toEqual([...new Set(distinct.digests)]);
    }),
    { numRuns: 60 },
  );
});

test("many documents come in several batches, none lost between them", () => {
  const docs = Array.from({ length: 12_001 }, (_, at) => ({ at: at % 11_000 }));
  const distinct = distinctDocs(docs);
  const sizes = [...distinct.batches((text) => text)].map(({ digests }) => digests.length);
  expect(sizes).toEqual([5_000, 5_000, 1_000]);
  expect(distinct.digests).toHaveLength(docs.length);
});

test("a head is what its detail says beside the lines", () => {
  fc.assert(
    fc.property(scoringInput, (input) => {
      const result = assess(input);
      expect(headsOf(result)).toEqual(result.details.map(({ requirements: _, ...head }) => head));
    }),
    { numRuns: 40 },
  );
});
