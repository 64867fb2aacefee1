import type { RecordFilter } from "@/lib/reports/telemetry-record-page";

type Given = Readonly<Record<string, string | string[] | undefined>>;

/** What an address asks of the event browser. What cannot be read asks nothing, except pages, which begin at 1. */
export function readRecordFilter(given: Given): RecordFilter {
  const one = (name: string): string | null => {
    const value = given[name];
    return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 400) : null;
  };
  const whole = (name: string, least: number): number => {
    const value = Number(one(name) ?? least);
    return Number.isSafeInteger(value) && value >= least && value < 2 ** 31 ? value : least;
  };
  return {
    kind: one("kind"),
    host: one("host"),
    from: readInstant(one("from"), ":00.000"),
    to: readInstant(one("to"), ":59.999"),
    text: one("q") ?? "",
    field: one("field"),
    refused: one("refused") === "1",
    columns: (one("cols") ?? "").split(",").filter(Boolean).slice(0, 12),
    page: whole("page", 1),
    after: whole("after", 0),
  };
}

/** The address of a filter, with changes; page and search begin anew unless they are what changes. */
export function recordQuery(filter: RecordFilter, changes: Partial<RecordFilter> = {}): string {
  const next: RecordFilter = { ...filter, page: 1, after: 0, ...changes };
  const query = new URLSearchParams();
  const put = (name: string, value: string | null): void => {
    if (value !== null && value !== "") query.set(name, value);
  };
  put("kind", next.kind);
  put("host", next.host);
  put("from", next.from === null ? null : new Date(next.from).toISOString().slice(0, 16));
  put("to", next.to === null ? null : new Date(next.to).toISOString().slice(0, 16));
  put("q", next.text);
  put("field", next.field);
  put("refused", next.refused ? "1" : null);
  put("cols", next.columns.join(","));
  put("page", next.page > 1 ? String(next.page) : null);
  put("after", next.after > 0 ? String(next.after) : null);
  return query.toString();
}

/** "2026-11-20T06:00", read as UTC; the seconds belong to the end of a range as to its beginning. */
function readInstant(text: string | null, seconds: string): number | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}${seconds}Z`);
  return Number.isNaN(ms) ? null : ms;
}
