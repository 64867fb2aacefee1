import type { Views } from "./frame/view-record";
import { claimUnit, readsSingleRecords } from "./claim-unit";
import type { LineGroup } from "./line-group";
import { itemMaker } from "./make-item";
import { mapUnit } from "./map-unit";
import { addLine, lineOf, toItem } from "./read-groups";
import { addUnit, bare, exampleOfUnit } from "./read-records";
import { UnitFrames, type Unit } from "./read-units";
import type { RecordFormat } from "./record-format";
import type { EventFormat, FormatReader, Item, ReadLimits } from "./types";

/** The id under which a file of several formats is kept. */
export const MIXED_ID = "mixed";

/** The reader of files in which several formats stand together: each record is read by the one format that knows it. */
export function mixedFormat(all: readonly (EventFormat | RecordFormat)[]): EventFormat {
  const formats = all.filter(readsSingleRecords);
  return {
    id: MIXED_ID,
    label: "Several formats, record by record",
    extensions: [],
    sniff: () => ({ verdict: "no", evidence: [] }), // detection decides: when no single format has enough of the records
    open: (limits) => openMixed(limits, formats),
  };
}

function openMixed(limits: ReadLimits, formats: readonly RecordFormat[]): FormatReader {
  const frames = new UnitFrames(limits);
  const make = itemMaker();
  const groups = new Map<RecordFormat, LineGroup>();
  const refuse = (unit: Extract<Unit, Views>, reason: string, message: string): Item =>
    make.refused({ offset: unit.offset, length: unit.length, reason, message, example: exampleOfUnit(unit) });

  const readUnit = (items: Item[], unit: Extract<Unit, Views>): void => {
    const claimed = claimUnit(unit, formats);
    const [format] = claimed;
    if (format === undefined) return void items.push(refuse(unit, "unknown-record", `The record at byte ${unit.offset} is of no known format.`));
    if (claimed.length > 1) {
      const names = claimed.map(({ id }) => id).join(" or ");
      return void items.push(refuse(unit, "ambiguous-record", `The record at byte ${unit.offset} could be ${names}.`));
    }
    if (format.group === undefined) return addUnit(items, make, unit, mapUnit(unit, format, limits), () => ({ reason: "unknown-record", message: `The record at byte ${unit.offset} looks like ${format.id} but cannot be read as such.` }), format.id);
    const group = groups.get(format) ?? format.group.open(limits);
    groups.set(format, group);
    addLine(items, make, group, lineOf(unit, format.group) ?? "", unit, format.id);
  };

  const read = (units: readonly Unit[]): Item[] => {
    const items: Item[] = [];
    for (const unit of units) {
      if ("views" in unit) readUnit(items, unit);
      else items.push(bare(make, unit));
    }
    return items;
  };
  return {
    push: (chunk) => read(frames.push(chunk)),
    end: () => [...read(frames.end()), ...[...groups].flatMap(([{ id }, group]) => group.end().map((one) => toItem(make, one, id)))],
  };
}
