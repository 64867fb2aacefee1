import { openPositions } from "./open-positions";
import { toLine, type DecidedAlternative, type DecidedRequirement } from "./prove-requirement";
import type { CellDetailDoc, RequirementResult } from "./scoring-result";

/** Requirement lines and cell details of one assessment, each kept once. */
export interface Details {
  readonly requirements: readonly RequirementResult[];
  readonly docs: readonly CellDetailDoc[];
  /** The position of a decided requirement. */
  keepRequirement(decided: DecidedRequirement): number;
  keepDoc(doc: CellDetailDoc): number;
}

export function openDetails(): Details {
  const requirements: RequirementResult[] = [];
  const docs: CellDetailDoc[] = [];
  const recurring: { readonly decided: DecidedRequirement; readonly position: number }[] = [];
  const recurringByHash = openPositions();
  const docsByHash = openPositions();
  return {
    requirements,
    docs,
    keepRequirement(decided) {
      // Lines with records differ from segment to segment; the others recur.
      if (!decided.recurs) return requirements.push(toLine(decided)) - 1;
      const hash = hashOf(decided);
      for (let at = recurringByHash.first(hash); at >= 0; at = recurringByHash.next(at)) {
        const other = recurring[at];
        if (other !== undefined && isSameLine(other.decided, decided)) return other.position;
      }
      recurringByHash.add(hash);
      recurring.push({ decided, position: requirements.length });
      return requirements.push(toLine(decided)) - 1;
    },
    keepDoc(doc) {
      // By the lines' numbers: texts as keys would cost as much as deciding the cell.
      let hash = 0;
      for (const line of doc.requirements) hash = (Math.imul(hash, 31) + line) | 0;
      for (let at = docsByHash.first(hash); at >= 0; at = docsByHash.next(at)) if (isSame(docs[at], doc)) return at;
      docsByHash.add(hash);
      return docs.push(doc) - 1;
    },
  };
}

function hashOf({ requirement, best, facts, alternatives }: DecidedRequirement): number {
  let hash = Math.imul(requirement.number, 31) + best;
  hash = (Math.imul(hash, 31) + facts.flags) | 0;
  for (const { judgement, why: { text } } of alternatives) {
    hash = (Math.imul(hash, 31) + judgement.claimedHosts) | 0;
    for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  }
  return hash;
}

function isSameLine(a: DecidedRequirement, b: DecidedRequirement): boolean {
  return a.requirement.number === b.requirement.number && a.best === b.best && a.facts.flags === b.facts.flags && a.alternatives.every((one, position) => isSameAlternative(one, b.alternatives[position]));
}

function isSameAlternative(a: DecidedAlternative, b: DecidedAlternative | undefined): boolean {
  if (b === undefined) return false;
  const [x, y] = [a.judgement, b.judgement];
  return x.evidence === y.evidence && x.claimed === y.claimed && x.claimedHosts === y.claimedHosts && a.why.text === b.why.text;
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
