import { foldHost } from "@/lib/shared/host-name";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { classEntry, redactedEntry } from "@/lib/telemetry/fill-shape";
import { storableText } from "./frame/decode-text";
import type { ParsedRecord } from "./types";

/** What the records of one aggregate have in common, apart from their hour. */
export interface Series {
  readonly id: number; // from 0, in order of appearance
  readonly kind: string; // RecordKindId
  readonly host: string; // folded; "" = none known
  readonly shape: readonly string[]; // a fill shape (lib/telemetry/fill-shape.ts), sorted
}

/** More than this many series in one file means that ids or texts ended up in a name: memory would grow with the file. */
export const MOST_SERIES = 500_000;

/**
 * Gives every record its series. One interner serves all visitors of a pass, so that the work is done once per record.
 *
 * @throws RangeError past MOST_SERIES
 */
export class SeriesInterner {
  readonly series: Series[] = [];
  private readonly shapes = new Map<string, { readonly sorted: readonly string[]; readonly kinds: Map<string, Map<string, Series>> }>();
  private readonly folded = new Map<string, string>();
  private lastRecord: ParsedRecord | null = null;
  private last: Series | null = null;

  of(record: ParsedRecord, host: string): Series {
    if (this.last !== null && record === this.lastRecord) return this.last;
    const found = this.find(record, this.fold(host));
    this.lastRecord = record;
    this.last = found;
    return found;
  }

  private find(record: ParsedRecord, host: string): Series {
    const { family, key } = record.kind;
    const beside = besideFields(record);
    let shapeKey = "";
    for (const field in record.fields) shapeKey += `${field},`;
    for (const entry of beside) shapeKey += `${entry},`;
    let shape = this.shapes.get(shapeKey);
    if (shape === undefined) {
      const names = [...Object.keys(record.fields), ...beside].sort(compareCodeUnits);
      const sortedKey = names.map((name) => `${name},`).join("");
      // Two orders of the same fields are one shape.
      shape = this.shapes.get(sortedKey) ?? { sorted: names, kinds: new Map<string, Map<string, Series>>() };
      this.shapes.set(sortedKey, shape);
      this.shapes.set(shapeKey, shape);
    }
    const kind = `${family}:${key}`;
    let hosts = shape.kinds.get(kind);
    if (hosts === undefined) {
      hosts = new Map<string, Series>();
      shape.kinds.set(kind, hosts);
    }
    let series = hosts.get(host);
    if (series === undefined) {
      if (this.series.length >= MOST_SERIES) throw new RangeError(`more than ${MOST_SERIES} combinations of record kind, host and filled fields`);
      series = { id: this.series.length, kind, host, shape: shape.sorted };
      this.series.push(series);
      hosts.set(host, series);
    }
    return series;
  }

  private fold(host: string): string {
    if (host === "") return "";
    let folded = this.folded.get(host);
    if (folded === undefined) {
      folded = storableText(foldHost(host));
      if (this.folded.size < 100_000) this.folded.set(host, folded);
    }
    return folded;
  }
}

const NOTHING_BESIDE: readonly string[] = [];

/** What the shape of a record holds beside its filled fields. A host that the import named is no longer hidden. */
function besideFields({ fields, redacted, objectClass }: ParsedRecord): readonly string[] {
  if (redacted === undefined && objectClass === undefined) return NOTHING_BESIDE;
  const hidden = (redacted ?? []).filter((field) => fields[field] === undefined).map(redactedEntry);
  return objectClass === undefined ? hidden : [classEntry(objectClass), ...hidden];
}
