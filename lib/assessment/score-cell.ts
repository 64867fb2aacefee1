import { MILLION, type Status } from "./status";

const BAND_START: Readonly<Record<Status, number | null>> = {
  "not-applicable": null,
  unassessable: null,
  blind: 0,
  declared: 250_000,
  partial: 500_000,
  observed: 750_000,
  validated: MILLION,
};
/** A band is a quarter wide, its end excluded: no quality lifts a cell to the next status. */
const BAND = 249_999;

/**
 * Ordinal score of a cell in millionths. Within its band a partial cell rises with the share of critical requirements
 * met, an observed one with its reach; blind, declared and validated stand at the start of theirs (1 is the top).
 */
export function scoreCell(status: Status, met: number, critical: number, reach: number): number | null {
  const start = BAND_START[status];
  if (start === null) return null;
  if (status === "partial") return start + (critical === 0 ? 0 : Math.floor((BAND * met) / critical));
  if (status === "observed") return start + Math.floor((BAND * reach) / MILLION);
  return start;
}
