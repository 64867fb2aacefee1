import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { detectFormat, headOf } from "./detect-format";
import { CHOICES, formatById } from "./formats/index";
import { DEFAULT_LIMITS } from "./read-events";
import { buildEvtx, sealChunk } from "./testing/build-evtx";
import { damage, randomFrom } from "./testing/damage";
import { readAll, refusedOf, spanOf, TEST_LIMITS, unaccountedBytes } from "./testing/read-all";
import type { EventFormat } from "./types";

/*
 * Every parser on damaged content: flipped, cut, doubled and spliced bytes, of our fixtures and of real files. Nothing is
 * thrown, every byte is accounted for, limits hold, and no format's own code faults. Seeds are fixed: a failure repeats.
 */
const FIXTURES = join(import.meta.dirname, "formats/__fixtures__");
const SAMPLES = join(process.env["SIGHTLINE_SAMPLES"] ?? join(import.meta.dirname, "../../../shared"), "events");
const MOST_BYTES = 96 * 1024; // of a real file: the rest is more of the same
const ROUNDS = 40;
const SAMPLE_ROUNDS = 4;

const mixed = formatById("mixed");
const fixtures: { id: string; bytes: Buffer }[] = readdirSync(FIXTURES).map((name) => ({ id: name.slice(0, name.lastIndexOf(".")), bytes: readFileSync(join(FIXTURES, name)) }));
fixtures.push({ id: "evtx", bytes: buildEvtx([{ Provider: "P", EventID: "1", Channel: "C", Computer: "h", SystemTime: "2026-02-03T09:00:00.000Z", A: "b" }]) });

function check(format: EventFormat, content: Buffer, seed: number): void {
  const about = `${format.id}, seed ${seed}`;
  const items = readAll(format, content, [7001]);
  expect(unaccountedBytes(content, items), about).toBeNull();
  for (const { reason, message } of refusedOf(items)) expect(reason, `${about}: ${message}`).not.toBe("unreadable-record");
  const small = readAll(format, content, [997], { ...TEST_LIMITS, maxRecordBytes: 300, maxDepth: 4 });
  expect(unaccountedBytes(content, small), `${about}, small limits`).toBeNull();
  // A record of several lines is as long as from its first to its last; of its own lines none is over the limit.
  for (const item of small) if ("record" in item && (item.record.format ?? format.id) !== "auditd") expect(spanOf(item).length, about).toBeLessThanOrEqual(300);
}

/** Damage inside of an event log would stop at its checksums: they are written anew, so that it reaches the reader. */
function sealed(format: EventFormat, content: Buffer): Buffer {
  if (format.id === "evtx" && content.length >= 4096 + 65_536) sealChunk(content.subarray(4096, 4096 + 65_536));
  return content;
}

describe.each(CHOICES.map((format) => ({ id: format.id, format })))("the reader of $id", ({ id, format }) => {
  test("holds on its own damaged fixture and on those of others", () => {
    const own = fixtures.find((fixture) => fixture.id === id)?.bytes ?? fixtures[0]?.bytes ?? Buffer.alloc(0);
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const random = randomFrom(seed);
      const other = fixtures[Math.floor(random() * fixtures.length)]?.bytes ?? own;
      check(format, sealed(format, damage(own, other, random)), seed);
    }
  });
});

test("detection never throws, whatever the head", () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = randomFrom(seed);
    const pick = () => fixtures[Math.floor(random() * fixtures.length)]?.bytes ?? Buffer.alloc(0);
    expect(["format", "ambiguous", "unknown"]).toContain(detectFormat(headOf(damage(pick(), pick(), random))).kind);
  }
});

function* filesIn(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else if (name !== "README.md") yield path;
  }
}

test.skipIf(!existsSync(SAMPLES))("damaged real files are read to their end, each by the format it has", () => {
  const files = [...filesIn(SAMPLES)];
  let previous: Buffer = Buffer.alloc(0);
  for (const [i, path] of files.entries()) {
    const bytes = readFileSync(path).subarray(0, MOST_BYTES);
    const found = detectFormat(headOf(bytes));
    const format = found.kind === "format" ? formatById(found.format) : mixed;
    if (format === undefined) throw new Error(path);
    for (let round = 1; round <= SAMPLE_ROUNDS; round += 1) {
      const seed = 1000 * i + round;
      const content = sealed(format, damage(bytes, previous, randomFrom(seed)));
      const items = readAll(format, content, [65_536], DEFAULT_LIMITS);
      expect(unaccountedBytes(content, items), `${path}, seed ${seed}`).toBeNull();
      for (const { reason, message } of refusedOf(items)) expect(reason, `${path}, seed ${seed}: ${message}`).not.toBe("unreadable-record");
    }
    previous = bytes;
  }
}, 60_000);
