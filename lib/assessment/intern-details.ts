import type { DecidedRequirement } from "./prove-requirement";
import type { CellDetailDoc, RequirementResult } from "./scoring-result";

/** Requirement lines and cell details of one assessment, each kept once. */
export interface Details {
  readonly requirements: readonly RequirementResult[];
  readonly docs: readonly CellDetailDoc[];
  /** The position of a decided requirement; number: that of the requirement, which stands for its words. */
  keepRequirement(number: number, decided: DecidedRequirement): number;
  keepDoc(doc: CellDetailDoc): number;
}

export function openDetails(): Details {
  const requirements: RequirementResult[] = [];
  const docs: CellDetailDoc[] = [];
  const known = new Map<string, number>();
  const docsByHash = new Map<number, number[]>();
  return {
    requirements,
    docs,
    keepRequirement(number, { result }) {
      // Lines with records differ from segment to segment; the others recur.
      if (result.alternatives.some((line) => line.kind !== null)) return requirements.push(result) - 1;
      const key = keyOf(number, result);
      const position = known.get(key);
      if (position !== undefined) return position;
      known.set(key, requirements.length);
      return requirements.push(result) - 1;
    },
    keepDoc(doc) {
      // By the lines' numbers: texts as keys would cost as much as deciding the cell.
      const hash = doc.requirements.reduce((sum, line) => (Math.imul(sum, 31) + line) | 0, 0);
      const bucket = docsByHash.get(hash);
      const position = bucket?.find((other) => isSame(docs[other], doc));
      if (position !== undefined) return position;
      if (bucket) bucket.push(docs.length);
      else docsByHash.set(hash, [docs.length]);
      return docs.push(doc) - 1;
    },
  };
}

function keyOf(number: number, result: RequirementResult): string {
  return `${number}|${result.best}|${result.flags.join(",")}|${result.alternatives.map((line) => `${line.evidence},${line.claimed},${line.claimedHosts},${line.why.text}`).join("|")}`;
}

function isSame(a: CellDetailDoc | undefined, b: CellDetailDoc): boolean {
  return (
    a !== undefined &&
    a.source === b.source &&
    a.reason === b.reason &&
    a.asPublished === b.asPublished &&
    a.requirements.length === b.requirements.length &&
    a.requirements.every((line, position) => line === b.requirements[position]) &&
    (a.joins.length + b.joins.length === 0 || JSON.stringify(a.joins) === JSON.stringify(b.joins)) &&
    (a.validation === b.validation || JSON.stringify(a.validation) === JSON.stringify(b.validation))
  );
}
