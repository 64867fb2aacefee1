import { STATUSES, type Status } from "./status";

/** What is compared of a cell. */
export interface ComparedCell {
  readonly analytic: string;
  readonly segment: string; // id
  readonly status: Status;
}

export interface Regression {
  readonly analytic: string;
  readonly segment: string;
  readonly before: Status;
  readonly now: Status;
}

const OBSERVED = STATUSES.indexOf("observed");

/** Cells that were observed or validated and have a lower status now. A cell that is no longer applicable, or not assessed, is none of them. */
export function findRegressions(before: readonly ComparedCell[], now: readonly ComparedCell[]): Regression[] {
  const later = new Map(now.map((cell) => [`${cell.analytic} ${cell.segment}`, cell.status]));
  return before.flatMap(({ analytic, segment, status }) => {
    const found = later.get(`${analytic} ${segment}`);
    const fell = found !== undefined && found !== "not-applicable" && STATUSES.indexOf(status) >= OBSERVED && STATUSES.indexOf(found) < STATUSES.indexOf(status);
    return fell ? [{ analytic, segment, before: status, now: found }] : [];
  });
}
