/** Words of the inventory: plain data, no database rows. Dates without a time are ISO texts (2026-11-21). */

export interface SegmentPlatform {
  readonly name: string; // ATT&CK's spelling
  readonly hosts: number | null; // null: not stated per platform
}

/** value: observable share to reach, in millionths. */
export interface SegmentTarget {
  readonly value: number;
  readonly date: string | null;
  readonly owner: string;
}

/** What people write about a part of the fleet. assets 0 = not known yet. */
export interface SegmentDraft {
  readonly name: string;
  readonly platforms: readonly SegmentPlatform[];
  readonly assets: number;
  readonly criticality: number; // 1..5
  readonly owner: string;
  readonly tags: readonly string[];
  readonly timeZone: string | null; // IANA name
  readonly target: SegmentTarget | null;
}

export interface Segment extends SegmentDraft {
  readonly id: string;
  readonly demo: boolean;
  readonly createdAt: string; // ISO instants
  readonly updatedAt: string;
  readonly retiredAt: string | null;
}

/** A segment as lists show it. */
export interface SegmentSummary extends Segment {
  readonly rosterHosts: number | null; // null: no roster
  readonly claims: number;
}

export interface RosterHost {
  readonly host: string; // as written
  readonly key: string; // folded (lib/shared/host-name.ts)
  readonly platform: string;
}

/** The part of a segment that scoring reads; the shape of SegmentInput in lib/assessment, which this folder may not import. */
export interface SegmentForScoring {
  readonly id: string;
  readonly name: string;
  readonly assets: number;
  readonly criticality: number;
  readonly platforms: { readonly name: string; readonly hosts: number | null }[];
  readonly roster: { readonly host: string; readonly platform: string }[] | null; // folded names; null: no roster
  readonly target: { readonly value: number; readonly date: string | null; readonly owner: string } | null;
}

export const CLAIM_BASES = ["flow", "configuration", "statement", "unknown"] as const;
export type ClaimBasis = (typeof CLAIM_BASES)[number];

/** Scores 0..5 as their author wrote them; null = unknown, which is never 0. */
export interface ClaimQuality {
  readonly deviceCompleteness: number | null;
  readonly dataFieldCompleteness: number | null;
  readonly timeliness: number | null;
  readonly consistency: number | null;
  readonly retention: number | null;
}

/** An inventory row without its segment: null = not said. logSource, channel and component empty = all of what stands before. */
export interface ClaimDraft {
  readonly source: string;
  readonly product: string;
  readonly logSource: string; // ATT&CK's log-source name
  readonly channel: string;
  readonly component: string; // name of a data component in ATT&CK's spelling
  readonly hostsReporting: number | null;
  readonly latencyP95S: number | null;
  readonly retentionDays: number | null;
  readonly basis: ClaimBasis;
  readonly asOf: string | null;
  readonly note: string;
  readonly condition: string; // what restricts the claim (an include list, a path, a filter); empty: nothing that the source tells
  readonly quality: ClaimQuality | null;
}

export interface Claim extends ClaimDraft {
  readonly id: string;
  readonly segmentId: string;
  readonly importId: string;
  readonly format: string; // inventory format that brought it
  readonly fileName: string; // of the import that brought it
}

/** Somebody's score of a technique: kept as what that person said, never a claim that something is collected. */
export interface StatementDraft {
  readonly technique: string; // T1059.001
  readonly aspect: "visibility" | "detection";
  readonly score: number; // visibility 0..4, detection -1..5
  readonly scoredOn: string | null;
  readonly appliesTo: string; // as written
  readonly note: string;
}

export interface Statement extends StatementDraft {
  readonly author: string;
  readonly segmentId: string | null; // null: of the whole fleet, as far as the file says
}

/** A row that was not understood: where it stands, what is wrong, what to do. */
export interface Refusal {
  readonly line: number | null; // null where the format has no lines
  readonly row: number; // 1-based, header not counted
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

/** Something that was read but is carried over only in part, or not at all. dropped: not kept in any row (the file itself is kept); off: the file itself says that it is not collected. */
export const LOSS_KINDS = ["dropped", "changed", "unused", "off"] as const;
export interface Loss {
  readonly kind: (typeof LOSS_KINDS)[number];
  readonly what: string; // a field, a name, a system
  readonly text: string; // one sentence
  readonly count: number;
}

export const IMPORT_KINDS = ["inventory", "segments", "roster"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export interface ImportChanges {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly segmentsCreated: number;
}

export interface InventoryImport {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly kind: ImportKind;
  readonly format: string;
  readonly fileName: string;
  readonly fileDigest: string;
  readonly understood: number;
  readonly refusals: readonly Refusal[];
  readonly losses: readonly Loss[];
  readonly changes: ImportChanges;
}
