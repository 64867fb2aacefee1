import type { LossList } from "../loss-list";
import type { FieldProblem } from "../read-claim";
import { readDate, readText, shown } from "../read-field";
import type { ClaimDraft, ClaimQuality } from "../types";
import type { DettectDetail } from "./dettect-file";

const DIMENSIONS = [
  ["device_completeness", "deviceCompleteness"],
  ["data_field_completeness", "dataFieldCompleteness"],
  ["timeliness", "timeliness"],
  ["consistency", "consistency"],
  ["retention", "retention"],
] as const satisfies readonly (readonly [string, keyof ClaimQuality])[];

const READ = new Set(["applicable_to", "date_registered", "date_connected", "products", "available_for_data_analytics", "comment", "data_quality", "data_source_name", "data_source"]);

/**
 * Reads one data source entry as a claim: a statement about a component, dated by date_registered (else date_connected).
 * null: the file itself says that it is not available; the loss list says why.
 */
export function readDettectClaim(
  detail: DettectDetail,
  component: string,
  latest: string,
  losses: LossList,
): { readonly claim: ClaimDraft | null } | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const date = (field: "date_registered" | "date_connected"): string | null => {
    const written = (detail[field] ?? "").replace(/^(none|null|unknown)$/i, "");
    const read = readDate(written, latest);
    if ("value" in read) return read.value;
    problems.push({ field, message: read.problem, remedy: read.remedy });
    return null;
  };
  const text = (field: string, value: string, limit: number): string => {
    const read = readText(value, limit);
    if ("value" in read) return read.value;
    problems.push({ field, message: read.problem, remedy: read.remedy });
    return "";
  };
  const registered = date("date_registered");
  const connected = date("date_connected");
  const quality = readQuality(detail.data_quality, problems);
  const product = text("products", (detail.products ?? []).join("; "), 500);
  const comment = text("comment", detail.comment ?? "", 1_900);
  if (problems.length > 0) return { problems };

  if (detail.available_for_data_analytics === false) {
    losses.add("dropped", component, "Not available for data analytics, as the file says: not taken over as a claim.");
    return { claim: null };
  }
  const scores = quality === null ? [] : Object.values(quality);
  if (connected === null && scores.length > 0 && scores.every((score) => score === 0)) {
    losses.add("dropped", component, "Never connected and 0 in every quality score, which is how DeTT&CT marks a source that is not there: not taken over as a claim.");
    return { claim: null };
  }
  noteLosses(detail, product, quality, losses);
  const note = [comment, connected === null ? "" : `Connected ${connected}.`].filter((part) => part !== "").join(" ");
  const asOf = registered ?? connected;
  return {
    claim: { source: "DeTT&CT", product, logSource: "", channel: "", component, hostsReporting: null, latencyP95S: null, retentionDays: null, basis: "statement", asOf, note, condition: "", quality },
  };
}

function readQuality(value: unknown, problems: FieldProblem[]): ClaimQuality | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== "object" || Array.isArray(value)) {
    problems.push({ field: "data_quality", message: "The quality is not a list of scores.", remedy: "Write device_completeness: 0 to 5, and so on." });
    return null;
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const score = (dimension: string): number | null => {
    const raw = given.get(dimension);
    if (raw === null || raw === undefined || (typeof raw === "string" && /^(|unknown|none|n\/a)$/i.test(raw.trim()))) return null;
    const number = typeof raw === "string" && /^\d$/.test(raw.trim()) ? Number(raw) : raw;
    if (typeof number === "number" && Number.isInteger(number) && number >= 0 && number <= 5) return number;
    problems.push({ field: dimension, message: `${shown(String(raw))} is not a quality score.`, remedy: "Write 0 to 5, or unknown." });
    return null;
  };
  const scores = DIMENSIONS.map(([dimension]) => score(dimension));
  const [deviceCompleteness = null, dataFieldCompleteness = null, timeliness = null, consistency = null, retention = null] = scores;
  return { deviceCompleteness, dataFieldCompleteness, timeliness, consistency, retention };
}

function noteLosses(detail: DettectDetail, product: string, quality: ClaimQuality | null, losses: LossList): void {
  if (product !== "") losses.add("unused", product, `The product ${shown(product)} is free text: it is kept and shown, but not matched to a log source.`);
  if (quality !== null) {
    losses.add("unused", "data_quality", "Quality scores are kept with the claim and shown; no verdict uses them, because they are not counts.");
    for (const [dimension, key] of DIMENSIONS) {
      if (quality[key] === 0) losses.add("unused", dimension, "0 means none or not known in DeTT&CT: it is kept as written and not read as zero hosts or days.");
      if (quality[key] === null) losses.add("unused", dimension, "No score: it stays unknown.");
    }
  }
  for (const [key, value] of Object.entries(detail)) {
    if (!READ.has(key) && value !== null && value !== "") losses.add("dropped", key, `The extra field ${shown(key)} is not one that Sightline knows.`);
  }
}
