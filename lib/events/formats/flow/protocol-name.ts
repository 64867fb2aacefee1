/** IANA protocol numbers that flow records mostly hold; the others keep their number. */
const NAMES: Readonly<Record<string, string>> = { "1": "icmp", "2": "igmp", "6": "tcp", "17": "udp", "41": "ipv6", "47": "gre", "50": "esp", "51": "ah", "58": "ipv6-icmp", "89": "ospf", "132": "sctp" };

/** A transport protocol as a lower-case name, whether the record holds its number or its name. */
export function protocolName(value: unknown): string | undefined {
  if (typeof value !== "number" && typeof value !== "string") return undefined;
  const text = String(value).trim().toLowerCase();
  return text === "" ? undefined : (NAMES[text] ?? text);
}
