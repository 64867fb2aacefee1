import { z } from "zod";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { foldPlatform, platformRemedy } from "./platforms";
import { isTimeZone, readDate, readText, shown } from "./read-field";
import { segmentKey } from "./segment-key";
import type { SegmentDraft, SegmentPlatform } from "./types";

export const MAX_ASSETS = 10_000_000;

/** A segment as forms and files give it, before any rule is applied. */
export const segmentFormSchema = z.object({
  name: z.string(),
  platforms: z.array(z.object({ name: z.string(), hosts: z.number().nullable().default(null) })),
  assets: z.number(),
  criticality: z.number(),
  owner: z.string().default(""),
  tags: z.array(z.string()).default([]),
  timeZone: z.string().nullable().default(null),
  target: z.object({ value: z.number(), date: z.string().nullable().default(null), owner: z.string().default("") }).nullable().default(null),
});
export type SegmentForm = z.input<typeof segmentFormSchema>;

export interface SegmentProblem {
  readonly field: keyof SegmentDraft;
  readonly message: string;
  readonly remedy: string;
}

/**
 * The rules for a segment: a name; at least one ATT&CK platform, spelt as ATT&CK does; counts that can be true; criticality
 * 1 to 5; an IANA time zone; a target of 0 to 1,000,000 millionths. Everything wrong is listed at once.
 */
export function checkSegment(form: SegmentForm): { readonly draft: SegmentDraft | null; readonly problems: readonly SegmentProblem[] } {
  const input = segmentFormSchema.parse(form);
  const problems: SegmentProblem[] = [];
  const wrong = (field: keyof SegmentDraft, message: string, remedy: string): void => {
    problems.push({ field, message, remedy });
  };
  const text = (field: keyof SegmentDraft, value: string, limit: number): string => {
    const read = readText(value, limit);
    if ("value" in read) return read.value;
    wrong(field, read.problem, read.remedy);
    return "";
  };

  const name = text("name", input.name, 120).replace(/\s+/g, " ").normalize("NFC");
  if (segmentKey(input.name) === "") wrong("name", "A segment needs a name.", "Write one that your colleagues would recognise.");
  if (!isCount(input.assets, MAX_ASSETS)) wrong("assets", `${input.assets} is not a number of assets.`, `Write a whole number from 0 to ${MAX_ASSETS}.`);
  const platforms = checkPlatforms(input.platforms, input.assets, wrong);
  if (!Number.isInteger(input.criticality) || input.criticality < 1 || input.criticality > 5) {
    wrong("criticality", `${input.criticality} is not a criticality.`, "Write 1 (least critical) to 5 (most critical).");
  }
  const owner = text("owner", input.owner, 200);
  const tags = [...new Set(input.tags.map((tag) => text("tags", tag, 60)).filter((tag) => tag !== ""))].sort(compareCodeUnits);
  const timeZone = input.timeZone?.trim() || null;
  if (timeZone !== null && !isTimeZone(timeZone)) wrong("timeZone", `${shown(timeZone)} is not a time zone.`, "Use an IANA name such as Europe/Berlin or UTC.");
  const target = input.target && { ...input.target, owner: text("target", input.target.owner, 200), date: input.target.date?.trim() || null };
  if (target) {
    if (!isCount(target.value, 1_000_000)) wrong("target", `${target.value} millionths is not a share.`, "Write a share from 0 to 1,000,000 millionths.");
    const date = readDate(target.date ?? "", null);
    if ("problem" in date) wrong("target", date.problem, date.remedy);
    else if ((date.value ?? "") !== (target.date ?? "")) wrong("target", `${shown(target.date ?? "")} is not a date.`, "Write it as 2026-11-21.");
  }
  if (problems.length > 0) return { draft: null, problems };
  return { draft: { name, platforms, assets: input.assets, criticality: input.criticality, owner, tags, timeZone, target }, problems };
}

function checkPlatforms(
  given: readonly SegmentPlatform[],
  assets: number,
  wrong: (field: keyof SegmentDraft, message: string, remedy: string) => void,
): SegmentPlatform[] {
  if (given.length === 0) wrong("platforms", "A segment needs at least one platform.", "Name what its hosts run, in ATT&CK's words: Windows, Linux, macOS, IaaS, ...");
  const platforms = new Map<string, SegmentPlatform>();
  for (const platform of given) {
    const name = foldPlatform(platform.name);
    if (name === null) wrong("platforms", `ATT&CK has no platform ${shown(platform.name.trim())}.`, platformRemedy(platform.name));
    else if (platforms.has(name)) wrong("platforms", `${name} stands there twice.`, "Name each platform once.");
    else platforms.set(name, { name, hosts: platform.hosts });
    const hosts = platform.hosts;
    if (hosts === null) continue;
    if (!isCount(hosts, MAX_ASSETS)) wrong("platforms", `${hosts} is not a number of hosts.`, `Write a whole number from 0 to ${MAX_ASSETS}.`);
    else if (isCount(assets, MAX_ASSETS) && hosts > assets) wrong("platforms", `${hosts} ${platform.name.trim()} hosts are more than the ${assets} assets of the segment.`, "Correct one of the two.");
  }
  return [...platforms.values()].sort((a, b) => compareCodeUnits(a.name, b.name));
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}
