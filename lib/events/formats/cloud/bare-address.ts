/**
 * An address without the port, brackets or mapping that services write around it: "203.0.113.9:443", "[2001:db8::1]:443",
 * "::ffff:203.0.113.9". Anything else is returned as it stands.
 */
export function bareAddress(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.trim().replace(/^::ffff:(?=\d{1,3}\.)/i, "");
  return /^\[([0-9a-f:.]+)\](?::\d{1,5})?$/i.exec(text)?.[1] ?? /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(text)?.[1] ?? text;
}
