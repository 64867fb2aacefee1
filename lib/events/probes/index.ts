import { chainJoinability } from "./chain-joinability";
import { clockSkew } from "./clock-skew";
import { duplicates } from "./duplicates";
import { fieldFill } from "./field-fill";
import { hostCoverage } from "./host-coverage";
import { latency } from "./latency";
import { missingParent } from "./missing-parent";
import { networkWithoutProcess } from "./network-without-process";
import { opaqueUser } from "./opaque-user";
import { order } from "./order";
import type { Probe, ProbeId } from "./probe";
import { processIdentity } from "./process-identity";
import { redaction } from "./redaction";
import { sampling } from "./sampling";
import { sequenceGaps } from "./sequence-gaps";
import { timestampQuality } from "./timestamp-quality";
import { truncatedCommand } from "./truncated-command";
import { window } from "./window";

/** Every quality probe, in the order in which they are shown. */
export const PROBES: readonly Probe[] = [
  fieldFill,
  clockSkew,
  order,
  sequenceGaps,
  missingParent,
  processIdentity,
  truncatedCommand,
  networkWithoutProcess,
  opaqueUser,
  duplicates,
  sampling,
  latency,
  window,
  hostCoverage,
  timestampQuality,
  chainJoinability,
  redaction,
];

const BY_ID: ReadonlyMap<string, Probe> = new Map(PROBES.map((probe) => [probe.id, probe]));

export function probeById(id: ProbeId | string): Probe | null {
  return BY_ID.get(id) ?? null;
}
