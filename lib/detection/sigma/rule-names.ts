import { RuleFault, type RulePath } from "./rule-fault";
import type { RuleRefusal, SigmaDocument } from "./rule-types";

/** Ids and names of documents, by file and over all files: what references are resolved by. */
export class RuleNames {
  private readonly perFile = new Map<string, Map<string, SigmaDocument>>();
  private readonly overall = new Map<string, SigmaDocument[]>();
  private readonly refused: ReadonlySet<string>;

  constructor(refused: readonly RuleRefusal[]) {
    this.refused = new Set(refused.flatMap(({ id, name }) => [id, name].filter((text) => text !== null)));
  }

  /** Enters a document. @returns the id or name that stands in this file already (nothing is entered then), else null */
  add(file: string, document: SigmaDocument): { readonly key: "id" | "name"; readonly value: string } | null {
    const own = this.perFile.get(file) ?? new Map<string, SigmaDocument>();
    this.perFile.set(file, own);
    const { id, name } = document.meta;
    const words = [...(id === null ? [] : [{ key: "id", value: id } as const]), ...(name === null || name === id ? [] : [{ key: "name", value: name } as const])];
    const twin = words.find(({ value }) => own.has(value));
    if (twin !== undefined) return twin;
    for (const { value } of words) {
      own.set(value, document);
      this.overall.set(value, [...(this.overall.get(value) ?? []), document]);
    }
    return null;
  }

  /** @throws RuleFault when nothing, or more than one document of other files, has this id or name */
  find(reference: string, file: string, path: RulePath): SigmaDocument {
    const near = this.perFile.get(file)?.get(reference);
    if (near !== undefined) return near;
    const [found, second] = this.overall.get(reference) ?? [];
    if (found !== undefined && second === undefined) return found;
    if (found !== undefined) throw new RuleFault(path, `"${reference}" stands for several rules of other files.`, "Refer to it by its id.");
    if (this.refused.has(reference)) throw new RuleFault(path, `It refers to "${reference}", which was refused.`, "Correct that rule first.");
    throw new RuleFault(path, `No rule has the id or name "${reference}".`, "Put the rule into the same file, or give its file too.");
  }
}
