import { isJsonObject, type JsonObject } from "./frame/plain-value";
import type { Head, Sniff } from "./types";

/** Share of the head's records that must be of a format before it is the answer: mixed exports are normal, accidents are not. */
const ENOUGH = 0.8;

/**
 * The verdict of a JSON format: yes when at least 80 % of the head's objects are its records, maybe when some are.
 *
 * @param evidence the keys to show as the reason
 */
export function sniffJson(head: Head, isMine: (value: JsonObject) => boolean, evidence: readonly string[]): Sniff {
  const objects = head.json.filter(isJsonObject);
  const mine = objects.filter(isMine).length;
  if (mine === 0) return { verdict: "no", evidence: [] };
  return { verdict: mine >= ENOUGH * objects.length ? "yes" : "maybe", evidence: [...evidence, `${mine} of ${objects.length} objects`] };
}
