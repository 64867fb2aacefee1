import { componentByName } from "@/lib/telemetry/component-index";
import { familyOf, UNKNOWN_FAMILY } from "@/lib/telemetry/family-of";
import { MAX_ASSETS } from "./check-segment";
import type { LossList } from "./loss-list";
import { readCount, readDate, readText, shown, type Read } from "./read-field";
import { CLAIM_BASES, type ClaimBasis, type ClaimDraft } from "./types";

/** Columns of Sightline's own inventory, CSV and JSON alike. */
export const INVENTORY_COLUMNS = [
  "segment",
  "source",
  "product",
  "log_source",
  "channel",
  "data_component",
  "hosts_reporting",
  "latency_p95_s",
  "retention_days",
  "basis",
  "as_of",
  "note",
  "condition",
] as const;
export type InventoryColumn = (typeof INVENTORY_COLUMNS)[number];

const MAX_LATENCY_S = 366 * 86_400;
const MAX_RETENTION_DAYS = 36_600;

export interface FieldProblem {
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Reads one row of Sightline's own inventory. Empty texts are "not said"; a log source or a data component must be named.
 *
 * @param get the cell of a column as text, "" when absent
 * @param latest last date that as_of may carry
 */
export function readClaim(
  get: (column: InventoryColumn) => string,
  latest: string,
  losses: LossList,
): { readonly segment: string; readonly claim: ClaimDraft } | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const take = <T>(field: InventoryColumn, read: Read<T>, otherwise: T): T => {
    if ("value" in read) return read.value;
    problems.push({ field, message: read.problem, remedy: read.remedy });
    return otherwise;
  };
  const text = (field: InventoryColumn, limit: number): string => take(field, readText(get(field), limit), "").replace(/[ \t]+/g, " ");

  const segment = text("segment", 120);
  if (segment === "" && problems.length === 0) problems.push({ field: "segment", message: "The row names no segment.", remedy: "Write the name of one of your segments." });
  const logSource = text("log_source", 300);
  const component = readComponent(text("data_component", 200), problems);
  if (logSource === "" && component === "" && problems.length === 0) {
    problems.push({ field: "log_source", message: "The row names neither a log source nor a data component.", remedy: "Write ATT&CK's log-source name, for example WinEventLog:Sysmon." });
  }
  const claim: ClaimDraft = {
    source: text("source", 200),
    product: text("product", 200),
    logSource,
    channel: text("channel", 500),
    component,
    hostsReporting: take("hosts_reporting", readCount(get("hosts_reporting"), MAX_ASSETS), null),
    latencyP95S: take("latency_p95_s", readCount(get("latency_p95_s"), MAX_LATENCY_S), null),
    retentionDays: take("retention_days", readCount(get("retention_days"), MAX_RETENTION_DAYS), null),
    basis: readBasis(get("basis"), problems),
    asOf: take("as_of", readDate(get("as_of"), latest), null),
    note: take("note", readText(get("note"), 2_000), ""),
    condition: take("condition", readText(get("condition"), 2_000), ""),
    quality: null,
  };
  if (problems.length > 0) return { problems };
  if (logSource !== "" && familyOf(logSource) === UNKNOWN_FAMILY) {
    losses.add("unused", logSource, `${shown(logSource)} is no log-source name that ATT&CK uses: the claim is kept, but no analytic can rest on it.`);
  }
  return { segment, claim };
}

function readComponent(name: string, problems: FieldProblem[]): string {
  if (name === "") return "";
  const component = componentByName(name);
  if (component) return component.name;
  problems.push({ field: "data_component", message: `ATT&CK has no data component ${shown(name)}.`, remedy: "Write its name or DC number, for example Process Creation or DC0032." });
  return "";
}

function readBasis(text: string, problems: FieldProblem[]): ClaimBasis {
  const value = text.trim().toLowerCase();
  if (value === "") return "unknown";
  const basis = CLAIM_BASES.find((candidate) => candidate === value);
  if (basis) return basis;
  problems.push({ field: "basis", message: `${shown(text.trim())} is not a basis.`, remedy: "Write flow, configuration or statement, or leave it empty." });
  return "unknown";
}
