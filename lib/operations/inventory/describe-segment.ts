import type { SegmentDraft } from "@/lib/inventory/types";
import type { Json } from "@/lib/shared/canonical-json";

/** What people wrote about a segment, as plain data: for the audit log, and to see whether anything changed. */
export function describeSegment({ name, platforms, assets, criticality, owner, tags, timeZone, target }: SegmentDraft): Json {
  return { name, platforms: platforms.map((platform) => ({ ...platform })), assets, criticality, owner, tags: [...tags], timeZone, target: target && { ...target } };
}
