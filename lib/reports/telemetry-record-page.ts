/** A row of the event browser: a record with the values of the chosen fields, or one that was refused. */
export interface RecordRow {
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  readonly time: number | null; // ms
  readonly untimed: string; // why there is no time; "" where there is one
  readonly host: string;
  readonly kind: string; // "" for a refused record
  readonly values: readonly string[]; // of the columns, in their order; "" = not filled
  readonly refused: { readonly reason: string; readonly message: string; readonly example: string } | null;
}

/** What the address asks of the browser; null and "" ask nothing. */
export interface RecordFilter {
  readonly kind: string | null;
  readonly host: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly text: string;
  readonly field: string | null; // canonical field that must hold the text; null: any
  readonly refused: boolean; // refused records only
  readonly columns: readonly string[]; // canonical field ids; empty: the browser chooses
  readonly page: number; // 1-based, without text
  readonly after: number; // with text: the search goes on after this record
}

/** A page of a dataset's records. */
export interface RecordPageView {
  readonly dataset: { readonly id: string; readonly segmentId: string; readonly segment: string; readonly fileName: string; readonly format: string; readonly records: number; readonly refused: number; readonly first: number | null; readonly last: number | null };
  readonly filter: RecordFilter;
  readonly columns: readonly string[];
  readonly fields: readonly { readonly id: string; readonly meaning: string; readonly here: boolean }[]; // that a column may show; here: filled on this page
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  readonly rows: readonly RecordRow[];
  readonly matching: number; // records that fit all but the text
  readonly pages: number; // 1 with text
  readonly looked: number; // with text: records that this request looked at
  readonly reached: number; // number of the last record read
  readonly goOn: number | null; // with text: where the search goes on; null: it is through
  readonly short: boolean; // the page could not be filled within the bytes that one request reads
}

const SHOWN = 5;
/** What people look for first, in this order, where records fill it. */
const TELLING = ["cmd", "image", "file_path", "target_path", "dst_ip", "dst_port", "domain", "url", "api_name", "user", "src_ip", "parent_image", "pid", "message"] as const;

/** The columns that are shown: those asked for, else the telling ones that the page fills, else the fullest. */
export function chooseColumns(asked: readonly string[], filled: ReadonlyMap<string, number>): string[] {
  if (asked.length > 0) return [...asked];
  const telling = TELLING.filter((field) => filled.has(field));
  const fullest = [...filled].filter(([field]) => !["ts", "host"].includes(field)).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([field]) => field);
  return [...new Set<string>([...telling, ...fullest])].slice(0, SHOWN);
}
