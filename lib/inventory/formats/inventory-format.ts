import type { ClaimDraft, Loss, Refusal, SegmentPlatform } from "../types";

export interface InventoryFile {
  readonly name: string;
  readonly text: string;
}

export interface InventorySniff {
  readonly verdict: "yes" | "no";
  readonly evidence: readonly string[]; // what decided, shown to the user
}

/** A claim with the segment as the file names it. */
export interface ParsedClaim {
  readonly segment: string;
  readonly line: number | null;
  readonly row: number;
  readonly claim: ClaimDraft;
}

/** A part of the fleet that the file describes: used when no segment of this name exists. */
export interface ProposedSegment {
  readonly name: string;
  readonly platforms: readonly SegmentPlatform[];
  readonly missing: readonly string[]; // what a person must complete
}

export interface ParsedInventory {
  readonly rows: number;
  readonly claims: readonly ParsedClaim[];
  readonly refused: readonly Refusal[];
  readonly losses: readonly Loss[];
  readonly segments: readonly ProposedSegment[];
}

export interface InventoryParseOptions {
  readonly latest: string; // last date that a claim may carry
}

/** One file per format in this folder; the registry is index.ts. parse throws SightlineError when the file as a whole is refused. */
export interface InventoryFormat {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
  sniff(file: InventoryFile): InventorySniff;
  parse(file: InventoryFile, options: InventoryParseOptions): ParsedInventory;
}
