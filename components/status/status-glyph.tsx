import type { Flag, Status } from "@/lib/assessment/status";
import { classNames } from "@/components/ui/class-names";
import { FLAG_LOOK, FLAG_ORDER, STATUS_LOOK } from "./status-table";

/** One glyph of the sprite, hidden from readers of the screen: the word stands beside it. */
export function Glyph({ id, size = 12 }: { id: string; size?: number }) {
  return (
    <svg width={size} height={size} aria-hidden="true" className="block shrink-0">
      <use href={`#${id}`} />
    </svg>
  );
}

/** What somebody hears and reads for a status with its flags. */
export function statusTitle(status: Status, flags: readonly Flag[] = []): string {
  return [STATUS_LOOK[status].word, ...FLAG_ORDER.filter((flag) => flags.includes(flag)).map((flag) => FLAG_LOOK[flag].word)].join(", ");
}

/**
 * The box of a status: fill, border and glyph, with a clock, bolt or stop on its corner. Named for screen readers unless
 * silent (a word beside it says the same).
 */
export function StatusGlyph({ status, flags = [], silent, size = 20, className }: { status: Status; flags?: readonly Flag[]; silent?: boolean; size?: number; className?: string }) {
  const look = STATUS_LOOK[status];
  const corner = FLAG_ORDER.find((flag) => flags.includes(flag) && FLAG_LOOK[flag].glyph !== null);
  const glyph = corner ? FLAG_LOOK[corner].glyph : null;
  const title = statusTitle(status, flags);
  return (
    <span
      className={classNames("relative inline-grid shrink-0 place-items-center rounded-sm border", look.className, status === "unassessable" && "border-dotted", className)}
      style={{ width: size, height: size }}
      {...(silent ? { "aria-hidden": true } : { role: "img", "aria-label": title, title })}
    >
      <Glyph id={look.glyph} size={size < 16 ? 9 : 12} />
      {glyph ? (
        <span className="absolute -top-[5px] -right-[5px] grid size-[13px] place-items-center rounded-full bg-surface text-attn">
          <Glyph id={glyph} size={10} />
        </span>
      ) : null}
    </span>
  );
}
