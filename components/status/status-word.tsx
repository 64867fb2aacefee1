import type { Flag, Status } from "@/lib/assessment/status";
import { FLAG_LOOK, FLAG_ORDER, STATUS_LOOK } from "./status-table";
import { Glyph, StatusGlyph } from "./status-glyph";

/** Glyph and word together. */
export function StatusWord({ status, flags, size = 16 }: { status: Status; flags?: readonly Flag[]; size?: number }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap" title={STATUS_LOOK[status].says}>
      <StatusGlyph status={status} flags={flags} size={size} silent />
      {STATUS_LOOK[status].word}
    </span>
  );
}

const QUIET: readonly Flag[] = ["by-component", "hosts-unverified", "rule-tested", "conditional"];

/** Flags in words, worst first; what merely qualifies is set quieter than what is wrong. */
export function FlagWords({ flags }: { flags: readonly Flag[] }) {
  return (
    <>
      {FLAG_ORDER.filter((flag) => flags.includes(flag)).map((flag) => {
        const look = FLAG_LOOK[flag];
        return (
          <span key={flag} title={look.says} className={`inline-flex items-center gap-1 text-xs font-medium whitespace-nowrap ${QUIET.includes(flag) ? "text-ink-3" : "text-attn"}`}>
            {look.glyph ? <Glyph id={look.glyph} /> : null}
            {look.word}
          </span>
        );
      })}
    </>
  );
}
