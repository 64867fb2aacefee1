import type { FieldRenames } from "../rules/mappings/field-mapping";
import { renameFields } from "../rules/mappings/rename-fields";
import { readRuleText, refuseFile } from "../rules/read-rule-texts";
import type { RuleTextFile } from "../rules/stored-rule";
import { linkRules, type RuleReference, type RuleSet } from "../sigma/link-rules";
import { errorSentence } from "@/lib/shared/errors";

/** The files of one source of rules, which knows nothing of the others. */
export interface CheckedSource {
  readonly sourceId: string;
  readonly files: readonly RuleTextFile[];
}

/** Where a rule stands among the stored ones. */
export interface RulePlace {
  readonly sourceId: string;
  readonly file: string;
  readonly document: number; // within its file, 0-based
}

/** All rules as one set, and where each of them stands. */
export interface CheckedRules {
  readonly set: RuleSet;
  readonly rules: readonly RulePlace[]; // aligned with set.rules
  readonly correlations: readonly RulePlace[]; // aligned with set.correlations
}

/**
 * Reads and links the files of every source, and gives fields the names of the customer's own records.
 *
 * @param onFile told before each file, with its number over all sources: it may not come back
 * @param onLink told when all are read
 */
export function readCheckedRules(sources: readonly CheckedSource[], renames: readonly FieldRenames[], onFile: (file: number) => void, onLink: () => void): CheckedRules {
  let number = 0;
  const read = sources.map(({ sourceId, files }) => ({
    sourceId,
    parsed: files.map((file) => {
      onFile(number);
      number += 1;
      return readOne(file);
    }),
  }));
  onLink();
  const sets = read.map(({ sourceId, parsed }) => ({ sourceId, set: linkRules(parsed) }));
  const placesOf = (kind: "rules" | "correlations"): RulePlace[] => sets.flatMap(({ sourceId, set }) => set[kind].map(({ file, document }) => ({ sourceId, file, document })));
  return { set: renameFields(mergeRuleSets(sets.map(({ set }) => set)), renames), rules: placesOf("rules"), correlations: placesOf("correlations") };
}

/** A file that no reader has room for costs itself alone. */
function readOne(file: RuleTextFile): ReturnType<typeof readRuleText>["parsed"] {
  try {
    return readRuleText(file).parsed;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuseFile(file.path, { message: `This file cannot be read: ${errorSentence(error)}.`, remedy: "Shorten it, or nest it less." }).parsed;
  }
}

/** Sets that know nothing of each other as one: references keep pointing at their own. */
function mergeRuleSets(sets: readonly RuleSet[]): RuleSet {
  let [rules, correlations] = [0, 0];
  const merged = sets.map((set) => {
    const [firstRule, firstCorrelation] = [rules, correlations];
    rules += set.rules.length;
    correlations += set.correlations.length;
    const move = (reference: RuleReference): RuleReference => ({ ...reference, index: reference.index + (reference.kind === "rule" ? firstRule : firstCorrelation) });
    return { ...set, correlations: set.correlations.map((one) => ({ ...one, references: one.references.map(move) })) };
  });
  return { rules: merged.flatMap((set) => set.rules), correlations: merged.flatMap((set) => set.correlations), refused: merged.flatMap((set) => set.refused), warnings: merged.flatMap((set) => set.warnings) };
}
