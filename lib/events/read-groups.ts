import type { View, Views } from "./frame/view-record";
import type { GroupPart, GroupedRecord, LineGroup } from "./line-group";
import { itemMaker } from "./make-item";
import type { OpenOthers } from "./read-others";
import { bare, exampleOfUnit } from "./read-records";
import { UnitFrames, type Unit } from "./read-units";
import type { FormatReader, Item, ReadLimits } from "./types";

/** A reader for formats of which several lines make one record; the lines may stand in wrappers. Others' lines go to the other formats, where there are any. */
export function openGroups(limits: ReadLimits, record: string, part: GroupPart, openOthers?: OpenOthers): FormatReader {
  const frames = new UnitFrames(limits);
  const make = itemMaker();
  const others = openOthers?.(limits, make);
  const group = part.open(limits);
  const read = (units: readonly Unit[]): Item[] => {
    const items: Item[] = [];
    for (const unit of units) {
      if (!("views" in unit)) items.push(bare(make, unit));
      else {
        const line = lineOf(unit, part);
        if (line === null) {
          const { offset, length } = unit;
          const unknown = { reason: "unknown-record", message: `The line at byte ${offset} is not ${record}.` };
          if (others === undefined) items.push(make.refused({ offset, length, ...unknown, example: exampleOfUnit(unit) }));
          else others.read(items, unit, () => unknown);
        } else addLine(items, make, group, line, unit);
      }
    }
    return items;
  };
  return {
    push: (chunk) => read(frames.push(chunk)),
    end: () => [...read(frames.end()), ...group.end().map((one) => toItem(make, one)), ...(others?.end() ?? [])],
  };
}

/** The innermost text that the group knows. */
export function lineOf({ views }: Views, part: Pick<GroupPart, "isMine">): string | null {
  const view = views.findLast((candidate): candidate is Extract<View, { text: string }> => "text" in candidate && part.isMine(candidate.text));
  return view?.text ?? null;
}

/** Items that a line completes, or the line as one that says nothing. */
export function addLine(items: Item[], make: ReturnType<typeof itemMaker>, group: LineGroup, line: string, unit: Extract<Unit, Views>, format?: string): void {
  const closed = group.push(line, unit, unit.host);
  if (closed === "skip") items.push(make.skipped(unit.offset, unit.length, "no-record"));
  else for (const one of closed) items.push(toItem(make, one, format));
}

export function toItem(make: ReturnType<typeof itemMaker>, { offset, length, mapped }: GroupedRecord, format?: string): Item {
  return make.record(offset, length, mapped, null, format);
}
