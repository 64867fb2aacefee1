import type { Views } from "./frame/view-record";
import { claimUnit } from "./claim-unit";
import type { LineGroup } from "./line-group";
import type { itemMaker } from "./make-item";
import { mapUnit } from "./map-unit";
import { addLine, lineOf, toItem } from "./read-groups";
import { addUnit, exampleOfUnit } from "./read-records";
import type { Unit } from "./read-units";
import type { RecordFormat } from "./record-format";
import type { Item, ReadLimits } from "./types";

type Maker = ReturnType<typeof itemMaker>;
type Whole = Extract<Unit, Views>;

/** Reads, of one file, the records that its own format does not know: each by the one other format that alone does. */
export interface Others {
  /** Items of one unit; `unknown` says why it is refused when no other format knows it. */
  read(items: Item[], unit: Whole, unknown: () => { reason: string; message: string }): void;
  end(): Item[];
}

export type OpenOthers = (limits: ReadLimits, make: Maker) => Others;

/** Which formats know each unit of one file, from its beginning on: what a header said holds for the lines below it. */
export class UnitClaims {
  readonly #groups = new Map<RecordFormat, LineGroup>();

  constructor(
    private readonly formats: readonly RecordFormat[],
    private readonly limits: ReadLimits,
  ) {}

  /** One is the answer, several are ambiguous, none is unknown; envelopes of many give way to a header's lines. */
  claim(unit: Views): readonly RecordFormat[] {
    const claimed = claimUnit(unit, this.formats);
    if (this.#groups.size === 0) return claimed;
    const expecting = [...this.#groups].flatMap(([format, group]) => (!claimed.includes(format) && expects(group, unit) ? [format] : []));
    return expecting.length === 0 ? claimed : [...claimed.filter(({ generic }) => generic !== true), ...expecting];
  }

  /** The lines of a format that stand open in this file, and the one of this unit that is theirs; null where the format reads records by themselves. */
  groupOf(format: RecordFormat, unit: Views): { readonly group: LineGroup; readonly line: string; readonly first: boolean } | null {
    const part = format.group;
    if (part === undefined) return null;
    const known = this.#groups.get(format);
    const group = known ?? part.open(this.limits);
    this.#groups.set(format, group);
    const line = lineOf(unit, { isMine: (text) => part.isMine(text) || group.expects?.(text) === true }) ?? "";
    return { group, line, first: known === undefined };
  }

  /** Takes a unit into the lines of the format that it is of, so that units below are known by it; records that this completes are not wanted. */
  note(format: RecordFormat, unit: Views): void {
    const found = this.groupOf(format, unit);
    found?.group.push(found.line, { offset: 0, length: found.line.length }, null);
  }

  open(): readonly (readonly [RecordFormat, LineGroup])[] {
    return [...this.#groups];
  }
}

/**
 * @param all the formats that know single records
 * @param own the format of the file, whose records these are not; null where the file has none
 */
export function othersOf(all: readonly RecordFormat[], own: string | null): OpenOthers {
  return (limits, make) => {
    const claims = new UnitClaims(all, limits);

    const read: Others["read"] = (items, unit, unknown) => {
      const { offset, length } = unit;
      const refuse = (why: { reason: string; message: string }): void => void items.push(make.refused({ offset, length, ...why, example: exampleOfUnit(unit) }));
      const claimed = claims.claim(unit);
      const [format] = claimed;
      if (format === undefined || claimed.some(({ id }) => id === own)) return refuse(unknown());
      if (claimed.length > 1) return refuse({ reason: "ambiguous-record", message: `The record at byte ${offset} could be ${claimed.map(({ id }) => id).join(" or ")}.` });
      const found = claims.groupOf(format, unit);
      if (found === null) return addUnit(items, make, unit, mapUnit(unit, format, limits), () => ({ reason: "unknown-record", message: `The record at byte ${offset} looks like ${format.id} but cannot be read as such.` }), format.id);
      // From here on a record may lie over several lines: whoever begins in the middle of the file would miss some.
      if (found.first) items.push(make.skipped(offset, 0, "joined-lines"));
      addLine(items, make, found.group, found.line, unit, format.id);
    };
    return { read, end: () => claims.open().flatMap(([{ id }, group]) => group.end().map((one) => toItem(make, one, id))) };
  };
}

function expects(group: LineGroup, { views }: Views): boolean {
  return group.expects !== undefined && views.some((view) => "text" in view && group.expects?.(view.text) === true);
}
