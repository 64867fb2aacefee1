/** What the columns of a "source, host, count, first, last" table are called by the products that write it. */
const SYNONYMS = {
  segment: ["segment"],
  source: ["source", "sourcetype", "dataset", "data_stream_dataset", "event_dataset", "datatype", "data_type", "data_stream", "table", "tablename", "table_name", "type", "t", "channel", "log", "log_name"],
  event: ["eventcode", "event_code", "eventid", "event_id", "winlog_event_id", "eventname", "event_name", "operation", "event_action"],
  host: ["host", "computer", "hostname", "host_name", "agent_name", "agent_hostname", "devicename", "device_name"],
  hosts: ["hosts", "dc_host", "dcount_computer", "host_count", "hosts_reporting", "distinct_hosts", "distinct_host", "unique_hosts", "computers", "cardinality_host_name", "hosts_value"],
  count: ["count", "totalcount", "total_count", "events", "records", "doc_count", "event_count", "countif", "quantity"],
  first: ["first", "firsttime", "first_time", "min_time", "min_timegenerated", "starttime", "start_time", "first_seen", "firstseen", "min_timestamp"],
  last: ["last", "lasttime", "last_time", "recenttime", "max_time", "max_timegenerated", "endtime", "end_time", "last_seen", "lastseen", "latest", "maximum_timestamp", "max_timestamp"],
} as const;
export type FlowColumn = keyof typeof SYNONYMS;
const COLUMNS: readonly FlowColumn[] = ["segment", "source", "event", "host", "hosts", "count", "first", "last"];

export interface FlowHeader {
  readonly positions: ReadonlyMap<FlowColumn, readonly number[]>; // several columns may name the source: the first that is known decides
  readonly unknown: readonly string[];
}

/** Reads a header; `Quantity`, `dc(host)` and `min(_time)` are told by their letters alone. Azure's portal writes the zone of a time behind its name: `last [UTC]`. */
export function readFlowHeader(cells: readonly string[]): FlowHeader {
  const positions = new Map<FlowColumn, number[]>();
  const unknown: string[] = [];
  cells.forEach((cell, position) => {
    const name = cell.toLowerCase().replace(/ \[[^\]]+\]$/, "").replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
    const column = COLUMNS.find((candidate) => SYNONYMS[candidate].some((synonym) => synonym === name));
    if (column) positions.set(column, [...(positions.get(column) ?? []), position]);
    else if (name !== "") unknown.push(cell.trim());
  });
  return { positions, unknown };
}

/** Whether a header is that of such a table: a source, and a count or a last time, and nothing that makes it another file. */
export function isFlowHeader(cells: readonly string[]): boolean {
  const { positions } = readFlowHeader(cells);
  const lower = cells.map((cell) => cell.trim().toLowerCase());
  if (lower.includes("event_key") || lower.includes("log_source") || lower.includes("platforms")) return false; // a measurement, an inventory, a segments file
  return positions.has("source") && (positions.has("count") || positions.has("last")) && (positions.has("host") || positions.has("hosts") || positions.has("last"));
}
