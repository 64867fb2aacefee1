import { isJsonObject } from "./frame/plain-value";
import type { Views } from "./frame/view-record";
import { itemMaker } from "./make-item";
import { mapUnit, mineOf, type MappedUnit, type Parts, type Refusal } from "./map-unit";
import type { OpenOthers } from "./read-others";
import { UnitFrames, type Unit } from "./read-units";
import type { FormatReader, Item, ReadLimits } from "./types";

type Maker = ReturnType<typeof itemMaker>;
type Whole = Extract<Unit, Views>;

/**
 * A reader for formats whose records stand alone, as JSON objects, lines or XML events, in any framing and wrapper. What is
 * not theirs goes to the other formats, where there are any.
 */
export function openRecords(limits: ReadLimits, record: string, parts: Parts, openOthers?: OpenOthers): FormatReader {
  const frames = new UnitFrames(limits);
  const make = itemMaker();
  const others = openOthers?.(limits, make);
  const read = (units: readonly Unit[]): Item[] => {
    const items: Item[] = [];
    for (const unit of units) {
      if (!("views" in unit)) {
        items.push(bare(make, unit));
        continue;
      }
      const mapped = mapUnit(unit, parts, limits);
      const known = mapped !== null && !("refuse" in mapped && mineOf(unit, parts) === null);
      if (known || others === undefined) addUnit(items, make, unit, mapped, () => notMine(unit, record, parts));
      else others.read(items, unit, () => (mapped === null ? notMine(unit, record, parts) : refusalOf(unit, mapped)));
    }
    return items;
  };
  return { push: (chunk) => read(frames.push(chunk)), end: () => [...read(frames.end()), ...(others?.end() ?? [])] };
}

/** Items of packaging and of what could not be framed. */
export function bare(make: Maker, unit: Exclude<Unit, Views>): Item {
  return "skipped" in unit ? make.skipped(unit.offset, unit.length, unit.skipped) : make.refused(unit);
}

/** Items of one unit that was read; `unknown` says why when it was not. */
export function addUnit(items: Item[], make: Maker, unit: Whole, mapped: MappedUnit, unknown: () => { reason: string; message: string }, format?: string): void {
  const { offset, length } = unit;
  if (mapped === null) items.push(make.refused({ offset, length, ...unknown(), example: exampleOfUnit(unit) }));
  else if ("skip" in mapped) items.push(make.skipped(offset, length, mapped.skip));
  else if ("refuse" in mapped) items.push(make.refused({ offset, length, ...refusalOf(unit, mapped), example: exampleOfUnit(unit) }));
  else for (const one of mapped.records) items.push(make.record(offset, length, one, mapped.native, format));
}

function refusalOf({ offset }: Whole, { refuse, because }: Refusal): { reason: string; message: string } {
  return { reason: refuse, message: `The record at byte ${offset} cannot be read: ${because}.` };
}

function notMine(unit: Whole, record: string, { line }: Parts): { reason: string; message: string } {
  const view = unit.views[0];
  if (view === undefined || "json" in view) return { reason: "unknown-record", message: `The record at byte ${unit.offset} is not ${record}.` };
  if (line !== undefined) return { reason: "unknown-record", message: `The line at byte ${unit.offset} is not ${record}.` };
  if (isScalar(view.text)) return { reason: "not-an-object", message: `The value at byte ${unit.offset} is not a JSON object.` };
  return { reason: "not-json", message: `The text at byte ${unit.offset} is not JSON.` };
}

export function exampleOfUnit({ views }: Views): string {
  const view = views[0];
  return view === undefined ? "" : ("json" in view ? JSON.stringify(view.json) : view.text).slice(0, 160);
}

function isScalar(text: string): boolean {
  if (text.length > 256) return false;
  try {
    const value: unknown = JSON.parse(text);
    return !isJsonObject(value) && !Array.isArray(value);
  } catch {
    return false;
  }
}
