import { DOMAINS, type Domain } from "./types";

/**
 * How people name a release: "19.1" (enterprise), "enterprise-19.1", "enterprise:19.1", "ics/19.1", "enterprise starter-19.1".
 */
export function readReleaseKey(text: string): { readonly domain: Domain; readonly release: string } {
  const trimmed = text.trim();
  const domain = DOMAINS.find((name) => new RegExp(`^${name}[-:/@ ]`, "i").test(trimmed));
  return domain === undefined ? { domain: "enterprise", release: trimmed } : { domain, release: trimmed.slice(domain.length + 1).trim() };
}
