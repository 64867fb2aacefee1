import { classNames } from "@/components/ui/class-names";
import type { ShownState } from "@/lib/reports/rule-check-view";
import { CHECK_LOOK } from "./check-words";

/** The glyph of a state, named for readers of the screen unless a word beside it says the same. */
export function CheckGlyph({ state, silent, size = 15, className }: { state: ShownState; silent?: boolean; size?: number; className?: string }) {
  const { icon: Icon, word, className: tone } = CHECK_LOOK[state];
  return (
    <span className={classNames("inline-grid place-items-center align-middle", tone, className)} {...(silent ? { "aria-hidden": true } : { role: "img", "aria-label": word, title: word })}>
      <Icon size={size} aria-hidden />
    </span>
  );
}

/** Glyph and word. */
export function CheckWord({ state }: { state: ShownState }) {
  return (
    <span className="inline-flex items-center align-middle gap-1.5">
      <CheckGlyph state={state} silent />
      {CHECK_LOOK[state].word}
    </span>
  );
}
