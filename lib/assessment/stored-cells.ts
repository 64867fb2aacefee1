import { z } from "zod";
import { WHY_CODES, type WhyCode } from "./scoring-result";
import { flagsOf, STATUSES, type Flag, type Status } from "./status";

/** A stored cell: its numbers, and where its words are. */
export interface CellRow {
  readonly analytic: string;
  readonly segment: number; // position
  readonly status: Status;
  readonly score: number | null;
  readonly reach: number;
  readonly flags: readonly Flag[];
  readonly hosts: number;
  readonly matchedIn: "engine" | "siem" | null;
  readonly detailId: number;
  readonly lines: readonly number[]; // of its requirements
}

/** Stored cells as one list per column: thousands of rows take several times as long to be read. */
export const cellListsSchema = z.object({
  analytic: z.array(z.string()),
  segment: z.array(z.number()),
  status: z.array(z.number()),
  score: z.array(z.number().nullable()),
  reach: z.array(z.number()),
  flags: z.array(z.number()),
  hosts: z.array(z.number()),
  matchedIn: z.array(z.enum(["engine", "siem"]).nullable()),
  detailId: z.array(z.number()),
  lines: z.array(z.array(z.number())),
});

/** The cells of such lists, which are equally long. */
export function cellsOfLists(lists: z.infer<typeof cellListsSchema>): CellRow[] {
  return lists.analytic.map((analytic, at) => ({
    analytic,
    segment: lists.segment[at] ?? 0,
    status: STATUSES[lists.status[at] ?? -1] ?? "blind",
    score: lists.score[at] ?? null,
    reach: lists.reach[at] ?? 0,
    flags: flagsOf(lists.flags[at] ?? 0),
    hosts: lists.hosts[at] ?? 0,
    matchedIn: lists.matchedIn[at] ?? null,
    detailId: lists.detailId[at] ?? 0,
    lines: lists.lines[at] ?? [],
  }));
}

/** What a requirement line asks for and what its best alternative says, without its words. */
export interface LineCause {
  readonly component: { readonly id: string; readonly name: string };
  readonly critical: boolean;
  readonly best: { readonly family: string; readonly proven: boolean; readonly code: WhyCode } | null; // null: the line has no reference
}

/** Lines that say the same, with their ids. */
export const lineCausesSchema = z.array(
  z.object({ component: z.string(), name: z.string(), critical: z.boolean(), family: z.string().nullable(), proven: z.boolean().nullable(), code: z.enum(WHY_CODES).nullable(), ids: z.array(z.number()) }),
);

/** Each line's cause by its id; lines that say the same share one object. */
export function causesOfLines(groups: z.infer<typeof lineCausesSchema>): Map<number, LineCause> {
  return new Map(
    groups.flatMap(({ component, name, critical, family, proven, code, ids }) => {
      const cause: LineCause = { component: { id: component, name }, critical, best: family === null || proven === null || code === null ? null : { family, proven, code } };
      return ids.map((id): [number, LineCause] => [id, cause]);
    }),
  );
}
