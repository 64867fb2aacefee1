import type { ClaimDraft, Loss, Refusal, SegmentPlatform, StatementDraft } from "../types";

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
  readonly whole?: boolean; // the file is a whole configuration: what an earlier file of this format claimed and this one does not is gone
  readonly statements?: ParsedStatements; // scores of techniques; absent: the format brings none
}

/** Scores of techniques in one file. author: the name the file bears; a later file of that name replaces all of them. */
export interface ParsedStatements {
  readonly author: string;
  readonly domain: string;
  readonly items: readonly ParsedStatement[];
}

export interface ParsedStatement {
  readonly segment: string | null; // as the file names it; null: of everything
  readonly row: number;
  readonly statement: StatementDraft;
}

/** What the person who imports says of a file that does not say it itself: configurations name no segment, and mostly bear no date. */
export interface InventoryParseOptions {
  readonly latest: string; // last date that a claim may carry
  readonly today: string; // date of the import: what stands for a date that nobody states
  readonly segment?: string;
  readonly platforms?: readonly string[]; // of that segment; absent or empty: not known
  readonly hosts?: number | null; // that the configuration stands for, as stated
  readonly asOf?: string | null;
}

/** What a person reads before choosing a file: what it shows, what it does not, and how to get it. */
export interface InventoryGuide {
  readonly proves: string;
  readonly not: string;
  readonly obtain: readonly { readonly product: string; readonly text: string }[]; // a command or a query, as it is typed
}

/** One file per format in this folder; the registry is index.ts. parse throws SightlineError when the file as a whole is refused. */
export interface InventoryFormat {
  readonly id: string;
  readonly label: string;
  readonly extensions: readonly string[];
  readonly guide: InventoryGuide;
  readonly segment?: "asked" | "optional"; // asked: the file names none, the person who imports does; optional: the person may where the file does not
  sniff(file: InventoryFile): InventorySniff;
  parse(file: InventoryFile, options: InventoryParseOptions): ParsedInventory;
}
