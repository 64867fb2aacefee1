import { SightlineError } from "@/lib/shared/errors";
import { familyOf } from "@/lib/telemetry/family-of";
import { familyRunsOn } from "@/lib/telemetry/record-kinds";
import type { InventoryFile, InventoryParseOptions, ParsedClaim, ParsedInventory } from "./formats/inventory-format";
import { startLossList, type LossList } from "./loss-list";
import type { ClaimBasis, Refusal } from "./types";

/** One thing that a configuration or a query result says about a log source. */
export interface ConfigurationFact {
  readonly logSource: string;
  readonly channel: string;
  readonly component?: string;
  readonly condition?: string; // what restricts it; "" = nothing does
  readonly note?: string; // what else is worth knowing, a sentence
  readonly where: string; // "line 12" or an element, as a person finds it in the file
  readonly line: number | null;
  readonly row?: number; // number of the element, where it is not the one opened last
  readonly hosts?: number | null; // when the file itself counts them
  readonly asOf?: string | null; // when the file itself dates it
}

/** Collects what one file says and makes claims of it. */
export interface ConfigurationReader {
  readonly losses: LossList;
  /** Opens the next element of the file; what is said after it belongs to it. Returns its number. */
  nextRow(): number;
  /** The file says that this is collected. Said twice of the same records, the less restricted wins; conditions add up. */
  claim(fact: ConfigurationFact): void;
  /** The file says that this is not collected: a claim of zero hosts, which counts nowhere and is shown where claims are. */
  off(fact: ConfigurationFact, why: string): void;
  refuse(line: number | null, field: string, message: string, remedy: string): void;
  finish(options?: { readonly whole?: boolean }): ParsedInventory;
}

export const MAX_CONDITION = 2_000;

/**
 * Starts reading a file that names no segment. The date of a claim is the file's own, else the one stated, else the day of the
 * import, which the losses say.
 *
 * @param source what the inventory calls it ("Sysmon configuration"), part of a claim's identity
 * @param fileDate a date that the file itself bears, ISO
 * @throws SightlineError INVALID when nobody named a segment
 */
export function startConfiguration(file: InventoryFile, options: InventoryParseOptions, named: { readonly source: string; readonly product: string; readonly basis: ClaimBasis; readonly fileDate?: string | null }): ConfigurationReader {
  const { segment } = options;
  if (segment === undefined || segment.trim() === "") {
    throw new SightlineError("INVALID", "The file names no segment, so nobody can tell where it holds.", { file: file.name, field: "segment", remedy: "Choose the segment (--segment NAME)." });
  }
  const losses = startLossList();
  const refused: Refusal[] = [];
  const claims = new Map<string, ParsedClaim>();
  const off = new Map<string, string>(); // what stays off when all is read, by the key of its claim
  let row = 0;
  let undated = false;

  const dateOf = (fact: ConfigurationFact): string => {
    const known = fact.asOf ?? named.fileDate ?? options.asOf ?? null;
    if (known === null) undated = true;
    return known ?? options.today;
  };
  const put = (fact: ConfigurationFact, condition: string, hosts: number | null, isOff: boolean): void => {
    const { logSource, channel, component = "" } = fact;
    const key = JSON.stringify([logSource, channel, component]);
    const earlier = claims.get(key);
    const note = joined([`${file.name}, ${fact.where}.`, fact.note ?? ""], " ");
    if (!isOff) off.delete(key);
    else if (!earlier) off.set(key, condition);
    if (earlier) {
      const merged = merge(earlier, { condition, note, hosts, off: isOff });
      if (merged) claims.set(key, { ...earlier, claim: { ...earlier.claim, ...merged } });
      return;
    }
    const claim = { source: named.source, product: named.product, logSource, channel, component, hostsReporting: hosts, latencyP95S: null, retentionDays: null, basis: named.basis, asOf: dateOf(fact), note: cut(note), condition: cut(condition), quality: null };
    claims.set(key, { segment: segment.trim(), line: fact.line, row: Math.max(1, fact.row ?? row), claim });
  };

  return {
    losses,
    nextRow: () => ++row,
    claim: (fact) => put(fact, fact.condition ?? "", fact.hosts ?? options.hosts ?? null, false),
    off: (fact, why) => put(fact, why, 0, true),
    refuse: (line, field, message, remedy) => {
      refused.push({ line, row: Math.max(1, row), field, message, remedy });
    },
    finish: ({ whole = false } = {}) => {
      if (undated && claims.size > 0) losses.add("changed", "date", `Neither the file nor you say when it was in force: its claims are dated ${options.today}, the day of the import.`);
      for (const { logSource, channels, why } of groupOff(off, claims)) losses.add("off", logSource, cut(`${joined([logSource, channels.join(", ")], " ")}: ${why}`));
      for (const name of new Set([...claims.values()].map(({ claim }) => claim.logSource))) {
        const platforms = options.platforms ?? [];
        if (platforms.length > 0 && !platforms.some((platform) => familyRunsOn(familyOf(name).id, platform))) {
          losses.add("unused", name, `${name} is no source of ${platforms.join(", ")}: its claims are kept, but no analytic of this segment can rest on them. Is it the right segment?`);
        }
      }
      return { rows: row, claims: [...claims.values()], refused, losses: losses.list(), segments: [], whole };
    },
  };
}

/** What stays off, by log source and reason: one sentence for all that a reason turns off. */
function groupOff(off: ReadonlyMap<string, string>, claims: ReadonlyMap<string, ParsedClaim>): readonly { readonly logSource: string; readonly channels: string[]; readonly why: string }[] {
  const found = new Map<string, { readonly logSource: string; readonly channels: string[]; readonly why: string }>();
  for (const [key, why] of off) {
    const claim = claims.get(key)?.claim;
    if (!claim) continue;
    const group = found.get(`${claim.logSource}\n${why}`) ?? { logSource: claim.logSource, channels: [], why };
    found.set(`${claim.logSource}\n${why}`, group);
    if (claim.channel !== "") group.channels.push(claim.channel);
  }
  return [...found.values()];
}

interface Said {
  readonly condition: string;
  readonly note: string;
  readonly hosts: number | null;
  readonly off: boolean;
}

/** What a second sentence about the same records changes: off gives way to on, a condition to none; two conditions are alternatives. */
function merge({ claim }: ParsedClaim, said: Said): { readonly condition: string; readonly note: string; readonly hostsReporting: number | null } | null {
  const wasOff = claim.hostsReporting === 0;
  if (said.off) return null;
  const note = claim.note.includes(said.note) ? claim.note : cut(joined([claim.note, said.note], " "));
  if (wasOff) return { condition: cut(said.condition), note, hostsReporting: said.hosts };
  if (claim.condition === "" || said.condition === "") return { condition: "", note, hostsReporting: claim.hostsReporting };
  if (claim.condition.includes(said.condition)) return { condition: claim.condition, note, hostsReporting: claim.hostsReporting };
  return { condition: cut(`${claim.condition}; or ${said.condition}`), note, hostsReporting: claim.hostsReporting };
}

function joined(parts: readonly string[], by: string): string {
  return parts.filter((part) => part !== "").join(by);
}

/** Texts of a file are shown to people: control characters become blanks, and what is too long ends in an ellipsis. */
function cut(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, " ").trim();
  return plain.length > MAX_CONDITION ? `${plain.slice(0, MAX_CONDITION - 1)}…` : plain;
}
