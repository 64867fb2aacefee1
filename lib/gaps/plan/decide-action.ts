import { familyOfKind, type EvidenceIndex, type SegmentEvidence } from "@/lib/assessment/index-evidence";
import { sayInstant } from "@/lib/assessment/instants";
import { isNative, type ActionKind } from "../costs";

export interface ActionVerdict {
  readonly kind: ActionKind;
  readonly present: boolean; // the product writes, or is said to write, something here
  readonly why: string;
}

// Words for records of any product: nobody can buy "a process log". They count where somebody has or claims them.
const NAMELESS = new Set(["generic-host", "ecs-other", "osquery", "unknown"]);

// Whoever is with one provider does not move to another to see more: of each group only what is there is offered, if anything is.
const PROVIDERS: readonly (readonly (readonly string[])[])[] = [
  [["aws-cloudtrail", "aws-other"], ["azure-activity"], ["gcp"]],
  [["entra-id"], ["okta-idp"]],
  [["m365"], ["google-workspace"]],
];

/**
 * Opens a segment for deciding what would have to be done so that it collects kinds of a family. repair: it worked and fell silent or
 * aged; prove: claimed, and no sample; configure: the product is there, or the system has it built in; buy: nothing of it is there.
 * null where nothing can be done, because the family names no product and nobody has it.
 */
export function openDecisions(index: EvidenceIndex, segment: SegmentEvidence): (family: string, kinds: readonly string[]) => ActionVerdict | null {
  const claimed = new Set(segment.claims.flatMap(({ claim }) => [claim.family, ...claim.kinds.map(familyOfKind)]));
  const written = new Set([...segment.rows.keys()].map(familyOfKind));
  const isThere = (family: string): boolean => claimed.has(family) || written.has(family);
  const elsewhere = new Set(PROVIDERS.filter((group) => group.some((provider) => provider.some(isThere))).flatMap((group) => group.flatMap((provider) => (provider.some(isThere) ? [] : provider))));
  return (family, kinds) => (elsewhere.has(family) ? null : decideAction(index, segment, family, kinds, isThere(family)));
}

function decideAction(index: EvidenceIndex, segment: SegmentEvidence, family: string, kinds: readonly string[], present: boolean): ActionVerdict | null {
  const rows = kinds.flatMap((kind) => segment.rows.get(kind) ?? []);
  const fresh = kinds.some((kind) => segment.freshKinds.has(kind));
  const last = rows.reduce((newest, row) => Math.max(newest, index.columns.staleLast[row] || 0, index.columns.freshLast[row] || 0), 0);
  const claims = kinds.flatMap((kind) => segment.claimsByKind.get(kind) ?? []);
  const measured = kinds.some((kind) => segment.measurements.get(kind)?.some(({ hosts }) => hosts.some(({ count }) => count > 0)));
  const records = segment.freshByFamily.get(family) ?? 0;
  if (!present && NAMELESS.has(family)) return null;
  if (segment.silentFamilies.has(family) && last > 0) return { kind: "repair", present: true, why: `Silent, newest record ${sayInstant(last)}.` };
  if (!fresh && last > 0) return { kind: "repair", present: true, why: `Worked and stopped: newest record ${sayInstant(last)}.` };
  if (fresh) return { kind: "configure", present: true, why: "Comes, but from too few hosts or without a field that is needed." };
  const contradicted = records >= index.input.policy.contradictionRecords;
  const [claim] = claims;
  if ((claim !== undefined || measured) && !contradicted) return { kind: "prove", present: true, why: claim === undefined ? "Measured, and no sample proves what its records hold." : `Claimed by "${claim.claim.source}", and no sample proves it.` };
  if (claim !== undefined) return { kind: "configure", present: true, why: `Claimed by "${claim.claim.source}", but none of the source's fresh records is of it.` };
  if (present) return { kind: "configure", present: true, why: "The source is there and does not write it." };
  return isNative(family) ? { kind: "configure", present: false, why: "The system can write it; nothing of it arrives." } : { kind: "buy", present: false, why: "Nothing of this source is there." };
}
