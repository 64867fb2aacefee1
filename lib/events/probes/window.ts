import { z } from "zod";
import { counted } from "@/lib/shared/format-number";
import { defineProbe, graded, notComputable } from "./probe";
import { formatDuration } from "@/lib/shared/format-duration";

const DAY_MS = 86_400_000;

const count = z.number().int();
const summary = z.object({ n: count, timed: count, first: count.nullable(), last: count.nullable() });
type Summary = z.infer<typeof summary>;

/** Probe 13: how far back the records reach. */
export const window = defineProbe<Summary>({
  id: "window",
  label: "Window and retention",
  formula: "The time from the first to the last record. A sample alone is a lower bound of what is kept and never passes; the retention that the inventory states is held against the look-back that analytics need.",
  needs: "event times; the retention in days from the inventory",
  thresholds: [{ level: "fail", text: "the stated retention is shorter than the look-back (30 days unless the analytic says otherwise)", why: "what is deleted cannot be searched" }],
  scope: "source",
  summary,
  open: () => {
    let [n, timed] = [0, 0];
    let [first, last]: [number | null, number | null] = [null, null];
    return {
      record: ({ ms }) => {
        n += 1;
        if (ms === null) return;
        timed += 1;
        if (first === null || ms < first) first = ms;
        if (last === null || ms > last) last = ms;
      },
      finish: () => ({ summary: { n, timed, first, last }, examples: [] }),
    };
  },
  merge: (a, b) => ({
    n: a.n + b.n,
    timed: a.timed + b.timed,
    first: a.first === null || b.first === null ? (a.first ?? b.first) : Math.min(a.first, b.first),
    last: a.last === null || b.last === null ? (a.last ?? b.last) : Math.max(a.last, b.last),
  }),
  grade: ({ timed, first, last }, { retentionDays, lookBackDays }) => {
    if (first === null || last === null) return notComputable("no record has a usable time");
    const span = last - first;
    const figures = [{ label: "From the first to the last record", value: span, unit: "ms" as const, n: timed }];
    if (retentionDays === null) return notComputable(`a sample alone is a lower bound (it spans ${formatDuration(span)}) and no inventory states the retention`, timed, figures);
    const enough = retentionDays >= lookBackDays;
    return graded({
      level: enough ? "pass" : "fail",
      value: retentionDays * DAY_MS,
      unit: "ms",
      n: timed,
      says: `The inventory states ${counted(retentionDays, "day")} of retention; ${counted(lookBackDays, "day")} ${enough ? "are needed" : "would be needed"}. The sample spans ${formatDuration(span)}.`,
      figures,
    });
  },
});
