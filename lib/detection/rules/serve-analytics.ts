import { isJsonObject } from "@/lib/events/frame/plain-value";
import { readRuleYaml } from "../sigma/read-rule-yaml";

/** A stored rule as far as others may refer to it. */
export interface ReferredRule {
  readonly id: string;
  readonly sourceId: string;
  readonly sigmaId: string | null;
  readonly name: string | null;
}

/** A correlation and what it calls the rules it puts together, by their ids or names. */
export interface ReferringRule extends ReferredRule {
  readonly refersTo: readonly string[];
}

/** What the correlation at a position of a file refers to; nothing where there is none. */
export function correlationReferences(text: string, position: number): string[] {
  const yaml = readRuleYaml(text);
  const document = "documents" in yaml ? yaml.documents[position] : undefined;
  const correlation = isJsonObject(document) ? document["correlation"] : undefined;
  const rules = isJsonObject(correlation) ? correlation["rules"] : undefined;
  return typeof rules === "string" ? [rules] : Array.isArray(rules) ? rules.filter((one) => typeof one === "string") : [];
}

/**
 * The analytics that each rule serves: those it is linked to, and those of the correlations of its source that need it as a
 * stage, over any number of steps.
 *
 * @param linked accepted links by rule
 * @returns analytics in order, by rule; rules that serve none are left out
 */
export function serveAnalytics(rules: readonly ReferredRule[], correlations: readonly ReferringRule[], linked: ReadonlyMap<string, readonly string[]>): Map<string, readonly string[]> {
  const served = new Map([...linked].map(([id, analytics]) => [id, new Set(analytics)]));
  const called = new Map<string, string[]>();
  for (const { id, sourceId, sigmaId, name } of rules) for (const word of [sigmaId, name]) if (word !== null) called.set(`${sourceId} ${word}`, [...(called.get(`${sourceId} ${word}`) ?? []), id]);
  const give = (from: ReadonlySet<string>, to: string): boolean => {
    const own = served.get(to) ?? new Set();
    const before = own.size;
    for (const analytic of from) own.add(analytic);
    if (own.size > 0) served.set(to, own);
    return own.size > before;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const { id, sourceId, refersTo } of correlations) {
      const own = served.get(id);
      if (own === undefined) continue;
      for (const stage of refersTo.flatMap((word) => called.get(`${sourceId} ${word}`) ?? [])) if (give(own, stage)) changed = true;
    }
  }
  return new Map([...served].map(([id, analytics]) => [id, [...analytics].sort()]));
}
