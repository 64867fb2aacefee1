import { z } from "zod";
import { DOMAINS, type Domain } from "@/lib/catalog/types";
import { SightlineError } from "@/lib/shared/errors";
import { LAYER_DOMAINS } from "./layer-schema";

/** A technique of somebody's layer: marked where it is enabled and has a score above 0 or a colour of its own. */
export interface ReadTechnique {
  readonly technique: string; // T1059.001
  readonly score: number | null;
  readonly marked: boolean;
  readonly comment: string;
}

/** What is kept of a layer. techniques: each id once, sorted; where tactics differ, the highest score. */
export interface ReadLayer {
  readonly name: string;
  readonly description: string;
  readonly domain: Domain;
  readonly attack: string | null; // the ATT&CK version it names
  readonly version: string; // of the layer format
  readonly techniques: readonly ReadTechnique[];
  readonly refused: readonly { readonly position: number; readonly field: string; readonly message: string }[]; // entries that were not understood, the first fifty
  readonly left: number; // more of them
}

export const MOST_LAYER_BYTES = 20 << 20;
const MOST_TECHNIQUES = 20_000;
const MOST_REFUSALS = 50;
const MOST_NAME = 200; // letters that a list of layers shows

const text = z.string().max(100_000);
const headSchema = z.object({
  name: text.min(1).transform((name) => (name.length > MOST_NAME ? `${Array.from(name).slice(0, MOST_NAME).join("")}…` : name)),
  description: text.optional().default(""),
  domain: z.enum(["enterprise-attack", "mobile-attack", "ics-attack", "mitre-enterprise", "mitre-mobile"]),
  versions: z.object({ attack: z.union([z.string(), z.number()]).optional(), layer: z.union([z.string(), z.number()]) }),
  techniques: z.array(z.unknown()).max(MOST_TECHNIQUES),
});
const entrySchema = z.object({
  techniqueID: z.string().regex(/^T\d{4}(\.\d{3})?$/, "is no id of a technique such as T1059.001"),
  score: z.union([z.number(), z.null(), z.literal("")]).optional(),
  color: z.string().max(100).optional(),
  comment: text.optional().default(""),
  enabled: z.boolean().optional().default(true),
});

/**
 * Reads a layer file of ATT&CK Navigator, format 4.x, as hostile input: sizes are limited, entries that are not understood are
 * listed and never dropped silently.
 *
 * @throws SightlineError INVALID or UNSUPPORTED naming the field, TOO_LARGE
 */
export function readLayer(content: string, file: string): ReadLayer {
  if (content.length > MOST_LAYER_BYTES) throw new SightlineError("TOO_LARGE", `The layer is larger than ${MOST_LAYER_BYTES >> 20} MB.`, { file });
  const head = headSchema.safeParse(parse(content, file));
  if (!head.success) {
    const [issue] = head.error.issues;
    throw new SightlineError("INVALID", `This is no layer of ATT&CK Navigator: ${sayIssue(issue)}.`, { file, field: issue?.path.map(String).join(".") ?? "", remedy: "Save it in Navigator as a layer (JSON), format 4.0 to 4.5." });
  }
  const { name, description, domain, versions, techniques } = head.data;
  const version = String(versions.layer);
  if (!/^4(\.\d+)?$/.test(version)) throw new SightlineError("UNSUPPORTED", `The layer has format ${version}.`, { file, field: "versions.layer", remedy: "Open it in Navigator and save it again: today's Navigator writes 4.5." });
  const found = new Map<string, ReadTechnique>();
  const refused: { position: number; field: string; message: string }[] = [];
  let left = 0;
  for (const [position, given] of techniques.entries()) {
    const entry = entrySchema.safeParse(given);
    if (!entry.success) {
      const [issue] = entry.error.issues;
      if (refused.length < MOST_REFUSALS) refused.push({ position, field: issue?.path.map(String).join(".") ?? "", message: sayIssue(issue) });
      else left += 1;
      continue;
    }
    const read = toTechnique(entry.data);
    const before = found.get(read.technique);
    if (before === undefined || (read.score ?? -Infinity) > (before.score ?? -Infinity) || (read.marked && !before.marked)) found.set(read.technique, read);
  }
  return {
    name,
    description,
    domain: DOMAINS.find((one) => LAYER_DOMAINS[one] === domain) ?? (domain === "mitre-mobile" ? "mobile" : "enterprise"),
    attack: versions.attack === undefined ? null : String(versions.attack),
    version,
    techniques: [...found.values()].sort((a, b) => (a.technique < b.technique ? -1 : 1)),
    refused,
    left,
  };
}

/** Zod's word for what is not there names types of JavaScript. */
function sayIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "invalid_type" && issue.message.endsWith("received undefined")) return `${issue.path.length === 0 ? "it" : String(issue.path.at(-1))} is missing`;
  return issue?.message ?? "it is not understood";
}

function toTechnique({ techniqueID, score, color, comment, enabled }: z.output<typeof entrySchema>): ReadTechnique {
  const number = typeof score === "number" ? score : null;
  const coloured = color !== undefined && color.trim() !== "" && !/^#?f{3}(f{3})?$/i.test(color.trim());
  return { technique: techniqueID, score: number, marked: enabled && ((number !== null && number > 0) || (number === null && coloured)), comment };
}

function parse(content: string, file: string): unknown {
  try {
    const parsed: unknown = JSON.parse(content);
    if (!Array.isArray(parsed)) return parsed;
    if (parsed.length === 1) return parsed[0]; // Navigator saves all open layers as a list
    throw new SightlineError("INVALID", `The file holds ${parsed.length} layers.`, { file, remedy: "Save each layer in a file of its own." });
  } catch (error) {
    if (error instanceof SightlineError) throw error;
    throw new SightlineError("INVALID", `The file is no JSON: ${error instanceof Error ? error.message : String(error)}.`, { file, remedy: "Save it in Navigator as a layer (JSON)." });
  }
}
