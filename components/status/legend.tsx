import type { Status } from "@/lib/assessment/status";
import { StatusGlyph } from "./status-glyph";
import { STATUS_LOOK, STATUS_ORDER } from "./status-table";

/** Every status that can appear above, in the order of the bars. */
export function Legend({ without = ["not-applicable"] }: { without?: readonly Status[] }) {
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-ink-2">
      {STATUS_ORDER.filter((status) => !without.includes(status)).map((status) => (
        <li key={status} className="inline-flex items-center gap-1.5" title={STATUS_LOOK[status].says}>
          <StatusGlyph status={status} size={14} silent className="rounded-[3px]" />
          {STATUS_LOOK[status].word}
        </li>
      ))}
    </ul>
  );
}
