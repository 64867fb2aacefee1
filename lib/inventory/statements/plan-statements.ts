import { digestOf } from "@/lib/shared/digest";
import type { ParsedStatements } from "../formats/inventory-format";
import { shown } from "../read-field";
import { segmentKey } from "../segment-key";
import type { Refusal, Segment, Statement, StatementDraft } from "../types";

export interface PlannedStatement {
  readonly change: "new" | "changed" | "unchanged" | "removed";
  readonly segmentId: string | null;
  readonly statement: StatementDraft;
}

export interface StatementPlan {
  readonly author: string;
  readonly domain: string;
  readonly items: readonly PlannedStatement[];
  readonly refused: readonly Refusal[];
}

/**
 * What a file of scores does to the scores that its author gave before: the file is all that this author says of the domain, so
 * what it no longer scores is removed. A system that is no segment refuses its scores by name.
 *
 * @param stored scores of this author and domain
 */
export function planStatements(parsed: ParsedStatements, segments: readonly Segment[], stored: readonly Statement[]): StatementPlan {
  const byKey = new Map(segments.map((segment) => [segmentKey(segment.name), segment]));
  const before = new Map(stored.map((statement) => [keyOf(statement), statement]));
  const items: PlannedStatement[] = [];
  const refused: Refusal[] = [];
  const kept = new Set<string>();
  for (const { segment: name, row, statement } of parsed.items) {
    const segment = name === null ? null : byKey.get(segmentKey(name));
    if (segment === undefined || segment?.retiredAt) {
      const message = segment === undefined ? `${statement.technique}: there is no segment ${shown(name ?? "")}.` : `${statement.technique}: the segment ${segment.name} is retired.`;
      refused.push({ line: null, row, field: "applicable_to", message, remedy: "Give the segment the name of the system, or write all." });
      continue;
    }
    const known = before.get(keyOf(statement));
    kept.add(keyOf(statement));
    const segmentId = segment?.id ?? null;
    const same = known !== undefined && known.segmentId === segmentId && digestOf(plain(known)) === digestOf(plain(statement));
    items.push({ change: known === undefined ? "new" : same ? "unchanged" : "changed", segmentId, statement });
  }
  const removed = stored.filter((statement) => !kept.has(keyOf(statement))).map((statement): PlannedStatement => ({ change: "removed", segmentId: statement.segmentId, statement }));
  return { author: parsed.author, domain: parsed.domain, items: [...items, ...removed], refused };
}

/** The statement alone, as plain data with a fixed set of keys. */
export function plain({ technique, aspect, score, scoredOn, appliesTo, note }: StatementDraft) {
  return { technique, aspect, score, scoredOn, appliesTo, note };
}

function keyOf({ technique, aspect, appliesTo }: StatementDraft): string {
  return `${technique} ${aspect} ${appliesTo.toLowerCase()}`;
}
