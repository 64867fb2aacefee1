import { foldHost } from "@/lib/shared/host-name";
import { SightlineError } from "@/lib/shared/errors";
import { MAX_ASSETS } from "../check-segment";
import { startLossList, type LossList } from "../loss-list";
import { matchSource, type NamedSource } from "../match-source";
import { readCsv, type CsvRecord } from "../read-csv";
import { plainCount, readCount, readText, shown } from "../read-field";
import { segmentKey } from "../segment-key";
import type { Refusal } from "../types";
import { isFlowHeader, readFlowHeader, type FlowColumn, type FlowHeader } from "./flow/columns";
import { FLOW_QUERIES } from "./flow/queries";
import { dayOf } from "./flow/read-time";
import type { InventoryFormat, InventoryParseOptions, ParsedClaim } from "./inventory-format";

const MAX_REFUSALS = 1_000;

/** A table of what flows, one row per source (and host, and event): Splunk tstats, Sentinel KQL, Elastic ES|QL and their like. */
export const flowCsv: InventoryFormat = {
  id: "flow-csv",
  label: "Flow statistics (CSV of Splunk, Sentinel, Elastic)",
  extensions: [".csv", ".tsv"],
  segment: "optional",
  guide: {
    proves: "That records of a source arrived, from how many hosts, and when the newest came; with an event column, which events.",
    not: "What stands in the records: fields are proven by sample events or measurements. Without an event column, which events of a log are among them.",
    obtain: FLOW_QUERIES,
  },

  sniff: ({ text }) => {
    const header = (/^\ufeff?([^\r\n]{1,10000})/.exec(text.trimStart())?.[1] ?? "").split(/[,;\t]/).map((cell) => cell.replaceAll('"', ""));
    return { verdict: isFlowHeader(header) ? "yes" : "no", evidence: [`columns ${header.slice(0, 12).map((cell) => cell.trim()).join(", ")}`] };
  },

  parse: (file, options) => {
    const [header, ...records] = readCsv(file.name, file.text);
    if (!header || !isFlowHeader(header.cells)) throw new SightlineError("INVALID", "The first row names no source together with a count or a last time.", { file: file.name, line: 1, remedy: "Use one of the queries shown on the import page." });
    const columns = readFlowHeader(header.cells);
    if (!columns.positions.has("segment") && (options.segment ?? "").trim() === "") {
      throw new SightlineError("INVALID", "The file has no column segment, so nobody can tell where it holds.", { file: file.name, field: "segment", remedy: "Choose the segment (--segment NAME), or add the column." });
    }
    const losses = startLossList();
    for (const name of columns.unknown) losses.add("dropped", name, `The column ${shown(name)} is not read.`);
    const refused: Refusal[] = [];
    const flows = new Map<string, Flow>();
    records.forEach((record, index) => addRow(record, index + 1, columns, options, { flows, refused, losses }));
    const claims = [...flows.values()].map((flow) => toClaim(flow, file.name, options, losses));
    return { rows: records.length, claims, refused: refused.slice(0, MAX_REFUSALS), losses: losses.list(), segments: [] };
  },
};

/** What all rows say of one log source (and event) in one segment. */
interface Flow {
  readonly segment: string;
  readonly line: number;
  readonly row: number;
  readonly name: string; // as the file calls it
  readonly source: NamedSource;
  readonly event: string;
  readonly hosts: Set<string>;
  counted: number | null; // hosts that the file counted itself, the largest of its rows
  records: number | null;
  first: string | null;
  last: string | null;
  lines: number;
}

interface Found {
  readonly flows: Map<string, Flow>;
  readonly refused: Refusal[];
  readonly losses: LossList;
}

function addRow(record: CsvRecord, row: number, header: FlowHeader, options: InventoryParseOptions, { flows, refused, losses }: Found): void {
  const refuse = (field: string, message: string, remedy: string): void => {
    if (refused.length < MAX_REFUSALS) refused.push({ line: record.line, row, field, message, remedy });
    else losses.add("dropped", "refused rows", `More than ${MAX_REFUSALS} rows were refused; the others are not listed.`);
  };
  const all = (column: FlowColumn): readonly string[] => (header.positions.get(column) ?? []).map((position) => (record.cells[position] ?? "").trim());
  const get = (column: FlowColumn): string => all(column).find((cell) => cell !== "") ?? "";
  const texts = [get("segment"), ...all("source"), get("event"), get("host")].map((text) => readText(text, 400));
  const bad = texts.find((text) => "problem" in text);
  if (bad && "problem" in bad) return refuse("", bad.problem, bad.remedy);
  const segment = get("segment") || (options.segment ?? "").trim();
  if (segment === "") return refuse("segment", "The row names no segment.", "Fill the column, or choose a segment for the file (--segment NAME).");
  const named = all("source").filter((name) => name !== "");
  const name = named.find((one) => matchSource(one, options.platforms ?? []).length > 0) ?? named[0] ?? "";
  if (name === "") return refuse("source", "The row names no source.", "Fill the column.");
  const sources = matchSource(name, options.platforms ?? []);
  if (sources.length === 0) return refuse("source", `${shown(name)} is no source whose meaning Sightline knows${matchSource(name, []).length > 0 ? " on the platforms of this segment" : ""}.`, "Claim it in an inventory CSV, with ATT&CK's name of the log source.");
  const count = readCount(plainCount(get("count")), Number.MAX_SAFE_INTEGER);
  const hosts = readCount(plainCount(get("hosts")), MAX_ASSETS);
  if ("problem" in count) return refuse("count", count.problem, count.remedy);
  if ("problem" in hosts) return refuse("hosts", hosts.problem, hosts.remedy);
  const first = dayOf(get("first"));
  const last = dayOf(get("last"));
  if (first === undefined || last === undefined) return refuse(first === undefined ? "first" : "last", `${shown(get(first === undefined ? "first" : "last"))} is no time.`, "Write ISO times, or seconds since 1970.");
  if (last !== null && last > options.latest) return refuse("last", `${last} lies in the future.`, "Check the clock and the zone of the export.");
  for (const source of sources) {
    const event = source.channel === "" ? get("event") : "";
    const key = JSON.stringify([segmentKey(segment), source.logSource, source.channel, event.toLowerCase()]);
    const flow: Flow = flows.get(key) ?? { segment, line: record.line, row, name, source, event, hosts: new Set(), counted: null, records: null, first: null, last: null, lines: 0 };
    flows.set(key, flow);
    flow.lines += 1;
    if (count.value !== null) flow.records = (flow.records ?? 0) + count.value;
    if (get("host") !== "" && count.value !== 0) flow.hosts.add(foldHost(get("host")));
    if (hosts.value !== null) flow.counted = Math.max(flow.counted ?? 0, hosts.value);
    if (first !== null && (flow.first === null || first < flow.first)) flow.first = first;
    if (last !== null && (flow.last === null || last > flow.last)) flow.last = last;
  }
}

function toClaim(flow: Flow, file: string, options: InventoryParseOptions, losses: LossList): ParsedClaim {
  const { source, event, hosts } = flow;
  const windows = source.logSource.startsWith("WinEventLog:") || source.logSource === "linux:Sysmon";
  const channel = source.channel !== "" ? source.channel : event === "" ? "" : windows && /^\d+$/.test(event) ? `EventCode=${event}` : event;
  const silent = flow.records === 0 || (flow.records === null && flow.counted === 0);
  const reporting = silent ? 0 : hosts.size > 0 ? hosts.size : flow.counted === 0 ? null : flow.counted;
  if (flow.counted !== null && hosts.size === 0 && flow.lines > 1) losses.add("changed", flow.name, `${shown(flow.name)} stands in several rows with host counts that may overlap: the largest is taken.`);
  const asOf = silent ? (options.asOf ?? options.today) : (flow.last ?? options.asOf ?? options.today);
  if (flow.last === null && (options.asOf ?? null) === null) losses.add("changed", "date", `Rows without a last time are dated ${options.today}, the day of the import.`);
  const facts = [flow.records === null ? "" : `${flow.records} records`, flow.first === null ? "" : `first ${flow.first}`, flow.last === null ? "" : `newest ${flow.last}`].filter((part) => part !== "");
  const condition = channel === "" && source.needs !== "" && !silent ? `some records of it arrive; which events are among them depends on ${source.needs}, and the file does not tell` : "";
  return {
    segment: flow.segment,
    line: flow.line,
    row: flow.row,
    claim: { source: flow.name, product: "", logSource: source.logSource, channel, component: "", hostsReporting: reporting, latencyP95S: null, retentionDays: null, basis: "flow", asOf, note: `${file}, line ${flow.line}${facts.length > 0 ? `: ${facts.join(", ")}` : ""}.`, condition, quality: null },
  };
}
