import { listDocuments, type RuleDocument } from "@/lib/detection/list-documents";
import { asksForTree } from "@/lib/detection/correlate/take-match";
import { renameFields } from "@/lib/detection/rules/mappings/rename-fields";
import { linkRules, type RuleReference, type RuleSet } from "@/lib/detection/sigma/link-rules";
import { parseRuleFile, refuseRuleFile, type RuleFile } from "@/lib/detection/sigma/parse-rule-file";
import { PHASES, type MatchRequest, type Phase } from "./match-messages";

/** What the thread says of the rules it loaded. */
export interface LoadedRules {
  readonly documents: readonly RuleDocument[];
  readonly unrouted: readonly number[];
  readonly references: readonly (readonly RuleReference[])[]; // of each correlation
  readonly follows: boolean; // a correlation asks who started whom
}

/** Shows outside what the thread is at. */
export type Marker = (phase: Phase, position?: number) => void;

export function markIn(mark: Int32Array): Marker {
  return (phase, position = -1) => {
    mark[1] = position;
    mark[0] = PHASES[phase];
  };
}

export function loadRules({ rules, placeholders, renames = [], stoppedFiles }: MatchRequest, at: Marker): { files: RuleFile[]; set: RuleSet } {
  const values = new Map(placeholders);
  const left = new Set(stoppedFiles);
  const files = rules.map(({ file, text, refused }, position): RuleFile => {
    at("loading", position);
    if (left.has(position)) return { file, locate: () => null, documents: [], refused: [] };
    return refused === undefined ? parseRuleFile(file, text, values) : refuseRuleFile(file, refused);
  });
  at("compiling");
  return { files, set: renameFields(linkRules(files), renames) };
}

export function describeRules(files: readonly RuleFile[], set: RuleSet, unrouted: readonly number[]): LoadedRules {
  return { documents: listDocuments(files, set, unrouted), unrouted, references: set.correlations.map(({ references }) => references), follows: asksForTree(set.correlations) };
}
