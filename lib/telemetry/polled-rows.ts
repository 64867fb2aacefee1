import type { RecordKindId } from "./types";

/*
 * osquery's result logs hold three things under one table's name. A table of events reports each act once. Any other table is
 * a list that is read now and then: what a row of it shows depends on how it was logged.
 *   launchd            an item that was not in the list before: something changed between two readings
 *   launchd#snapshot   an item of the list as it stands: a state, nothing that happened
 *   launchd#removed    an item that is in the list no more: no sight of the thing at all
 * The table is judged once, by its plain kind; of a snapshot only the components that are states are left, of a removed row none.
 */
const POLLED = /^((?:macos-osquery|linux-osquery|osquery):.+|windows-misc:osquery\/.+)#(snapshot|removed)$/;

/** Tables whose rows are acts whenever they are read, beside those named *_events: they hold the lines of a log. */
const LOG_TABLES: ReadonlySet<string> = new Set(["asl", "unified_log", "windows_eventlog"]);

export type RowForm = "act" | "snapshot" | "removed";

/**
 * How a row of a table counts. The first result of a differential query (counter 0) "adds" the whole list; one without a counter
 * cannot be told from it, so both are states.
 *
 * @param action "added", "removed", "snapshot" or whatever the result says
 * @param counter of the result: how often the query ran since its list was last taken anew; NaN where it does not say
 */
export function formOfRow(table: string, action: string, counter: number): RowForm {
  if (action === "removed") return "removed";
  if (table.endsWith("_events") || LOG_TABLES.has(table)) return "act";
  return action === "added" && counter > 0 ? "act" : "snapshot";
}

/** The key of a row of this table in this form. */
export function keyOfRow(table: string, form: RowForm): string {
  return form === "act" ? table : `${table}#${form}`;
}

/** The table's own kind and the form, for a kind that is a reading of a list; null for every other kind. */
export function polledForm(kind: RecordKindId): { readonly table: RecordKindId; readonly form: "snapshot" | "removed" } | null {
  if (!kind.includes("#")) return null;
  const [, table, form] = POLLED.exec(kind) ?? [];
  return table === undefined ? null : { table, form: form === "removed" ? "removed" : "snapshot" };
}
