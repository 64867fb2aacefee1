import { readsSingleRecords } from "./claim-unit";
import { itemMaker } from "./make-item";
import { othersOf, type OpenOthers } from "./read-others";
import { bare } from "./read-records";
import { UnitFrames, type Unit } from "./read-units";
import type { RecordFormat } from "./record-format";
import type { EventFormat, FormatReader, Item, ReadLimits } from "./types";

/** The id under which a file of several formats is kept. */
export const MIXED_ID = "mixed";

/** The reader of files in which several formats stand together: each record is read by the one format that knows it. */
export function mixedFormat(all: readonly (EventFormat | RecordFormat)[]): EventFormat {
  const others = othersOf(all.filter(readsSingleRecords), null);
  return {
    id: MIXED_ID,
    label: "Several formats, record by record",
    extensions: [],
    sniff: () => ({ verdict: "no", evidence: [] }), // detection decides: when no single format has enough of the records
    open: (limits) => openMixed(limits, others),
  };
}

function openMixed(limits: ReadLimits, openOthers: OpenOthers): FormatReader {
  const frames = new UnitFrames(limits);
  const make = itemMaker();
  const others = openOthers(limits, make);
  const read = (units: readonly Unit[]): Item[] => {
    const items: Item[] = [];
    for (const unit of units) {
      if ("views" in unit) others.read(items, unit, () => ({ reason: "unknown-record", message: `The record at byte ${unit.offset} is of no known format.` }));
      else items.push(bare(make, unit));
    }
    return items;
  };
  return { push: (chunk) => read(frames.push(chunk)), end: () => [...read(frames.end()), ...others.end()] };
}
