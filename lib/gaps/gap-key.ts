import { digestOf } from "@/lib/shared/digest";
import type { GapGroup } from "./gap-words";

/** What makes a gap the same one in every assessment. */
export interface GapIdentity {
  readonly segmentId: string;
  readonly domain: string; // of its analytics: an assessment speaks only of the domains that it pinned
  readonly group: GapGroup;
  readonly component: string | null; // id
  readonly family: string;
}

/** 24 hex digits: the identity as one word. */
export function gapKey({ segmentId, domain, group, component, family }: GapIdentity): string {
  return digestOf({ segmentId, domain, group, component, family }).slice(0, 24);
}

/** 42 -> "G-0042". */
export function gapLabel(id: number): string {
  return `G-${String(id).padStart(4, "0")}`;
}

/** "G-0042", "g-42" and "42" -> 42; anything else: null. */
export function readGapLabel(text: string): number | null {
  const digits = /^(?:g-)?0*(\d{1,9})$/i.exec(text.trim())?.[1];
  return digits === undefined || Number(digits) === 0 ? null : Number(digits);
}
