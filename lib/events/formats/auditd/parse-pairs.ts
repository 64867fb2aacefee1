/**
 * key=value pairs of one audit line: bare, "quoted", or a msg='...' with pairs of its own, which come out flat (the outer
 * key wins). Enriched logs add decoded values behind the separator 0x1d, in upper-case keys.
 *
 * A key begins where no word goes on, and is short: else a line of one long word would be looked through from each of its letters.
 *
 * @returns a Map, since keys come from the record
 */
export function parsePairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const inner: string[] = [];
  for (const match of text.matchAll(/(?<![\w.[\]-])([A-Za-z_][\w.[\]-]{0,100})=(?:"([^"]*)"|'([^']*)'|([^\s\u001d]*))/g)) {
    const key = match[1] ?? "";
    if (match[3] !== undefined && key === "msg") inner.push(match[3]);
    else if (!pairs.has(key)) pairs.set(key, match[2] ?? match[3] ?? (ENCODED.has(key) ? decodeHex(match[4] ?? "") : (match[4] ?? "")));
  }
  for (const part of inner) for (const [key, value] of parsePairs(part)) if (!pairs.has(key)) pairs.set(key, value);
  return pairs;
}

/** Fields the kernel prints in quotes, or as hexadecimal when they hold a space, a quote or a control character. */
const ENCODED = new Set("exe,comm,name,cwd,cmd,key,acct,data,proctitle,dir,path,unit,op,vm,new_name,old_name,ocomm,title,file".split(","));

export function decodeHex(text: string): string {
  return text.length >= 2 && text.length % 2 === 0 && /^[0-9A-F]+$/.test(text) ? Buffer.from(text, "hex").toString("utf8") : text;
}

/** argv of EXECVE lines: a0, a1 ... each quoted or hexadecimal; long ones in parts a1[0], a1[1] over several lines. */
export function argumentsOf(lines: readonly string[]): string[] {
  const parts = new Map<number, string>();
  for (const line of lines) {
    for (const match of line.matchAll(/\ba(\d{1,5})(?:\[\d+\])?=(?:"([^"]*)"|(\S+))/g)) {
      const index = Number(match[1]);
      parts.set(index, (parts.get(index) ?? "") + (match[2] ?? decodeHex(match[3] ?? "")));
    }
  }
  return [...parts.keys()].sort((a, b) => a - b).map((index) => parts.get(index) ?? "");
}

const SOCKET_CLASSES: Readonly<Record<number, string>> = { 1: "unix-socket", 2: "inet-socket", 10: "inet-socket", 16: "netlink-socket", 17: "packet-socket" };

/** The class of socket that a SOCKADDR speaks of, by its address family; undefined without one, or for a family that no rule tells apart. */
export function socketClassOf(hex: string): string | undefined {
  return /^[0-9A-Fa-f]{4}/.test(hex) ? SOCKET_CLASSES[Buffer.from(hex.slice(0, 4), "hex").readUInt16LE(0)] : undefined;
}

/** SOCKADDR: the kernel's sockaddr as hexadecimal; families 2 (IPv4) and 10 (IPv6) have address and port, 1 a path. */
export function decodeAddress(hex: string): { ip: string; port: number } | { path: string } | null {
  if (!/^[0-9A-F]{4,}$/i.test(hex)) return null;
  const bytes = Buffer.from(hex, "hex");
  const family = bytes[0] ?? 0;
  if (family === 2 && bytes.length >= 8) return { ip: [...bytes.subarray(4, 8)].join("."), port: bytes.readUInt16BE(2) };
  if (family === 10 && bytes.length >= 24) {
    const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(8 + 2 * i).toString(16));
    return { ip: groups.join(":").replace(/\b0(?::0\b){1,7}/, ":").replace(/:{3,}/, "::"), port: bytes.readUInt16BE(2) };
  }
  if (family === 1 && bytes.length > 2) return { path: bytes.subarray(2).toString("utf8").split("\0")[0] ?? "" };
  return null;
}
