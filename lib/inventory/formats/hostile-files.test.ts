import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SightlineError } from "@/lib/shared/errors";
import { decodeText } from "../decode-text";
import { unwrapSigned } from "../unwrap-signed";
import { detectInventoryFormat, INVENTORY_FORMATS } from "./index";

const FIXTURES = join(import.meta.dirname, "__fixtures__");
const FILES = readdirSync(FIXTURES).filter((name) => name !== "signed.mobileconfig").map((name) => ({ name, text: readFileSync(join(FIXTURES, name), "utf8") }));
const OPTIONS = { latest: "2026-11-22", today: "2026-11-21", segment: "Servers", platforms: ["Linux", "macOS", "Windows"], hosts: null, asOf: null };

type Cut = readonly [at: number, length: number, insert: string];
const cuts = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), fc.constantFrom("", "<", ">", '"', "'", "{", "}", "[", "]", ",", "\n", "&lt;", "&x;", "null", "-1", "\u0000", "\ud800", "-a ", "<!DOCTYPE x>", "__proto__", "(", "--", "/*", "é")), { minLength: 1, maxLength: 6 });

function mutate(text: string, changes: readonly Cut[]): string {
  let changed = text;
  for (const [at, length, insert] of changes) {
    const start = Math.floor(at * changed.length);
    changed = changed.slice(0, start) + insert + changed.slice(start + length);
  }
  return changed;
}

describe.each(FILES.map(({ name, text }) => [name, text] as const))("%s, mutated", (name, text) => {
  const { format } = detectInventoryFormat({ name, text });
  test("is read or refused in words; every row is accounted for and every claim is whole", () => {
    fc.assert(
      fc.property(cuts, (changes) => {
        try {
          const parsed = format.parse({ name, text: mutate(text, changes) }, OPTIONS);
          for (const { row } of [...parsed.refused, ...parsed.claims]) expect(row >= 1 && row <= Math.max(1, parsed.rows)).toBe(true);
          for (const { claim } of parsed.claims) {
            expect(claim.logSource + claim.component).not.toBe("");
            expect(claim.asOf === null || /^\d{4}-\d{2}-\d{2}$/.test(claim.asOf)).toBe(true);
            expect(claim.note.length <= 2_000 && claim.condition.length <= 2_000).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(SightlineError);
        }
      }),
      { numRuns: 150 },
    );
  });
});

test("no format is shaken by the file of another", () => {
  for (const file of FILES) {
    for (const format of INVENTORY_FORMATS) {
      try {
        format.parse(file, OPTIONS);
      } catch (error) {
        expect(error).toBeInstanceOf(SightlineError);
      }
    }
  }
});

describe("XML from a stranger", () => {
  const sysmon = (prolog: string, body = ""): unknown => attempt("sysmon-config", `${prolog}<Sysmon schemaversion="4.9"><EventFiltering>${body}</EventFiltering></Sysmon>`);
  const profile = (prolog: string): unknown => attempt("apple-profile", `${prolog}<plist><dict><key>PayloadContent</key><array/></dict></plist>`);

  test("with a DOCTYPE is refused, so that no entity is ever defined", () => {
    expect(sysmon('<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>')).toMatchObject({ code: "INVALID", message: expect.stringContaining("DOCTYPE"), place: { line: 1 } });
    expect(sysmon('<!DOCTYPE x SYSTEM "file:///etc/passwd">')).toMatchObject({ code: "INVALID" });
    expect(sysmon("", "<ProcessCreate onmatch='include'><Image>&secret;</Image></ProcessCreate>")).toMatchObject({ code: "INVALID" });
  });

  test("a property list may have Apple's public DOCTYPE, and no other", () => {
    expect(profile('<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">')).toBe(null);
    expect(profile('<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd" [<!ENTITY x "y">]>')).toMatchObject({ code: "INVALID", message: expect.stringContaining("DOCTYPE") });
    expect(profile('<!DOCTYPE plist SYSTEM "http://example.test/evil.dtd">')).toMatchObject({ code: "INVALID" });
  });

  test("that nests without end is refused", () => {
    expect(sysmon("", "<Rule>".repeat(100_000))).toMatchObject({ code: "INVALID", message: expect.stringContaining("levels deep") });
  });
});

describe("a signed profile", () => {
  const signed = readFileSync(join(FIXTURES, "signed.mobileconfig"));

  test("is unwrapped to the property list that was signed, whole or in pieces", () => {
    const text = decodeText("signed.mobileconfig", unwrapSigned("signed.mobileconfig", signed) ?? new Uint8Array());
    expect(text).toBe(readFileSync(join(FIXTURES, "profile.mobileconfig"), "utf8"));
    expect(unwrapSigned("x", Buffer.from("<plist/>"))).toBe(null);
  });

  test("with a broken wrapper is refused with the command that unwraps it, never read wrongly", () => {
    fc.assert(
      fc.property(fc.nat(signed.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(signed.length), (at, byte, length) => {
        const broken = Buffer.from(signed.subarray(0, Math.max(40, length)));
        broken[at % broken.length] = byte;
        try {
          unwrapSigned("x", broken);
        } catch (error) {
          expect(error).toMatchObject({ code: "INVALID", place: { remedy: expect.stringContaining("openssl smime -verify") } });
        }
      }),
      { numRuns: 300 },
    );
  });
});

function attempt(format: string, text: string): unknown {
  try {
    const file = { name: "f", text };
    detectInventoryFormat(file, format).format.parse(file, OPTIONS);
    return null;
  } catch (error) {
    return error;
  }
}
