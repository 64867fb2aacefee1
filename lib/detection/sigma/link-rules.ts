import { applyFilters } from "./apply-filter";
import type { RuleFile } from "./parse-rule-file";
import { RuleFault } from "./rule-fault";
import { RuleNames } from "./rule-names";
import type { RuleRefusal, SigmaCorrelation, SigmaDocument, SigmaFilter, SigmaRule } from "./rule-types";

/** What a correlation looks at, by its position in rules or correlations of the same set; `as` is the name the correlation uses. */
export type RuleReference = { readonly kind: "rule" | "correlation"; readonly index: number; readonly as: string };

/** A rule ready to be compiled: filters applied. */
export interface LinkedRule extends SigmaRule {
  readonly file: string;
  readonly filters: readonly string[]; // titles of the filters that were added to its condition
}

/** A correlation whose references are found. */
export interface LinkedCorrelation extends SigmaCorrelation {
  readonly file: string;
  readonly references: readonly RuleReference[]; // in the order of `rules`
}

export interface RuleSet {
  readonly rules: readonly LinkedRule[]; // in the order of files and documents
  readonly correlations: readonly LinkedCorrelation[]; // each behind those it refers to
  readonly refused: readonly RuleRefusal[];
  readonly warnings: readonly { readonly file: string; readonly document: number; readonly message: string }[];
}

const MOST_CHAINED = 50;

interface Placed<T> {
  readonly from: RuleFile;
  readonly document: T;
}

/**
 * Rules, filters and correlations of files put together. References (by id or name, forward ones too) are looked for in the
 * own file first, then in all files given. What cannot be linked is refused with its place: an id or name that stands twice
 * in a file, a reference to nothing, to something refused or to several, a circle of correlations.
 */
export function linkRules(files: readonly RuleFile[]): RuleSet {
  const refused = files.flatMap((file) => file.refused);
  const placed = files.flatMap((from) => from.documents.map((document): Placed<SigmaDocument> => ({ from, document })));
  const refuse = ({ from, document }: Placed<SigmaDocument>, error: unknown): void => {
    if (!(error instanceof RuleFault)) throw error;
    const { id, name, title } = document.meta;
    const place = from.locate(document.document, error.path) ?? { line: null, column: null };
    refused.push({ file: from.file, document: document.document, title, id, name, ...place, message: error.message, remedy: error.remedy });
  };
  const attempt = (one: Placed<SigmaDocument>, work: () => void): void => {
    try {
      work();
    } catch (error) {
      refuse(one, error);
    }
  };
  const names = new RuleNames(refused);
  const kept = placed.filter((one) => {
    const twin = names.add(one.from.file, one.document);
    if (twin !== null) refuse(one, new RuleFault([twin.key], `The ${twin.key} ${twin.value} stands twice in this file.`, `Give every rule of a file its own ${twin.key}.`));
    return twin === null;
  });

  const filters: Placed<SigmaFilter>[] = [];
  const rules: { from: RuleFile; document: SigmaRule; filters: SigmaFilter[] }[] = [];
  const waiting: Placed<SigmaCorrelation>[] = [];
  for (const { from, document } of kept) {
    if (document.kind === "rule") rules.push({ from, document, filters: [] });
    else if (document.kind === "filter") filters.push({ from, document });
    else waiting.push({ from, document });
  }
  const ruleAt = new Map(rules.map((rule, index) => [rule.document, index]));
  const warnings = kept.flatMap(({ from, document }) => (document.kind === "correlation" ? [] : document.warnings.map((message) => ({ file: from.file, document: document.document, message }))));

  for (const one of filters) {
    attempt(one, () => {
      const chosen = chooseRules(one, rules, names);
      if (chosen.length === 0) warnings.push({ file: one.from.file, document: one.document.document, message: `The filter "${one.document.meta.title}" concerns none of the rules given.` });
      for (const rule of chosen) rule.filters.push(one.document);
    });
  }
  const correlations = orderCorrelations(waiting, names, ruleAt, refuse);
  return {
    rules: rules.map(({ from, document, filters: own }) => ({ ...applyFilters(document, own), file: from.file, filters: own.map(({ meta }) => meta.title) })),
    correlations,
    refused: inFileOrder(refused, files),
    warnings,
  };
}

/** "any" means every rule of the filter's logsource in its own file, or in all files when its file holds no rule. */
function chooseRules<T extends Placed<SigmaRule>>({ from, document }: Placed<SigmaFilter>, rules: readonly T[], names: RuleNames): T[] {
  const { product, category, service } = document.logsource;
  const fits = ({ logsource }: SigmaRule): boolean =>
    (product === null || product === logsource.product) && (category === null || category === logsource.category) && (service === null || service === logsource.service);
  if (document.rules === "any") {
    const near = rules.some((rule) => rule.from === from);
    return rules.filter((rule) => (!near || rule.from === from) && fits(rule.document));
  }
  return document.rules.map((reference, i) => {
    const path = ["filter", "rules", i];
    const found = names.find(reference, from.file, path);
    const rule = rules.find((one) => one.document === found);
    if (rule === undefined) throw new RuleFault(path, `"${reference}" is no rule, and a filter concerns rules only.`, "Name rules by id or name.");
    if (!fits(rule.document)) throw new RuleFault(path, `The filter is written for another logsource than the rule "${reference}".`, "Give the filter the logsource of the rules it names.");
    return rule;
  });
}

/** Depth first, so that each correlation stands behind those it refers to; a circle is refused where it closes, and who refers to it with it. */
function orderCorrelations(waiting: readonly Placed<SigmaCorrelation>[], names: RuleNames, ruleAt: ReadonlyMap<SigmaDocument, number>, refuse: (one: Placed<SigmaDocument>, error: unknown) => void): LinkedCorrelation[] {
  const done: LinkedCorrelation[] = [];
  const at = new Map<SigmaDocument, number>();
  const depths: number[] = []; // of done: how many correlations stand in the longest chain down from it, itself included
  const open = new Set<SigmaDocument>();
  const failed = new Set<SigmaDocument>();
  const byDocument = new Map<SigmaDocument, Placed<SigmaCorrelation>>(waiting.map((one) => [one.document, one]));
  const link = (one: Placed<SigmaCorrelation>): void => {
    if (at.has(one.document) || failed.has(one.document)) return;
    open.add(one.document);
    let depth = 1;
    try {
      const references = one.document.rules.map((reference, i): RuleReference => {
        const path = ["correlation", "rules", i];
        const found = names.find(reference, one.from.file, path);
        const rule = ruleAt.get(found);
        if (rule !== undefined) return { kind: "rule", index: rule, as: reference };
        const next = byDocument.get(found);
        if (next === undefined) throw new RuleFault(path, `"${reference}" is a filter; a correlation refers to rules and correlations.`, "Name rules by id or name.");
        if (open.size > MOST_CHAINED) throw tooDeep(path); // before the stack is
        if (open.has(found)) throw new RuleFault(path, `The correlation refers to itself by way of "${reference}".`, "Break the circle.");
        link(next);
        const index = at.get(found);
        if (index === undefined) throw new RuleFault(path, `It refers to "${reference}", which was refused.`, `Correct "${reference}" first.`);
        depth = Math.max(depth, 1 + (depths[index] ?? 0));
        if (depth > MOST_CHAINED) throw tooDeep(path);
        return { kind: "correlation", index, as: reference };
      });
      const aliases = linkAliases(one, names);
      at.set(one.document, done.push({ ...one.document, aliases, file: one.from.file, references }) - 1);
      depths.push(depth);
    } catch (error) {
      failed.add(one.document);
      refuse(one, error);
    } finally {
      open.delete(one.document);
    }
  };
  for (const one of waiting) link(one);
  return done;
}

function tooDeep(path: readonly (string | number)[]): RuleFault {
  return new RuleFault(path, `More than ${MOST_CHAINED} correlations refer to one another in a chain.`, "Shorten the chain.");
}

/** Aliases by the names under which the correlation lists its rules: an alias may say the id where the list says the name. One of a rule that is not listed would silently join nothing. */
function linkAliases({ from, document }: Placed<SigmaCorrelation>, names: RuleNames): SigmaCorrelation["aliases"] {
  const listed = new Map(document.rules.map((reference, i) => [names.find(reference, from.file, ["correlation", "rules", i]), reference]));
  return new Map(
    [...document.aliases].map(([alias, fields]) => [
      alias,
      new Map(
        [...fields].map(([reference, field]) => {
          const path = ["correlation", "aliases", alias, reference];
          const as = document.rules.includes(reference) ? reference : listed.get(names.find(reference, from.file, path));
          if (as === undefined) throw new RuleFault(path, `The alias speaks of "${reference}", which the correlation does not list.`, "Put the rule into the correlation's rules, or delete the line.");
          return [as, field];
        }),
      ),
    ]),
  );
}

function inFileOrder(refused: readonly RuleRefusal[], files: readonly RuleFile[]): RuleRefusal[] {
  const order = new Map(files.map(({ file }, i) => [file, i]));
  return [...refused].sort((a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.document - b.document);
}
