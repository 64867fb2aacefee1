import type { GapLine, PackedGaps } from "@/lib/reports/gaps-view";

const KINDS = ["repair", "prove", "configure", "buy", "none"] as const satisfies readonly GapLine["kind"][];
const STATES = ["open", "planned", "accepted", "done"] as const satisfies readonly GapLine["state"][];
const CLOSINGS = ["proven", "moved", "gone", "word"] as const satisfies readonly GapLine["closing"][];

/** A gap of the table, its words spelled out, its segment by name. */
export interface GapRow extends Omit<GapLine, "code" | "group" | "segment"> {
  readonly code: string;
  readonly segmentId: string;
  readonly segment: string;
}

/** The lines of a packed backlog. */
export function unpackGaps({ texts, columns, lapsed }: PackedGaps, segments: readonly { readonly id: string; readonly name: string }[]): GapRow[] {
  const names = new Map(segments.map(({ id, name }) => [id, name]));
  const ended = new Set(lapsed);
  const text = (name: keyof PackedGaps["columns"], position: number): string => texts[columns[name][position] ?? -1] ?? "";
  const number = (name: keyof PackedGaps["columns"], position: number): number => columns[name][position] ?? 0;
  return columns.id.map((id, position) => {
    const segmentId = text("segment", position);
    return {
      id,
      segmentId,
      segment: names.get(segmentId) ?? "",
      what: text("what", position),
      why: text("why", position),
      family: text("family", position),
      kind: KINDS.find((kind) => kind === text("kind", position)) ?? "none",
      code: text("code", position),
      cells: number("cells", position),
      points: number("points", position),
      alone: number("alone", position),
      cost: number("cost", position),
      gain: number("gain", position),
      state: STATES.find((state) => state === text("state", position)) ?? "open",
      closing: CLOSINGS.find((closing) => closing === text("closing", position)) ?? "",
      lapsed: ended.has(position),
      owner: text("owner", position),
      due: text("due", position),
      expires: text("expires", position),
    };
  });
}
