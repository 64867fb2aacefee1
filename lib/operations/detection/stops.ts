import type { RuleDocument } from "@/lib/detection/list-documents";

export type Stopped = { readonly kind: "file" | "rule" | "correlation"; readonly position: number; readonly reason: string };

/** What an evaluation goes on without, and why. */
export class Stops {
  private readonly all = new Map<string, Stopped>();

  add(stopped: Stopped): void {
    const key = `${stopped.kind} ${stopped.position}`;
    if (!this.all.has(key)) this.all.set(key, stopped);
  }

  get count(): number {
    return this.all.size;
  }

  get rules(): ReadonlySet<number> {
    return new Set(this.positions("rule"));
  }

  get files(): readonly Stopped[] {
    return [...this.all.values()].filter(({ kind }) => kind === "file");
  }

  positions(kind: Stopped["kind"]): number[] {
    return [...this.all.values()].flatMap((one) => (one.kind === kind ? [one.position] : []));
  }

  /** By document. `dragged`: correlations that rest on what was stopped. */
  list(documents: readonly RuleDocument[], dragged: readonly number[]): { readonly document: number; readonly reason: string }[] {
    const place = ({ kind, position }: Pick<Stopped, "kind" | "position">): number => documents.findIndex((one) => (kind === "rule" ? one.rule : one.correlation) === position);
    const own = [...this.all.values()].filter(({ kind }) => kind !== "file").map((one) => ({ document: place(one), reason: one.reason }));
    const others = dragged.map((position) => ({ document: place({ kind: "correlation", position }), reason: "It refers to a rule or correlation that was stopped. Correct that one first." }));
    return [...own, ...others].filter(({ document }) => document !== -1).sort((a, b) => a.document - b.document);
  }
}
