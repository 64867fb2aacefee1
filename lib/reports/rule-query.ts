/** A rule in one query language, or why there is none. */
export interface RuleQuery {
  readonly id: string;
  readonly label: string;
  readonly fileName: string;
  readonly query: string | null; // null: refused
  readonly refused: string | null;
  readonly notes: readonly string[];
  readonly from: string | null; // table, index or scope that is asked
}
