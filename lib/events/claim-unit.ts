import type { View, Views } from "./frame/view-record";
import { isMine } from "./map-unit";
import type { RecordFormat } from "./record-format";
import type { EventFormat } from "./types";

/** Whether a format can know a record by itself; the others need the whole file (a header, a binary layout). */
export function readsSingleRecords(format: EventFormat | RecordFormat): format is RecordFormat {
  return "json" in format || "line" in format || "group" in format;
}

/**
 * The formats that say "mine" of a record: those that know its innermost view, else the next one out; formats that are the
 * envelope of many (syslog) only where no other does. One is the answer, several are ambiguous, none is unknown.
 */
export function claimUnit({ views }: Views, formats: readonly RecordFormat[]): readonly RecordFormat[] {
  for (const generic of [false, true]) {
    for (let at = views.length - 1; at >= 0; at -= 1) {
      const view = views[at];
      if (view === undefined) continue;
      const found = formats.filter((format) => (format.generic ?? false) === generic && claims(format, view));
      if (found.length > 0) return found;
    }
  }
  return [];
}

function claims(format: RecordFormat, view: View): boolean {
  return isMine(view, format) || (format.group !== undefined && "text" in view && format.group.isMine(view.text));
}
