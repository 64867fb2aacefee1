import type { ListedRule } from "./siem-types";

/** What is asked of our own rules. */
export interface OwnRule {
  readonly id: string;
  readonly sigmaId: string | null;
  readonly title: string;
}

export interface RuleMatcher {
  byRule(rule: Pick<ListedRule, "name" | "externalId" | "query" | "about" | "tags">): { readonly ruleId: string | null; readonly matchedBy: "sigma-id" | "title" | "" };
  byName(name: string): string | null;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * Which of our rules a SIEM's rule is: by a Sigma id that stands anywhere in it (its own id, a comment of the query, its description or
 * metadata), else by the same title, case and blanks aside. Titles that several of our rules bear name none of them.
 */
export function matchRules(own: readonly OwnRule[]): RuleMatcher {
  const byId = new Map<string, string>();
  const byTitle = new Map<string, string | null>();
  for (const { id, sigmaId, title } of own) {
    if (sigmaId !== null && !byId.has(sigmaId.toLowerCase())) byId.set(sigmaId.toLowerCase(), id);
    byTitle.set(titleKey(title), byTitle.has(titleKey(title)) ? null : id);
  }
  const byName = (name: string): string | null => byTitle.get(titleKey(name)) ?? null;
  return {
    byName,
    byRule: ({ name, externalId, query, about, tags }) => {
      for (const id of [externalId, name, query, about, tags.join(" ")].join("\n").match(UUID) ?? []) {
        const found = byId.get(id.toLowerCase());
        if (found !== undefined) return { ruleId: found, matchedBy: "sigma-id" };
      }
      const found = byName(name);
      return found === null ? { ruleId: null, matchedBy: "" } : { ruleId: found, matchedBy: "title" };
    },
  };
}

function titleKey(title: string): string {
  return title.trim().toLowerCase().replace(/\s+/g, " ");
}
