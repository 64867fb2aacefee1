import type { Status } from "@/lib/assessment/status";
import { Glyph } from "./status-glyph";
import { STATUS_LOOK } from "./status-table";

/** The box of a status that nobody has proven: hatched in place of its fill, dashed in place of its border. Silent: words beside it say it. */
export function ProjectedGlyph({ status, size = 16 }: { status: Status; size?: number }) {
  return (
    <span aria-hidden className="hatch inline-grid shrink-0 place-items-center rounded-sm border border-dashed border-accent text-ink" style={{ width: size, height: size }}>
      <span className="grid size-[10px] place-items-center rounded-full bg-surface">
        <Glyph id={STATUS_LOOK[status].glyph} size={9} />
      </span>
    </span>
  );
}
