import { classNames } from "./class-names";

export interface CodeMark {
  /** Number of the line, as it is shown. */
  readonly line: number;
  readonly label: string;
  readonly tone?: "accent" | "attn";
}

/** Text with line numbers, of which the first may be another than 1; marked lines carry a bar, a tint and the word that says why they matter. */
export function CodeBlock({ label, text, first = 1, marks = [], className }: { label: string; text: string; first?: number; marks?: readonly CodeMark[]; className?: string }) {
  const byLine = new Map<number, CodeMark[]>();
  for (const mark of marks) byLine.set(mark.line, [...(byLine.get(mark.line) ?? []), mark]);
  return (
    <div role="region" aria-label={label} tabIndex={0} className={classNames("max-h-[640px] overflow-auto rounded-md border bg-surface-2 py-1.5 font-mono leading-[17px] text-ink-2", className)}>
      {text.split("\n").map((content, index) => {
        const found = byLine.get(index + first);
        const attn = found?.some((mark) => mark.tone === "attn");
        return (
          <div key={index} className={classNames("flex pr-2", found && (attn ? "bg-attn-soft shadow-[inset_2px_0_var(--attn)]" : "bg-accent-soft shadow-[inset_2px_0_var(--accent)]"))}>
            <span aria-hidden className="w-9 shrink-0 pr-2.5 text-right text-ink-3 select-none">
              {index + first}
            </span>
            <span className={classNames("min-w-0 flex-1 [overflow-wrap:anywhere] whitespace-pre-wrap", found && "text-ink")}>{content}</span>
            {found ? <em className={classNames("shrink-0 pl-2 font-sans text-xs font-medium not-italic", attn ? "text-attn" : "text-accent")}>{found.map((mark) => mark.label).join(", ")}</em> : null}
          </div>
        );
      })}
    </div>
  );
}
