import type { Analytic } from "@/lib/catalog/types";
import type { WindowedRow } from "@/lib/events/cut-window";
import type { PackManifest } from "@/lib/detection/packs/pack-schema";
import type { Claim, SegmentForScoring } from "@/lib/inventory/types";
import type { ResolutionOverride } from "@/lib/telemetry/overrides/override";
import type { Policy, ScoringInput } from "./scoring-input";

/** Aggregates as the event store cuts them, with shapes spelled out. */
export interface WindowedAggregate extends WindowedRow {
  readonly segment: string;
  readonly dataset: string;
}

export type ClaimForScoring = Pick<Claim, "segmentId" | "source" | "product" | "logSource" | "channel" | "component" | "hostsReporting" | "asOf" | "basis"> & Partial<Pick<Claim, "condition" | "fileName">>;

/** A pack in force. passed: all of its own tests did when it was loaded. */
export interface PackForScoring {
  readonly manifest: PackManifest;
  readonly digest: string;
  readonly passed: boolean;
}

/** What an assessment reads from the stores, before anything is resolved. Order does not matter. */
export interface PinnedInputs {
  readonly at: number; // T in ms
  readonly domains: readonly string[];
  readonly releases: Readonly<Record<string, string>>;
  readonly catalogDigests: Readonly<Record<string, string>>;
  readonly policy: Policy;
  readonly weights: ScoringInput["weights"];
  readonly analytics: readonly Analytic[];
  readonly segments: readonly SegmentForScoring[];
  readonly claims: readonly ClaimForScoring[];
  readonly aggregates: readonly WindowedAggregate[]; // cut at freshWindow(at, policy)
  readonly exclusions: ScoringInput["exclusions"];
  readonly overrides?: readonly ResolutionOverride[]; // in force
  readonly zoneUnknown?: readonly { readonly dataset: string; readonly kind: string }[]; // times without a zone
  readonly measurements?: ScoringInput["measurements"];
  readonly queries?: Readonly<Record<string, string>>; // of the measurements: sha256 -> text
  readonly quality?: ScoringInput["quality"];
  readonly packs?: readonly PackForScoring[]; // in force
  readonly joins?: ScoringInput["joins"];
  readonly tests?: ScoringInput["tests"];
  readonly links?: ScoringInput["links"];
}
