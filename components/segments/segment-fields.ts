import type { Segment } from "@/lib/inventory/types";
import type { SegmentFields } from "./segment-form";

/** A stored segment as the texts of its form. */
export function fieldsOf(segment: Segment): SegmentFields {
  return {
    name: segment.name,
    platforms: segment.platforms.map(({ name, hosts }) => (hosts === null ? name : `${name}=${hosts}`)).join("; "),
    assets: String(segment.assets),
    criticality: String(segment.criticality),
    owner: segment.owner,
    tags: segment.tags.join("; "),
    timeZone: segment.timeZone ?? "",
    target: segment.target ? String(segment.target.value / 10_000) : "",
    targetDate: segment.target?.date ?? "",
    targetOwner: segment.target?.owner ?? "",
  };
}
