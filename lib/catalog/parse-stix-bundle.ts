import { z } from "zod";
import { sha256 } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import { decodeBundleText } from "./decode-bundle-text";
import { locateJsonBreak } from "./locate-json-break";
import { MAX_DEPTH, normalizeObject } from "./normalize-object";
import { keepNewestVersions } from "./keep-newest-versions";
import { readStixObject, type ReadParts } from "./read-stix-object";
import { storableText } from "./stix-schema";
import type { CatalogIssue } from "./types";

/** One object as published: what is stored, whatever its type. */
export interface BundleObject {
  readonly stixId: string;
  readonly type: string;
  readonly attackId: string | null;
  readonly name: string | null; // of a relationship: its relationship_type
  readonly version: string | null;
  readonly created: string | null;
  readonly modified: string | null;
  readonly revoked: boolean;
  readonly deprecated: boolean;
  readonly raw: string | null; // JSON.stringify of the object, keys in published order; null in the starter catalogue
  readonly rawSha256: string | null;
  readonly normalizedSha256: string;
}

export interface ParsedBundle extends ReadParts {
  readonly objects: readonly BundleObject[];
  readonly issues: readonly CatalogIssue[];
}

const bundleSchema = z.object({ type: z.literal("bundle"), spec_version: z.string().optional(), objects: z.array(z.unknown()) });

/**
 * Unpacked bytes of a STIX 2.1 bundle -> its objects, hashed as MITRE's pages print them, and typed parts for the linker.
 * A bad object becomes an issue with its id; a bad file is refused whole.
 *
 * @throws SightlineError naming the file and, where JSON breaks, the byte, the line and how many objects were whole.
 */
export function parseStixBundle(bytes: Uint8Array, fileName: string): ParsedBundle {
  const { items, bom } = readItems(bytes, fileName);
  const issues: CatalogIssue[] = [];
  if (bom) issues.push({ severity: "odd", code: "byte-order-mark", stixId: null, attackId: null, message: "The file begins with a byte order mark, which was left out." });

  const parts: ReadParts = { analytics: [], strategies: [], components: [], techniques: [], tactics: [], matrices: [], groups: [], campaigns: [], relationships: [], releases: [] };
  const objects: BundleObject[] = [];
  const kept = keepNewestVersions(items, issues);
  items.length = 0; // from here each parsed object may go once it is read: half of the peak memory
  for (let next = kept.pop(); next !== undefined; next = kept.pop()) {
    const { item, position } = next;
    const normalized = normalizeUnlessTooDeep(item, position, issues);
    if (normalized === null) continue;
    const head = readStixObject(item, parts, issues);
    const raw = JSON.stringify(item);
    objects.push({ ...head, raw, rawSha256: sha256(raw), normalizedSha256: sha256(normalized) });
  }
  return { ...parts, objects, issues };
}

/** Its normalised text; null and an issue for an object that would exhaust the stack of whoever reads it. */
function normalizeUnlessTooDeep(item: Readonly<Record<string, unknown>>, position: number, issues: CatalogIssue[]): string | null {
  try {
    return normalizeObject(item);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `Object ${position + 1} of the bundle nests deeper than ${MAX_DEPTH} levels and was left out.`;
    issues.push({ severity: "refused", code: "too-deep", stixId: String(item.id), attackId: null, message });
    return null;
  }
}

/** In a function of its own, so that the decoded text and the document are gone when the objects are read: a third of the peak memory. */
function readItems(bytes: Uint8Array, fileName: string): { items: unknown[]; bom: boolean } {
  const { text, bom } = decodeBundleText(bytes, fileName);
  return { items: bundleItems(parseJson(text, bytes, bom, fileName), fileName), bom };
}

function parseJson(text: string, bytes: Uint8Array, bom: boolean, fileName: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const head = bom ? 3 : 0;
    const found = locateJsonBreak(bytes.subarray(head));
    if (found === null) throw new SightlineError("INVALID", "the file is not JSON.", { file: fileName }, { cause });
    const whole = found.wholeElements > 0 ? ` after ${found.wholeElements} whole objects` : "";
    const message = found.cutOff
      ? `the file is cut off: it ends at byte ${found.offset + head}${whole}, where ${found.expected} should follow. Nothing was imported.`
      : `the file is not JSON: at byte ${found.offset + head}${whole} stands something else than ${found.expected}. Nothing was imported.`;
    throw new SightlineError("INVALID", message, { file: fileName, line: found.line, remedy: "Download or copy it again." }, { cause });
  }
}

function bundleItems(value: unknown, file: string): unknown[] {
  const bundle = bundleSchema.safeParse(value);
  if (!bundle.success) {
    throw new SightlineError("INVALID", `the file is not a STIX bundle: ${whatItIs(value)}.`, { file, remedy: 'A bundle is { "type": "bundle", "objects": [...] }.' });
  }
  if (bundle.data.spec_version === "2.0") {
    throw new SightlineError("UNSUPPORTED", "the bundle is STIX 2.0, whose objects differ from the published 2.1 ones.", { file, remedy: "Take the STIX 2.1 bundle (repository mitre-attack/attack-stix-data)." });
  }
  if (bundle.data.objects.length === 0) throw new SightlineError("INVALID", "the bundle holds no objects.", { file });
  return bundle.data.objects;
}

function whatItIs(value: unknown): string {
  if (Array.isArray(value)) return "it is a list";
  if (typeof value !== "object" || value === null) return `it is ${value === null ? "null" : `a ${typeof value}`}`;
  const type = "type" in value && typeof value.type === "string" ? value.type : null;
  if (type === "bundle") return "its objects are missing or no list";
  return type === null ? 'it has no "type"' : `its type is "${storableText(type).slice(0, 60)}"`;
}
