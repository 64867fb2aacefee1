import type { ReadDocument } from "./read-rule-texts";
import type { ImportCounts, ImportWarning, RuleDraft, StoredRefusal } from "./stored-rule";

/** What a plan needs to know of a rule that is stored. */
export interface KnownRule {
  readonly key: string;
  readonly path: string;
  readonly position: number;
  readonly digest: string;
  readonly refusal: StoredRefusal | null;
  readonly state: "active" | "removed";
}

export interface RuleImportPlan {
  readonly drafts: readonly RuleDraft[]; // every document of the source after the import
  readonly write: readonly (RuleDraft & { readonly change: "new" | "changed" | "moved" })[]; // moved: same content, other place
  readonly same: number;
  readonly removed: readonly string[]; // keys
  readonly counts: ImportCounts;
  readonly warnings: readonly ImportWarning[];
}

/**
 * What an import changes: documents as they were read against the rows of the source. A row is found by the document's own
 * id, so that links, tests and alerts outlive changes and moved files; a document without an id is known by its place, and
 * one that became unreadable stays the rule that stood there.
 */
export function planRuleImport(documents: readonly ReadDocument[], known: readonly KnownRule[], files: number): RuleImportPlan {
  const { drafts, warnings } = giveKeys(documents, known);
  const byKey = new Map(known.map((rule) => [rule.key, rule]));
  const write = drafts.flatMap((draft) => {
    const change = changeOf(draft, byKey.get(draft.key));
    return change === "same" ? [] : [{ ...draft, change }];
  });
  const there = new Set(drafts.map(({ key }) => key));
  const removed = known.filter(({ key, state }) => state === "active" && !there.has(key)).map(({ key }) => key);
  const count = (change: string): number => write.filter((one) => one.change === change).length;
  const same = drafts.length - count("new") - count("changed");
  return {
    drafts,
    write,
    same,
    removed,
    warnings,
    counts: { files, documents: drafts.length, new: count("new"), changed: count("changed"), same, removed: removed.length, refused: drafts.filter(({ refusal }) => refusal !== null).length },
  };
}

function changeOf(draft: RuleDraft, before: KnownRule | undefined): "new" | "changed" | "moved" | "same" {
  if (before === undefined || before.state === "removed") return "new";
  if (before.digest !== draft.digest || !sameRefusal(before.refusal, draft.refusal)) return "changed";
  return before.path === draft.path && before.position === draft.position ? "same" : "moved";
}

function sameRefusal(a: StoredRefusal | null, b: StoredRefusal | null): boolean {
  if (a === null || b === null) return a === b;
  return a.line === b.line && a.column === b.column && a.message === b.message;
}

/** An id that stands in two files of a source is the first one's; the other is known by its place, and the import says so. */
function giveKeys(documents: readonly ReadDocument[], known: readonly KnownRule[]): { drafts: RuleDraft[]; warnings: ImportWarning[] } {
  const warnings: ImportWarning[] = [];
  const taken = new Set<string>();
  const ids = new Set(documents.flatMap(({ sigmaId }) => sigmaId ?? []));
  const stood = new Map(known.filter(({ state }) => state === "active").map((rule) => [placeKey(rule), rule.key]));
  const drafts = documents.map((document): RuleDraft => {
    const place = placeKey(document);
    const before = document.kind === "unread" ? stood.get(place) : undefined;
    const wanted = document.sigmaId ?? (before !== undefined && !ids.has(before) ? before : place);
    const key = taken.has(wanted) ? place : wanted;
    if (key !== wanted) warnings.push({ code: "same-id", message: `The id ${wanted} belongs to another rule of this source too; this one is known by its place.`, file: document.path, rules: 1 });
    taken.add(key);
    return { ...document, key };
  });
  return { drafts, warnings };
}

function placeKey({ path, position }: { readonly path: string; readonly position: number }): string {
  return `${path}#${position}`;
}
